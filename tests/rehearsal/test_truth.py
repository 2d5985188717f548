"""The simulated truth: who repeats one mistake, and how the evenings add up."""

from datetime import date

from bot.content import load, shipped
from bot.content.edition import parse
from bot.rehearsal.town import Town, plain
from bot.rehearsal.truth import OFFENDERS, TRUANTS, critical, longest, minds_of, silent_twice
from drills.people import Post

BANK = parse(load(shipped()).body).bank


def test_some_repeat_one_mistake_in_something_critical_that_their_post_is_asked() -> None:
    plan = plain(20, 30)
    town = Town(plan, people={member.name: number for number, member in enumerate(plan.cast, 1)})
    minds = minds_of(town, BANK, seed=1)
    posts = {str(town.people[member.name]): Post(member.post) for member in plan.cast if member.post}
    assert minds.keys() == posts.keys()
    blind = {who: mind.blind for who, mind in minds.items() if mind.blind}
    assert abs(len(blind) / len(minds) - OFFENDERS) < 0.04
    assert all(len(points) == 1 and points <= set(critical(BANK, posts[who])) for who, points in blind.items())
    assert {who: mind.blind for who, mind in minds_of(town, BANK, seed=1).items()} == {
        who: mind.blind for who, mind in minds.items()
    }


def test_some_leave_whole_days_lying_and_two_running_are_known_to_the_truth() -> None:
    plan = plain(20, 30)
    town = Town(plan, people={member.name: number for number, member in enumerate(plan.cast, 1)})
    minds = minds_of(town, BANK, seed=1)
    truants = [mind for mind in minds.values() if mind.shirks]
    assert abs(len(truants) / len(minds) - TRUANTS) < 0.03
    assert 30 < sum(truants[0].shirks_today() for _ in range(100)) < 70
    monday, tuesday, wednesday = days = [date(2026, 11, d) for d in (23, 24, 25)]
    assert silent_twice([wednesday], days)
    assert not silent_twice([tuesday, wednesday], days)
    assert not silent_twice([monday], days), "the list of the day after is not rehearsed any more"


def test_evenings_add_up_by_day_week_and_month() -> None:
    wang, li = 1, 2
    evenings = {
        (wang, date(2026, 11, 23)): 20,
        (wang, date(2026, 11, 27)): 15,
        (wang, date(2026, 11, 30)): 30,
        (wang, date(2026, 12, 1)): 10,
        (li, date(2026, 11, 24)): 32,
    }
    assert longest(evenings) == {"day": 32, "week": 40, "month": 65}
    assert longest({}) == {"day": 0, "week": 0, "month": 0}
