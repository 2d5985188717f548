"""The menu at the foot of an app's chat (§6.5, [path/90231])."""

from collections.abc import Iterator

from tests.fakes.wecom.agents import Agent
from tests.fakes.wecom.calls import Call
from tests.fakes.wecom.refusals import JSON, Refused
from tests.fakes.wecom.world import World

TYPES = frozenset(
    {"click", "view", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin"}
) | {"location_select", "view_miniprogram"}
TOP, SUB = 3, 5


def create(world: World, call: Call) -> JSON:
    buttons = call.body.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= TOP:
        raise Refused(40016)
    for button in buttons:
        subs = button.get("sub_button", []) if isinstance(button, dict) else None
        if not isinstance(subs, list) or not all(isinstance(each, dict) for each in subs):
            raise Refused(40058, "button")
        if len(subs) > SUB:
            raise Refused(40023)
        _check(button, name=16, codes=(40018, 40019, 40020), types=None if subs else 40017)
        for sub in subs:
            if sub.get("sub_button"):
                raise Refused(40022)
            _check(sub, name=40, codes=(40025, 40026, 40027), types=40024)
    _agent(call).menu = {"button": buttons}
    return {}


def get(world: World, call: Call) -> JSON:
    menu = _agent(call).menu
    if menu is None:
        raise Refused(46003)
    return menu


def delete(world: World, call: Call) -> JSON:
    _agent(call).menu = None
    return {}


def lines(menu: JSON | None) -> Iterator[JSON]:
    """Every line of it that can be pressed."""
    for button in (menu or {}).get("button", []):
        yield from button.get("sub_button") or [button]


def _agent(call: Call) -> Agent:
    if call.query.get("agentid") != str(call.by.number):
        raise Refused(301002)
    return call.by


def _check(button: JSON, *, name: int, codes: tuple[int, int, int], types: int | None) -> None:
    """A line's lengths in bytes, and that it leads somewhere."""
    sizes = [len(str(button.get(field, "")).encode()) for field in ("name", "key", "url")]
    for size, most, code in zip(sizes, (name, 128, 1024), codes, strict=True):
        if size > most:
            raise Refused(code, f"{size} bytes, {most} at most")
    if not sizes[0]:
        raise Refused(codes[0], "name missing")
    if types is None:
        return
    kind = button.get("type")
    if kind not in TYPES:
        raise Refused(types, f"type {kind!r}")
    wants = {"view": "url", "view_miniprogram": "pagepath"}.get(str(kind), "key")
    if not button.get(wants):
        raise Refused(40058, f"{wants} missing")
