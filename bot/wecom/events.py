"""What WeCom tells us, as events of private chats. Everything else is nobody's event (§3 of the reference)."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from bot.chat.incoming import Incoming, Other, Reach, Tap, Text
from bot.wecom.cards import CHOOSE, SEVERAL
from bot.wecom.channel import CHANNEL
from bot.wecom.fit import cleaned
from bot.wecom.xml import Element

KINDS = {"image": "photo", "voice": "voice", "video": "video", "location": "location", "file": "file", "link": "other"}
"""What is neither words nor a press, by WeCom's MsgType. Files are not in WeCom's list; one would be told that."""
BROUGHT = frozenset({"image", "voice", "video"})
"""What of these media/get gives, for three days (§3, §5). Of a video the MediaId is the film, not its thumbnail."""
PRESSES = frozenset({"template_card_event", "template_card_menu_event"})
CAME = frozenset({"subscribe", "enter_agent"})
SYSTEM = "sys"
_TELLING = ("AgentID", "FromUserName", "CreateTime", "Event", "EventKey", "TaskId", "ChangeType")


def incoming_of(told: Element, agent_id: int) -> Incoming | None:
    """The event, or None where there is none for us: another app's, the system's, a page that was opened."""
    sender = cleaned(told.word("FromUserName")).lower()
    if told.word("AgentID") != str(agent_id) or sender in {"", SYSTEM}:
        return None
    said, handle = _said(told), {}
    if said is None:
        return None
    if code := told.word("ResponseCode"):
        handle = {"response_code": code}
    return Incoming(channel=CHANNEL, event=event_of(told), address=sender, said=said, handle=handle)


def event_of(told: Element) -> str:
    """The same when WeCom repeats itself, and another for another press: of events it gives no number, and two true
    presses may share a second. The ResponseCode may differ in a repetition, so it is left out."""
    if number := told.word("MsgId"):
        return f"m{number}" if digits(number, 20) else digest([number])
    return digest([*(told.word(name) for name in _TELLING), *_chosen(told)])


def created(told: Element) -> int:
    """When WeCom says it happened; 0 where it does not."""
    return int(told.word("CreateTime")) if digits(told.word("CreateTime"), 11) else 0


def digits(word: str, most: int) -> bool:
    """Whether this is a plain number of at most so many digits."""
    return word.isascii() and word.isdecimal() and len(word) <= most


def kind_of(told: Element) -> str:
    """What kind of event it is, for the log; tells nothing of who and what."""
    kind = told.word("Event") or told.word("MsgType")
    return kind if kind.replace("_", "").isalnum() and kind.isascii() else "unknown"


def _said(told: Element) -> Text | Tap | Other | Reach | None:
    match told.word("MsgType"):
        case "text":
            return Text(cleaned(told.word("Content")))
        case "event":
            return _happened(told)
        case kind if kind in KINDS:
            return Other(KINDS[kind], media=cleaned(told.word("MediaId")) if kind in BROUGHT else "")
        case _:
            return Other("other") if told.word("MsgId") else None


def _happened(told: Element) -> Tap | Reach | None:
    match told.word("Event"):
        case event if event in PRESSES:
            return Tap(_pressed(told))
        case "click":
            return Tap(cleaned(told.word("EventKey")))
        case event if event in CAME:
            return Reach(open=True)
        case "unsubscribe":
            return Reach(open=False)
        case _:
            return None


def tapped(key: str, card_type: str, chosen: Mapping[str, Sequence[str]]) -> str:
    """What a press means; `chosen` are the ids by the question they answer. Of a form: the line that was chosen, or the
    key of its button and what was ticked."""
    ids = [cleaned(one) for some in chosen.values() for one in some]
    if key == CHOOSE:
        return ids[0] if len(ids) == 1 else CHOOSE
    return f"{key}:{','.join(ids)}" if SEVERAL in chosen or card_type == "vote_interaction" else key


def _pressed(told: Element) -> str:
    items = told.every("SelectedItems", "SelectedItem")
    chosen = {each.word("QuestionKey"): [one.text for one in each.every("OptionIds", "OptionId")] for each in items}
    return tapped(cleaned(told.word("EventKey")), told.word("CardType"), chosen)


def _chosen(told: Element) -> list[str]:
    return [each.text for each in told.every("SelectedItems", "SelectedItem", "OptionIds", "OptionId")]


def digest(words: list[str]) -> str:
    """A name for an event that WeCom gives none: the same for the same words."""
    return "e" + sha256("\x1f".join(words).encode("utf-8", "replace")).hexdigest()
