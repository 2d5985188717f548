"""Who is behind the code a browser brings from OAuth (§6.3, [path/91023])."""

from tests.fakes.wecom.calls import Call
from tests.fakes.wecom.contacts import Person
from tests.fakes.wecom.refusals import JSON, Refused
from tests.fakes.wecom.world import TICKET_LIFE, Ticket, World


def new_code(world: World, person: Person) -> str:
    """One use, five minutes."""
    code = f"code-{world.number():06d}"
    world.tickets[code] = Ticket(person, world.now() + TICKET_LIFE)
    return code


def get_user_info(world: World, call: Call) -> JSON:
    """A member outside the range has a userid too: to know who it is is not to let them in (§6.3)."""
    ticket = world.tickets.get(call.query.get("code", ""))
    if ticket is None:
        raise Refused(40029)
    if ticket.used:
        raise Refused(42022)
    if world.now() >= ticket.expires:
        raise Refused(42003)
    ticket.used = True
    return {"userid": ticket.person.userid}
