from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.people import MAY, Act, Held, Role, below, may
from drills.refused import Refused
from drills.sitting import COUNTED, Kind

DAY = date(2026, 11, 23)
COUNTY, BRANCH, NEIGHBOUR = "/1/2/", "/1/2/29/", "/1/2/290/"
TABLE = {
    Act.ANSWER: {Role.STAFF},
    Act.SEE_OWN: {Role.STAFF},
    Act.APPEAL: {Role.STAFF, Role.TRAINER, Role.MANAGER},
    Act.SET_OWN: set(Role),
    Act.ASK_LEAVE: {Role.STAFF},
    Act.SEE_BOARD: {Role.STAFF, Role.TRAINER, Role.MANAGER, Role.INSPECTOR},
    Act.SEE_TONIGHT: {Role.TRAINER, Role.MANAGER},
    Act.SEE_MISSING: {Role.TRAINER, Role.MANAGER},
    Act.NUDGE: {Role.TRAINER, Role.MANAGER},
    Act.DECIDE_CASE: {Role.TRAINER, Role.MANAGER},
    Act.GRANT_LEAVE: {Role.TRAINER, Role.MANAGER},
    Act.HOST: {Role.TRAINER, Role.MANAGER},
    Act.SEE_SUMMARY: {Role.MANAGER, Role.INSPECTOR},
    Act.SEE_UNITS: {Role.MANAGER, Role.INSPECTOR, Role.ADMIN},
    Act.SEE_WORST: {Role.TRAINER, Role.MANAGER, Role.INSPECTOR},
    Act.INVITE: {Role.ADMIN},
    Act.SEE_PERSON: {Role.TRAINER, Role.MANAGER},
    Act.SET_DAY: {Role.TRAINER, Role.MANAGER, Role.ADMIN},
    Act.ENTER_FINDING: {Role.TRAINER, Role.MANAGER, Role.INSPECTOR},
    Act.SEE_RECORDINGS: {Role.TRAINER, Role.MANAGER, Role.INSPECTOR},
    Act.NOTE_RECORDING: {Role.TRAINER, Role.MANAGER},
    Act.LINK_GROUP: {Role.TRAINER, Role.MANAGER, Role.ADMIN},
    Act.EDIT_ROSTER: {Role.ADMIN},
    Act.PLAY: {Role.STAFF, Role.TRAINER, Role.MANAGER},
    Act.EXPORT: {Role.TRAINER, Role.MANAGER},
}


@pytest.mark.parametrize("act", sorted(Act))
def test_who_may_do_what(act: Act) -> None:
    assert {role for role in Role if may([Held(role, BRANCH)], act, BRANCH, DAY)} == TABLE[act]


def test_the_table_has_a_line_for_every_role() -> None:
    assert set(MAY) == set(Role)


def test_a_role_reaches_everything_below_its_unit_and_nothing_beside_it() -> None:
    assert may([Held(Role.MANAGER, COUNTY)], Act.SEE_SUMMARY, BRANCH, DAY)
    assert not may([Held(Role.MANAGER, BRANCH)], Act.SEE_SUMMARY, COUNTY, DAY)
    assert not may([Held(Role.MANAGER, BRANCH)], Act.SEE_SUMMARY, NEIGHBOUR, DAY)


def test_branch_29_is_not_above_branch_290() -> None:
    assert not below(NEIGHBOUR, BRANCH)
    assert not below(NEIGHBOUR, "/1/2/29")  # a path that lost its slash reaches nothing
    assert not below(BRANCH, "")


def test_a_deputy_holds_the_role_on_the_last_day_and_not_after() -> None:
    deputy = [Held(Role.TRAINER, BRANCH, until=DAY)]
    assert may(deputy, Act.DECIDE_CASE, BRANCH, DAY)
    assert not may(deputy, Act.DECIDE_CASE, BRANCH, date(2026, 11, 24))


def test_nobody_without_a_role_may_do_anything() -> None:
    assert not any(may([], act, BRANCH, DAY) for act in Act)


@given(st.lists(st.builds(Held, st.sampled_from(Role), st.sampled_from([COUNTY, BRANCH, NEIGHBOUR])), max_size=4))
def test_a_second_role_takes_no_right_away(held: list[Held]) -> None:
    for act in Act:
        alone = any(may([one], act, BRANCH, DAY) for one in held)
        assert may(held, act, BRANCH, DAY) is alone


def test_first_attempts_count_and_what_only_teaches_does_not() -> None:
    assert set(Kind) - COUNTED == {Kind.EVENING, Kind.RETRY, Kind.SHARED, Kind.PRACTICE}


def test_a_refusal_says_why_and_carries_what_its_sentence_needs() -> None:
    refused = Refused("closed", at="08:45")
    assert (str(refused), refused.why, refused.values) == ("closed", "closed", {"at": "08:45"})
