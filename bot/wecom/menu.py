"""The menu at the foot of the app's chat: the commands most people need, two in front and the others behind a third."""

from collections.abc import Sequence

from bot.wecom.fit import CUT, MENU, MENU_KEY, MENU_NAME, SUBMENU, SUBMENU_NAME, shorten_bytes
from bot.wecom.request import JSON


def menu_body(commands: Sequence[tuple[str, str]], more: str) -> JSON:
    """What menu/create takes; `more` is what the third entry is called. Without commands there is no menu."""
    named = [(f"/{name}", called) for name, called in commands if len(name) < MENU_KEY]
    entries = [_entry(key, called, MENU_NAME) for key, called in named[: MENU - 1]]
    rest = [_entry(key, called, SUBMENU_NAME) for key, called in named[MENU - 1 : MENU - 1 + SUBMENU]]
    if len(rest) == 1:
        key, called = named[MENU - 1]
        return {"button": [*entries, _entry(key, called, MENU_NAME)]}
    return {"button": [*entries, {"name": shorten_bytes(more, MENU_NAME), "sub_button": rest}] if rest else entries}


def _entry(key: str, called: str, most: int) -> JSON:
    return {"type": "click", "name": shorten_bytes(called.strip() or CUT, most), "key": key}
