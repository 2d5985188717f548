"""The methods by which a bot hears, says who it is, and hangs up its menu (§2.6, §2.8)."""

import json
import re

from tests.fakes.telegram.refusals import JSON, WEBHOOK_IS_SET, Refused, bad_request
from tests.fakes.telegram.world import BOT, World

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


def get_me(world: World, _params: JSON) -> JSON:
    return BOT | {"can_read_all_group_messages": not world.privacy}


async def get_updates(world: World, params: JSON) -> list[JSON]:
    if world.webhook:
        raise Refused(*WEBHOOK_IS_SET)
    world.remember_allowed(params)
    offset, limit, timeout = params.get("offset") or 0, params.get("limit") or 100, params.get("timeout") or 0
    return await world.updates.poll(offset, limit, timeout, strict=world.strict)


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
    return json.dumps([scope, language], sort_keys=True)
