"""A trainer and a manager of another county: every button there is, with ids that exist and with ids that do not."""

import pytest

from bot.rehearsal.channel import NAME
from bot.rehearsal.town import Cast, enrol
from bot.store import units
from bot.store.turn import Turn
from drills.people import Role
from tests.router.test_who_may import ABOUT_ONESELF, BUTTONS
from tests.router.things import things
from tests.stories.bank import Bank

ELSEWHERE = (
    Cast(name="外训", unit="外县网点", role=Role.TRAINER),
    Cast(name="外总", unit="外县支行", role=Role.MANAGER),
)


def another_county(turn: Turn, city: int) -> dict[str, int]:
    """A county beside ours, with a branch, its trainer and the county's manager: their ids by name."""
    county = units.add(turn, "外县支行", units.get(turn, city))
    places = {"外县支行": county, "外县网点": units.add(turn, "外县网点", county)}
    joined = turn.now.date()
    return {
        who.name: enrol(turn, who, places[who.unit], number, channel=NAME, joined=joined)
        for number, who in enumerate(ELSEWHERE, 900)
    }


@pytest.mark.no_cover
async def test_whatever_they_try_they_get_nothing_not_even_whether_it_exists(proposed: Bank) -> None:
    proposed.town.people |= await proposed.do(another_county, proposed.unit("某市分行"))
    ids = await things(proposed)
    nowhere = dict.fromkeys(ids, 404)
    tried = 0
    for who in ELSEWHERE:
        someone = proposed.person(who.name)
        for data in BUTTONS:
            if "{" not in data or data.partition(":")[0] in ABOUT_ONESELF:
                continue
            said = []
            for targets in (ids, nowhere):
                await someone.forges(data.format_map(targets))
                said.append(someone.seen())
            tried += 1
            assert said[0] == said[1], data
            assert not any(name in said[0] for name in ("王芳", "李强", "城东")), data
    assert tried > 100, "both of them, every button"
