"""Five people who have a chat, and the county's department chosen: what the contacts' stories begin with."""

import pytest
from sqlmodel import select

from bot.store import contacts as store
from bot.store import links, people, units
from bot.store.tables import ContactChange, Person
from bot.store.turn import Reader
from tests.cast import BRANCH, COUNTY, OTHER_BRANCH
from tests.fakes.wecom import Delivery
from tests.wecom.stories.branch import Branch

EAST, WEST, COUNTY_DEPARTMENT = 2, 4, 10
OURS = ("王芳", "李强", "孙丽", "赵敏", "管理员")


@pytest.fixture
async def followed(branch: Branch) -> Branch:
    """Five have a chat and stand in WeCom where our list has them; the county's department is chosen."""
    office = branch.fake.staff
    office.department(COUNTY_DEPARTMENT, "清河县支行")
    office.department(EAST, BRANCH, COUNTY_DEPARTMENT)
    office.department(WEST, OTHER_BRANCH, COUNTY_DEPARTMENT)
    for name in OURS:
        someone = branch.person(name)
        someone.user.person.departments = [1 if name == "管理员" else EAST]
        await branch.store.do(links.attach, someone.id, "wecom", someone.user.userid.lower())
    await branch.store.do(store.choose, COUNTY_DEPARTMENT, branch.town.units[COUNTY])
    await branch.enter_contacts()
    return branch


async def told(*deliveries: list[Delivery]) -> None:
    """Until we have taken what these changes caused."""
    for each in [delivery for some in deliveries for delivery in some]:
        if each.profile is not None:
            assert (await each.wait()).taken


async def follows(branch: Branch) -> None:
    """What the alarm clock does."""
    await branch.board.follow()
    await branch.board.deliver()


async def who(branch: Branch, number: str) -> tuple[Person, str]:
    """Somebody by staff number, and where they work."""

    def ask(turn: Reader) -> tuple[Person, str]:
        person = people.by_staff_number(turn, number)
        assert person
        return person, units.get(turn, person.unit_id).name

    return await branch.look(ask)


async def waiting(branch: Branch) -> list[str]:
    """Whose entries are still to be read."""

    def ask(turn: Reader) -> list[str]:
        return [row.userid for row in turn.session.exec(select(ContactChange))]

    return await branch.look(ask)
