"""Menus of commands, by scope and language, and which of them a person sees (§2.6)."""

import json
import re

from tests.fakes.telegram.chats import Chat, GroupChat
from tests.fakes.telegram.refusals import JSON, bad_request
from tests.fakes.telegram.world import World

MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
SCOPES = frozenset(
    {
        "all_chat_administrators",
        "all_group_chats",
        "all_private_chats",
        "chat",
        "chat_administrators",
        "chat_member",
        "default",
    }
)


def set_my_commands(world: World, params: JSON) -> bool:
    commands = params.get("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands list JSON object")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= LONGEST_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.menus[_menu(world, params)] = commands
    return True


def get_my_commands(world: World, params: JSON) -> list[JSON]:
    return world.menus.get(_menu(world, params), [])


def delete_my_commands(world: World, params: JSON) -> bool:
    world.menus.pop(_menu(world, params), None)
    return True


def shown(world: World, chat: Chat, person: int, language: str) -> list[tuple[str, str]]:
    """The commands a person's phone shows in a chat: the nearest scope that has any, in the phone's language first."""
    for scope in _scopes(chat, person):
        for code in (language[:2], ""):
            if commands := world.menus.get(_key(scope, code)):
                return [(command["command"], command["description"]) for command in commands]
    return []


def _scopes(chat: Chat, person: int) -> list[JSON]:
    """From near to far, as Telegram's documents list them."""
    here: JSON = {"type": "chat", "chat_id": chat.id}
    if not isinstance(chat, GroupChat):
        return [here, {"type": "all_private_chats"}, {"type": "default"}]
    leads = chat.members.get(person) in {"administrator", "creator"}
    member: JSON = {"type": "chat_member", "chat_id": chat.id, "user_id": person}
    chat_leads: list[JSON] = [{"type": "chat_administrators", "chat_id": chat.id}] if leads else []
    all_leads: list[JSON] = [{"type": "all_chat_administrators"}] if leads else []
    return [member, *chat_leads, here, *all_leads, {"type": "all_group_chats"}, {"type": "default"}]


def _menu(world: World, params: JSON) -> str:
    """Which menu is meant: a scope and a two-letter language."""
    scope = params.get("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in scope:
        scope = scope | {"chat_id": world.chat(int(scope["chat_id"])).id}
    language = str(params.get("language_code") or "")
    if not re.fullmatch(r"([a-z]{2})?", language):
        raise bad_request("invalid language code specified")
    return _key(scope, language)


def _key(scope: JSON, language: str) -> str:
    return json.dumps([scope, language], sort_keys=True)
