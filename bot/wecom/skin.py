"""WeCom without a line to it: the cards, changes and menu that it would be given, for whoever draws them."""

from collections.abc import Mapping, Sequence

from bot.chat.channel import Letter
from bot.edge.skin import Drawn
from bot.wecom.cards import answered, render
from bot.wecom.channel import changes, to_write
from bot.wecom.events import tapped
from bot.wecom.menu import menu_body


class WeComSkin:
    """What the app of a bank's own shows. `choose` and `more` are the few words that are WeCom's own, on the button of
    a form of which one line is chosen and on the menu's last entry."""

    def __init__(self, choose: str, more: str, commands: Sequence[tuple[str, str]]) -> None:
        self._choose = choose
        self.menu = menu_body(commands, more)

    def draw(self, letter: Letter) -> Drawn:
        """As the channel would send it."""
        message = to_write(letter)
        if message is None:
            return Drawn()
        speech = render(message, self._choose)
        if not changes(letter):
            return Drawn(speech.texts, speech.cards)
        return Drawn(speech.texts, speech.cards, *answered(message, speech))

    def tapped(self, key: str, card_type: str, chosen: Mapping[str, Sequence[str]]) -> str:
        """As the callback would read it."""
        return tapped(key, card_type, chosen)
