"""The five template cards as WeCom takes them (§4.3, [path/90236]; updates §4.4; webhook §4.7; smart bot §7.5)."""

from dataclasses import dataclass, replace

from tests.fakes.wecom.refusals import JSON, Refused
from tests.fakes.wecom.rules import Flag, Many, Need, Number, Part, Reader, Rule, Text

ID, KEY = 128, 1024  # bytes
TITLE_MISSING = 41016
ANSWERED = frozenset({"button_interaction", "vote_interaction", "multiple_interaction"})
"""The cards a person answers with; the others only tell, unless they have a menu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Where a card is going, and how many characters of its texts are shown there."""

    name: str
    kinds: frozenset[str] = ANSWERED | {"text_notice", "news_notice"}
    update: bool = False
    bot: bool = False
    title: int = 36
    desc: int = 44
    body: int = 160
    source: int = 20
    value: int = 30
    jump: int = 18
    pick: int = 16
    vote: int = 17


APP = Dialect(name="app")
APP_UPDATE = replace(APP, update=True)
BOT = Dialect(name="bot", bot=True, title=26, desc=30, body=112, source=13, value=26, jump=13, pick=10, vote=11)
BOT_UPDATE = replace(BOT, update=True)
WEBHOOK = replace(BOT, name="webhook", bot=False, kinds=frozenset({"text_notice", "news_notice"}))


def read_card(given: object, dialect: Dialect) -> tuple[JSON, list[str]]:
    """The card, and the paths of what a client will not show to the end. Unknown fields are refused."""
    if not isinstance(given, dict):
        raise Refused(40058, "template_card missing")
    kind = given.get("card_type")
    if not isinstance(kind, str) or kind not in dialect.kinds:
        raise Refused(42031, f"card_type {kind!r}")
    reader = Reader()
    card = reader.part(_BUILD[kind](dialect), given, "template_card")
    title = card.get("main_title", {}).get("title")
    if not title and not (kind == "text_notice" and card.get("sub_title_text")):
        raise Refused(TITLE_MISSING, "template_card.main_title.title missing")
    if kind == "news_notice" and not (card.get("card_image") or card.get("image_text_area")):
        raise Refused(42044, "neither card_image nor image_text_area")
    if card.get("action_menu") and "task_id" not in card and not (dialect.update and not dialect.bot):
        raise Refused(42014, "an action_menu needs a task_id")
    return card, reader.clipped


def is_answered(card: JSON) -> bool:
    """Whether something comes back from it: then it needs a callback, and has a response_code (§4.1)."""
    return card["card_type"] in ANSWERED or "action_menu" in card


# ---- the objects they share

_LEADS: dict[str, Rule] = {"url": Text(), "appid": Text(), "pagepath": Text()}
_URL = Need(field="type", value=1, wants="url", code=42028)
_APP_ID = Need(field="type", value=2, wants="appid", code=42030)


def _action(*types: int, missing: int | None = None) -> Part:
    kind = Number(choices=frozenset(types), wrong=42045, missing=missing)
    return Part(fields={"type": kind, **_LEADS}, missing=missing, needs=(_URL, _APP_ID))


def _quote() -> Part:
    kind = Number(choices=frozenset({0, 1, 2}))
    fields: dict[str, Rule] = {"type": kind, **_LEADS, "title": Text(), "quote_text": Text()}
    return Part(fields=fields, needs=(_URL, _APP_ID))


def _menu() -> Part:
    action = Part(fields={"text": Text(missing=40058), "key": Text(missing=40058, most=KEY)})
    actions = Many(of=action, most=3, missing=40058, unique="key", clash=42051)
    return Part(fields={"desc": Text(), "action_list": actions})


def _horizontal(dialect: Dialect) -> Many:
    fields: dict[str, Rule] = {
        "type": Number(choices=frozenset({0, 1, 3} if dialect.bot else {0, 1, 2, 3})),
        "keyname": Text(missing=42027, shown=5),
        "value": Text(shown=dialect.value),
        "url": Text(),
        "media_id": Text(),
        "userid": Text(),
    }
    needs = (
        _URL,
        Need(field="type", value=2, wants="media_id", code=42029),
        Need(field="type", value=3, wants="userid", code=42050),
    )
    return Many(of=Part(fields=fields, needs=needs), least=0, most=6, wrong=42035)


def _jumps(dialect: Dialect) -> Many:
    fields: dict[str, Rule] = {
        "type": Number(choices=frozenset({0, 1, 2, 3} if dialect.bot else {0, 1, 2})),
        "title": Text(missing=42033, shown=dialect.jump),
        **_LEADS,
    }
    if dialect.bot:
        fields["question"] = Text(most=200)
    return Many(of=Part(fields=fields, needs=(_URL, _APP_ID)), least=0, most=3, wrong=42042)


def _options(dialect: Dialect, most: int, shown: int, *, checked: bool = False) -> Many:
    fields: dict[str, Rule] = {
        "id": Text(missing=42040, most=ID, too_long=42040),
        "text": Text(missing=42041, shown=shown),
    }
    if checked:
        fields["is_checked"] = Flag(missing=None if dialect.bot else 40058)
    return Many(of=Part(fields=fields), most=most, wrong=42037, missing=42037, unique="id", clash=42040)


