"""The methods by which a bot speaks: send, edit, delete, answer a press (§2.2, §2.5)."""

from tests.fakes.telegram.chats import Chat, GroupChat
from tests.fakes.telegram.html import utf16_length
from tests.fakes.telegram.keyboards import Keyboard, read_keyboard
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.refusals import JSON, NOT_MODIFIED, QUERY_TOO_OLD, bad_request
from tests.fakes.telegram.text import Written, read_caption, read_text
from tests.fakes.telegram.world import World

LONGEST_TOAST = 200
DELETABLE = 48 * 3600
ACTIONS = frozenset(
    {
        "choose_sticker",
        "find_location",
        "record_video",
        "record_video_note",
        "record_voice",
        "typing",
        "upload_document",
        "upload_photo",
        "upload_video",
        "upload_video_note",
        "upload_voice",
    }
)


def send_message(world: World, params: JSON) -> JSON:
    written = read_text(params.get("text"), params.get("parse_mode"))
    keyboard = read_keyboard(params.get("reply_markup"))
    chat = world.open_chat(params.get("chat_id"))
    return world.write(chat, written, keyboard, answered(chat, params)).json(chat.json())


def edit_message_text(world: World, params: JSON) -> JSON:
    written = read_text(params.get("text"), params.get("parse_mode"))
    keyboard = read_keyboard(params.get("reply_markup"), inline_only=True)
    chat, message = _own_message(world, params)
    if message.is_media:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, chat, message, written, keyboard)


def edit_message_caption(world: World, params: JSON) -> JSON:
    written = read_caption(params.get("caption"), params.get("parse_mode"))
    keyboard = read_keyboard(params.get("reply_markup"), inline_only=True)
    chat, message = _own_message(world, params)
    if not message.is_media:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, chat, message, written, keyboard)


def edit_message_reply_markup(world: World, params: JSON) -> JSON:
    keyboard = read_keyboard(params.get("reply_markup"), inline_only=True)
    chat, message = _own_message(world, params)
    return _edit(world, chat, message, message.written, keyboard)


def delete_message(world: World, params: JSON) -> bool:
    """In a group, somebody else's only as an admin."""
    chat = world.chat(params.get("chat_id"))
    if not chat.is_private and (refusal := chat.refusal(editing=True)):
        raise refusal
    message = chat.message(_message_id(params))
    if message is None:
        raise bad_request("message to delete not found")
    is_ours = message.from_bot or chat.is_private or (isinstance(chat, GroupChat) and chat.bot == "administrator")
    if not is_ours or world.date() - message.date >= DELETABLE:
        raise bad_request("message can't be deleted")
    message.deleted = True
    chat.bell.ring()
    return True


def answer_callback_query(world: World, params: JSON) -> bool:
    """A press can be answered once, and not for ever."""
    query = world.queries.get(str(params.get("callback_query_id", "")))
    if query is None or query.toast is not None or world.now() - query.born > world.query_lifetime:
        raise bad_request(QUERY_TOO_OLD)
    text = str(params.get("text") or "")
    if utf16_length(text) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    query.toast, query.alert = text, params.get("show_alert") is True
    query.bell.ring()
    return True


def send_chat_action(world: World, params: JSON) -> bool:
    if str(params.get("action", "")).lower() not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.open_chat(params.get("chat_id"))
    return True


def answered(chat: Chat, params: JSON) -> JSON:
    """What stands in a message that answers another."""
    reply = params.get("reply_parameters")
    if not isinstance(reply, dict):
        return {}
    if message := chat.message(reply.get("message_id")):
        return {"reply_to_message": message.quoted(chat.json())}
    if reply.get("allow_sending_without_reply") is True:
        return {}
    raise bad_request("message to be replied not found")


def _own_message(world: World, params: JSON) -> tuple[Chat, Message]:
    """The message to edit. That a blocked chat also refuses edits is UNVERIFIED."""
    number = _message_id(params)
    chat = world.chat(params.get("chat_id"))
    if refusal := chat.refusal(editing=True):
        raise refusal
    message = chat.message(number)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or message.frozen:
        raise bad_request("message can't be edited")
    return chat, message


def _message_id(params: JSON) -> int:
    number = params.get("message_id")
    if not isinstance(number, int):
        raise bad_request("message identifier is not specified")
    return number


def _edit(world: World, chat: Chat, message: Message, written: Written, keyboard: Keyboard) -> JSON:
    if message.same(written, keyboard):
        raise bad_request(NOT_MODIFIED)
    message.edit(written, keyboard, world.date())
    chat.bell.ring()
    return message.json(chat.json())
