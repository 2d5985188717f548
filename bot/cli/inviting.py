"""`chenlian invite`: a code for one person, printed once and never kept."""

import secrets

from bot.config import Settings
from bot.main import now, process_name
from bot.services import joining
from bot.store import people
from bot.store.store import Store
from bot.store.trouble import StoreTrouble
from bot.store.turn import Turn
from bot.views import catalogue

CODE_BYTES = 12  # 96 bits, 16 characters


async def write(settings: Settings, staff_number: str) -> str:
    """The line to hand to the person. Raises StoreTrouble for a number nobody has."""
    url = settings.database_url.get_secret_value()
    code = secrets.token_urlsafe(CODE_BYTES)
    async with Store(url, clock=now, wall=now, words=catalogue(), process=process_name()) as store:
        name = await store.do(_invite, staff_number, code)
    return f"{name}: /start {code}"


def _invite(turn: Turn, staff_number: str, code: str) -> str:
    person = people.by_staff_number(turn, staff_number)
    if person is None or person.id is None:
        raise StoreTrouble(f"Nobody has the staff number {staff_number}. Look at the staff list and try again.")
    joining.invite(turn, person.id, code)
    return person.name
