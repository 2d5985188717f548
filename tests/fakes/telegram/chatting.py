"""The methods by which a bot asks about a chat, and leaves it."""

from tests.fakes.telegram.chats import Chat, GroupChat, PrivateChat
from tests.fakes.telegram.refusals import JSON, Refused, bad_request
from tests.fakes.telegram.world import SENDER, World, member_json

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(world: World, params: JSON) -> JSON:
    chat = _readable(world, params)
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(_GIFTS, True)}
    return chat.json() | more


def get_chat_member(world: World, params: JSON) -> JSON:
    return _member(world, _group(world, params), params.get("user_id"))


def get_chat_administrators(world: World, params: JSON) -> list[JSON]:
    group = _group(world, params)
    admins = [number for number, status in group.members.items() if status in {"administrator", "creator"}]
    bot = [SENDER["id"]] if group.bot == "administrator" else []
    return [_member(world, group, number) for number in [*admins, *bot]]


def get_chat_member_count(world: World, params: JSON) -> int:
    chat = _readable(world, params)
    return len(chat.members) + (chat.bot in {"member", "administrator"}) if isinstance(chat, GroupChat) else 2


def leave_chat(world: World, params: JSON) -> bool:
    """Leave a group. What the bot does itself comes back to it as my_chat_member."""
    group = _group(world, params)
    was, group.bot = group.bot, "left"
    world.membership(group, SENDER, was, "left")
    return True


def _readable(world: World, params: JSON) -> Chat:
    """The chat, if the bot may look into it: a private chat even when blocked, a group only from inside."""
    chat = world.chat(params.get("chat_id"))
    refusal = chat.refusal()
    if refusal and isinstance(chat, PrivateChat) and not chat.started:
        raise bad_request("chat not found")
    if refusal and isinstance(chat, GroupChat) and "not enough rights" not in refusal.description:
        raise refusal
    return chat


def _group(world: World, params: JSON) -> GroupChat:
    chat = _readable(world, params)
    if not isinstance(chat, GroupChat):
        raise bad_request("chat member status can't be changed in private chats")
    return chat


def _member(world: World, group: GroupChat, number: object) -> JSON:
    if number == SENDER["id"]:
        return member_json(SENDER, group.bot)
    person = world.people.get(number) if isinstance(number, int) else None
    if person is None:
        raise Refused(400, "Bad Request: PARTICIPANT_ID_INVALID")
    return member_json(person.json(), group.members.get(person.id, "left"))
