"""Which method is done where. Names in small letters, as Telegram takes them in any."""

from collections.abc import Awaitable, Callable

from tests.fakes.telegram import chatting, hearing, menus, sending, speaking, webhook
from tests.fakes.telegram.refusals import JSON
from tests.fakes.telegram.world import World

METHODS: dict[str, Callable[[World, JSON], object | Awaitable[object]]] = {
    "answercallbackquery": speaking.answer_callback_query,
    "deletemessage": speaking.delete_message,
    "deletemycommands": menus.delete_my_commands,
    "deletewebhook": webhook.delete_webhook,
    "editmessagecaption": speaking.edit_message_caption,
    "editmessagereplymarkup": speaking.edit_message_reply_markup,
    "editmessagetext": speaking.edit_message_text,
    "getchat": chatting.get_chat,
    "getchatadministrators": chatting.get_chat_administrators,
    "getchatmember": chatting.get_chat_member,
    "getchatmembercount": chatting.get_chat_member_count,
    "getfile": sending.get_file,
    "getme": hearing.get_me,
    "getmycommands": menus.get_my_commands,
    "getupdates": hearing.get_updates,
    "getwebhookinfo": webhook.get_webhook_info,
    "leavechat": chatting.leave_chat,
    "sendchataction": speaking.send_chat_action,
    "senddocument": sending.send_document,
    "sendmessage": speaking.send_message,
    "sendphoto": sending.send_photo,
    "setmycommands": menus.set_my_commands,
    "setwebhook": webhook.set_webhook,
}
