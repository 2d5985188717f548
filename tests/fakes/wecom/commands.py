"""What a bot may say over its connection (§7.1, [path/101463], [path/101138])."""

from collections.abc import Callable

from tests.fakes.wecom import cards, kinds
from tests.fakes.wecom.bot_uploads import chunk, finish, init
from tests.fakes.wecom.bots import GROUP, SINGLE, Asked, Bot, Frame, Room, Stream
from tests.fakes.wecom.phones import CARD, Shown
from tests.fakes.wecom.refusals import JSON, Refused
from tests.fakes.wecom.rules import Part, Reader

SOON = 5.0
REPLY_LIFE = 86_400.0
STREAM_LIFE = 360.0  # six minutes; the text of 846608 says ten (UNVERIFIED)
MESSAGE, ENTERED, PRESSED, TOLD = "message", "enter_chat", "template_card_event", "other"
AUTO, TO_SINGLE, TO_GROUP = 0, 1, 2
_STREAM = "stream"


def welcome(bot: Bot, frame: Frame) -> JSON:
    """To whoever opened the chat: a text or a card."""
    asked = bot.answering(frame.req_id, ENTERED, SOON)
    _once(asked)
    _show(bot, asked.room, *_content(bot, kinds.WELCOME, frame.body))
    return _answered(asked, frame)


def respond(bot: Bot, frame: Frame) -> JSON:
    """To a message: once, or as a stream that grows."""
    asked = bot.answering(frame.req_id, MESSAGE, REPLY_LIFE)
    if frame.body.get("msgtype") == _STREAM:
        _grow(bot, asked, frame.body)
    else:
        _once(asked)
        _show(bot, asked.room, *_content(bot, kinds.BOT, frame.body))
    return _answered(asked, frame)


def update(bot: Bot, frame: Frame) -> JSON:
    """Change the card that was pressed; it keeps its task_id."""
    asked = bot.answering(frame.req_id, PRESSED, SOON)
    _once(asked)
    _only(frame.body, {"response_type", "userids", CARD})
    if frame.body.get("response_type") != "update_template_card":
        raise Refused(93050, "response_type")
    card, clipped = cards.read_card(frame.body.get(CARD), cards.BOT_UPDATE)
    assert asked.shown
    if card["task_id"] != asked.shown.task_id:
        raise Refused(846625, "not the task that was pressed")
    asked.shown.change(card, clipped)
    asked.room.chat.bell.ring()
    return _answered(asked, frame)


def push(bot: Bot, frame: Frame) -> JSON:
    """To a chat in which somebody has written to the bot before. Cards only to one person (a transcription, §12.10)."""
    chat_id, kind = str(frame.body.get("chatid", "")), frame.body.get("chat_type", AUTO)
    _only(frame.body, {"chatid", "chat_type", "msgtype", frame.body.get("msgtype")})
    room = _room(bot, chat_id, kind)
    if room.kind == GROUP and frame.body.get("msgtype") == CARD:
        raise Refused(40008, "cards are pushed to one person only")
    found = _content(bot, kinds.BOT, frame.body)
    if not room.opened:
        raise Refused(846607, "nobody has written to the bot there")
    _show(bot, room, *found)
    return {}


COMMANDS: dict[str, Callable[[Bot, Frame], JSON]] = {
    "aibot_respond_welcome_msg": welcome,
    "aibot_respond_msg": respond,
    "aibot_respond_update_msg": update,
    "aibot_send_msg": push,
    "aibot_upload_media_init": init,
    "aibot_upload_media_chunk": chunk,
    "aibot_upload_media_finish": finish,
}


def _room(bot: Bot, chat_id: str, kind: object) -> Room:
    """A chat type of 0 means a group of that name first, else a person."""
    if not isinstance(kind, int) or kind not in {AUTO, TO_SINGLE, TO_GROUP}:
        raise Refused(40058, "chat_type")
    if kind != TO_SINGLE and (GROUP, chat_id) in bot.rooms:
        return bot.rooms[GROUP, chat_id]
    found = bot.rooms.get((SINGLE, chat_id.lower())) if kind != TO_GROUP else None
    if found is None:
        raise Refused(846607, "no such chat")
    return found


def _content(bot: Bot, allowed: dict[str, Part], body: JSON) -> tuple[str, JSON, list[str]]:
    _only(body, {"chatid", "chat_type", "msgtype", body.get("msgtype")})
    if body.get("msgtype") == CARD:
        card, clipped = cards.read_card(body.get(CARD), cards.BOT)
        task_id = card.get("task_id", "")
        if task_id and task_id in bot.task_ids:
            raise Refused(846625, f"task_id {task_id!r} was used before")
        return CARD, card, clipped
    kind, content, clipped = kinds.read_content(allowed, body)
    if "media_id" in content and bot.media.find(content["media_id"], bot.now()).kind != kind:
        raise Refused(40007, f"it is no {kind}")
    return kind, content, clipped


def _grow(bot: Bot, asked: Asked, body: JSON) -> None:
    """The first frame shows it, the others change it, until it is finished or six minutes old."""
    _only(body, {"msgtype", _STREAM})
    given = Reader().part(kinds.STREAM, body.get(_STREAM), _STREAM)
    stream = asked.stream
    if stream is None:
        _once(asked)
        shown = _show(bot, asked.room, _STREAM, {"content": given.get("content", "")}, [])
        stream = asked.stream = Stream(given["id"], bot.now(), shown)
    elif stream.finished or stream.id != given["id"]:
        raise Refused(846606)
    elif bot.now() >= stream.begun + STREAM_LIFE:
        raise Refused(846608)
    else:
        stream.shown.history.append(stream.shown.body)
        stream.shown.body = {"content": given.get("content", "")}
        asked.room.chat.bell.ring()
    stream.finished = bool(given.get("finish"))


def _show(bot: Bot, room: Room, kind: str, content: JSON, clipped: list[str]) -> Shown:
    """Put it into the chat, if its rate allows: replies and pushes count together."""
    if not room.meter.take(bot.now()):
        raise Refused(846607, "too much for this chat")
    bot.task_ids.add(content.get("task_id", ""))
    msgid = f"bot-{bot.number():06d}"
    shown = Shown(msgid, kind, content, bot.now(), clipped, content.get("task_id", ""))
    room.chat.show(shown)
    return shown


def _once(asked: Asked) -> None:
    if asked.replies:
        raise Refused(846606)


def _answered(asked: Asked, frame: Frame) -> JSON:
    asked.replies.append(frame.body)
    asked.bell.ring()
    return {}


def _only(body: JSON, known: set[object]) -> None:
    if strangers := body.keys() - known:
        raise Refused(40058, f"nothing WeCom knows: {', '.join(sorted(strangers))}")
