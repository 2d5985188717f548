"""The methods by which a bot hears and says who it is (§2.8)."""

from tests.fakes.telegram.refusals import JSON, WEBHOOK_IS_SET, Refused
from tests.fakes.telegram.world import BOT, World


def get_me(world: World, _params: JSON) -> JSON:
    return BOT | {"can_read_all_group_messages": not world.privacy}


async def get_updates(world: World, params: JSON) -> list[JSON]:
    if world.webhook:
        raise Refused(*WEBHOOK_IS_SET)
    world.remember_allowed(params)
    offset, limit, timeout = params.get("offset") or 0, params.get("limit") or 100, params.get("timeout") or 0
    return await world.updates.poll(offset, limit, timeout, strict=world.strict)
