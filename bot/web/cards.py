"""A chat as WeCom's app shows it: each letter drawn as it would be sent, the pressed card changed as it would be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.edge.skin import JSON, Drawn, Skin
from bot.rehearsal.stage import Told
from bot.views.text import clock

SHOWN = 40
PAUSE = timedelta(minutes=5)
"""After so long a silence the time is written above a message."""
CARD, TICKED = "card", "ticked"
"""What the handle of a press remembers: the piece it was on, and what was ticked there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One bubble or card. `id` is its letter's number and its place in it, `letter` what a tap on it names, `version`
    the last letter that changed it (below zero: none that counts as news), `when` the time written above it, `grey` the
    word on an answered card, `ticked` what stays ticked there."""

    id: str
    letter: int
    version: int
    when: str = ""
    mine: bool = False
    text: str = ""
    card: JSON | None = None
    grey: str = ""
    ticked: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Chat:
    skin: Skin
    pieces: dict[str, Piece] = field(default_factory=dict)
    live: dict[int, str] = field(default_factory=dict)
    said: dict[int, tuple[object, object]] = field(default_factory=dict)
    last: datetime | None = None

    def hear(self, told: Told) -> None:
        """A letter."""
        if told.mine and told.letter.message is not None:
            self._add(told, 0, text=told.letter.message.body)
            return
        drawn = self.skin.draw(told.letter)
        pressed = self._pressed(told) if drawn.change is not None else None
        same = self.said.get(told.root) == (drawn.texts, drawn.cards)
        self.said[told.root] = (drawn.texts, drawn.cards)
        if pressed is None:
            self._below(told, drawn)
        elif not same:  # a tick on Telegram's buttons; here one ticks without a word
            self._change(told, drawn, pressed)

    def _pressed(self, told: Told) -> Piece | None:
        """The card it was pressed on; whoever pressed elsewhere pressed the newest of that message."""
        return self.pieces.get(told.letter.handle.get(CARD, "") or self.live.get(told.root, ""))

    def _change(self, told: Told, drawn: Drawn, pressed: Piece) -> None:
        change = drawn.change or {}
        now = replace(pressed, version=_version(told))
        if "template_card" in change:
            now = replace(now, card=change["template_card"], grey="", ticked=frozenset())
        else:
            ticked = frozenset(told.letter.handle.get(TICKED, "").split("\n"))
            now = replace(now, grey=change["button"]["replace_name"], ticked=ticked)
        self.pieces[pressed.id] = now
        if not drawn.is_all:
            self.live.pop(told.root, None)
            self._below(told, drawn)

    def _below(self, told: Told, drawn: Drawn) -> None:
        for number, text in enumerate(drawn.texts):
            self._add(told, number, text=text)
        for number, card in enumerate(drawn.cards, len(drawn.texts)):
            self.live[told.root] = self._add(told, number, card=card)

    def _add(self, told: Told, number: int, *, text: str = "", card: JSON | None = None) -> str:
        silence = self.last is None or not timedelta(0) <= told.at - self.last < PAUSE
        when = f"{told.day} {clock(told.at.time())}" if silence else ""
        self.last = told.at
        piece = Piece(
            id=f"{told.id}/{number}",
            letter=told.root,
            version=_version(told),
            when=when,
            mine=told.mine,
            text=text,
            card=card,
        )
        self.pieces[piece.id] = piece
        return piece.id


def _version(told: Told) -> int:
    return told.id if told.letter.message is not None else -abs(told.id)


def chat_of(told: Iterable[Told], skin: Skin) -> tuple[Piece, ...]:
    """The last of what stands in a chat, oldest first."""
    chat = _Chat(skin)
    for each in told:
        chat.hear(each)
    return tuple(chat.pieces.values())[-SHOWN:]


class _Part(dict[str, object]):
    """A part of a card; what it does not say is None."""

    def __missing__(self, _name: str) -> None:
        return None


def readable(card: object) -> object:
    """The card for a template, which may ask for whatever a card can say."""
    if isinstance(card, Mapping):
        return _Part({name: readable(value) for name, value in card.items()})
    return [readable(each) for each in card] if isinstance(card, list | tuple) else card