def _question(dialect: Dialect, rest: dict[str, Rule]) -> dict[str, Rule]:
    """A selector or checkbox; only an update can lock it."""
    locks: dict[str, Rule] = {"disable": Flag()} if dialect.update else {}
    return {"question_key": Text(missing=42043, most=KEY, too_long=42043), **rest, **locks}


def _select(dialect: Dialect) -> Part:
    rest: dict[str, Rule] = {
        "title": Text(),
        "option_list": _options(dialect, 10, dialect.pick),
        "selected_id": Text(),
    }
    return Part(fields=_question(dialect, rest))


def _frame(
    dialect: Dialect, *, title: int | None = None, desc: int | None = None, task: bool = False
) -> dict[str, Rule]:
    """What every card may have. An app's update names no task, a bot's must."""
    shown: dict[str, Rule] = {"title": Text(shown=title or dialect.title), "desc": Text(shown=desc or dialect.desc)}
    fields: dict[str, Rule] = {"card_type": Text(), "main_title": Part(fields=shown)}
    colour = Number(choices=frozenset({0, 1, 2, 3}))
    source: dict[str, Rule] = {"icon_url": Text(), "desc": Text(shown=dialect.source), "desc_color": colour}
    if desc:  # a form's source has no colour
        del source["desc_color"]
    fields["source"] = Part(fields=source)
    if not dialect.update or dialect.bot:
        code = 846625 if dialect.bot else 42014
        missing = code if task or dialect.update else None
        fields["task_id"] = Text(missing=missing, most=ID, too_long=code, pattern=r"[0-9A-Za-z_\-@]*")
    if dialect.bot:
        fields["feedback"] = Part(fields={"id": Text(most=256)})
    return fields


def _telling(dialect: Dialect) -> dict[str, Rule]:
    """What text and news notices have beyond the frame."""
    return _frame(dialect) | {
        "action_menu": _menu(),
        "quote_area": _quote(),
        "horizontal_content_list": _horizontal(dialect),
        "jump_list": _jumps(dialect),
        "card_action": _action(1, 2, missing=42045),
    }


def _replaced(dialect: Dialect) -> dict[str, Rule]:
    return {"replace_text": Text()} if dialect.update and not dialect.bot else {}


# ---- the five


def _text_notice(dialect: Dialect) -> Part:
    emphasis = Part(fields={"title": Text(shown=14), "desc": Text(shown=22)})
    return Part(fields=_telling(dialect) | {"emphasis_content": emphasis, "sub_title_text": Text(shown=dialect.body)})


def _news_notice(dialect: Dialect) -> Part:
    image: dict[str, Rule] = {"url": Text(missing=42044), "aspect_ratio": Number(between=(1.3, 2.25))}
    area: dict[str, Rule] = {
        "type": Number(),
        **_LEADS,
        "title": Text(),
        "desc": Text(),
        "image_url": Text(missing=42044),
    }
    line = Part(fields={"title": Text(missing=42033, shown=38), "desc": Text(shown=160)})
    return Part(
        fields=_telling(dialect)
        | {
            "card_image": Part(fields=image),
            "image_text_area": Part(fields=area, needs=(_URL, _APP_ID)),
            "vertical_content_list": Many(of=line, least=0, most=4, wrong=42036),
        }
    )


def _button_interaction(dialect: Dialect) -> Part:
    button: dict[str, Rule] = {
        "text": Text(missing=42038, shown=10),
        "style": Number(choices=frozenset({1, 2, 3, 4})),
        "key": Text(most=KEY, too_long=42039),
    }
    if not dialect.bot:
        button |= {"type": Number(choices=frozenset({0, 1})), "url": Text()}
    needs = (Need(field="type", value=0, wants="key", code=42039), _URL)
    buttons = Many(of=Part(fields=button, needs=needs), most=6, missing=40058, unique="key", clash=42039)
    return Part(
        fields=_frame(dialect, task=True)
        | {
            "action_menu": _menu(),
            "quote_area": _quote(),
            "sub_title_text": Text(shown=dialect.body),
            "horizontal_content_list": _horizontal(dialect),
            "card_action": _action(0, 1, 2),
            "button_selection": _select(dialect),
            "button_list": buttons,
        }
        | _replaced(dialect)
    )


def _form(dialect: Dialect, title: int | None) -> dict[str, Rule]:
    """What is chosen first and submitted then; in an update the button may be left out (§4.4)."""
    fields = {"text": Text(missing=42049, shown=10), "key": Text(missing=42046, most=KEY, too_long=42046)}
    submit = Part(fields=fields, missing=None if dialect.update else 42046)
    return _frame(dialect, title=title, desc=160, task=True) | {"submit_button": submit} | _replaced(dialect)


def _vote_interaction(dialect: Dialect) -> Part:
    rest: dict[str, Rule] = {
        "mode": Number(choices=frozenset({0, 1})),
        "option_list": _options(dialect, 20, dialect.vote, checked=True),
    }
    box = Part(fields=_question(dialect, rest), missing=42043)
    return Part(fields=_form(dialect, 16) | {"checkbox": box})


def _multiple_interaction(dialect: Dialect) -> Part:
    selects = Many(of=_select(dialect), most=3, wrong=42047, missing=42047, unique="question_key", clash=42043)
    return Part(fields=_form(dialect, None) | {"select_list": selects})


_BUILD = {
    "text_notice": _text_notice,
    "news_notice": _news_notice,
    "button_interaction": _button_interaction,
    "vote_interaction": _vote_interaction,
    "multiple_interaction": _multiple_interaction,
}
