"""The auditor must find each kind of fault, planted one at a time into a day on which nothing was wrong."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.chat.message import Button, Message
from bot.rehearsal.audit import Evidence, Findings, audit, kind_of
from bot.rehearsal.channel import Delivered
from bot.rehearsal.town import Cast, Plan, Town
from bot.rehearsal.troupe import ZONE
from drills.people import Post, Role

DAYS = (date(2026, 3, 2), date(2026, 3, 3))
Record = list[Delivered]


def town() -> Town:
    cast = (Cast(name="王芳", unit="城东", post=Post.TELLER), Cast(name="陈主任", unit="城东", role=Role.MANAGER))
    return Town(Plan(above=("总行",), branches=("城东",), cast=cast), people={"王芳": 1, "陈主任": 2})


def message(*verbs: str) -> Message:
    return Message(body="早", buttons=(tuple(Button(verb, f"{verb}:1") for verb in verbs),))


def came(letter: int, address: str, day: date, at: time, *verbs: str, event: str = "") -> Delivered:
    moment = datetime.combine(day, at, ZONE)
    return Delivered(letter=letter, address=address, at=moment, message=message(*verbs), toast="", event=event)


def a_good_record() -> Record:
    """Two days: a push on each, a reminder, two replies, a reading, and the second morning's summary."""
    return [
        came(1, "1", DAYS[0], time(8, 3), "sd", "off"),
        came(2, "1", DAYS[0], time(8, 4), "a", event="e1"),
        came(0, "1", DAYS[0], time(8, 5), "m", event="e2"),
        came(3, "1", DAYS[0], time(8, 33), "gd"),
        came(4, "2", DAYS[1], time(7, 40), "u", "wo"),
        came(5, "1", DAYS[1], time(8, 3), "sd", "off"),
    ]


EVIDENCE = Evidence(asked=[("e1", "1"), ("e2", "1")], said=[11], kept=[11, 12])


def findings(record: Record, evidence: Evidence = EVIDENCE) -> Findings:
    return audit(record, town(), DAYS, evidence)


def test_a_day_on_which_all_is_well() -> None:
    assert findings(a_good_record()) == Findings(letters=5, repeats=0, duplicates=0, losses=0)


def without(letter: int) -> Record:
    return [seen for seen in a_good_record() if seen.letter != letter]


@pytest.mark.parametrize(
    ("record", "missing"),
    [
        (without(1), "push 2026-03-02 1"),
        (without(5), "push 2026-03-03 1"),
        (without(4), "summary 2026-03-03 2"),
        (without(2), "reply to e1 for 1"),
        (without(0), "reply to e2 for 1"),
    ],
)
def test_whatever_never_came_is_a_loss(record: Record, missing: str) -> None:
    found = findings(record)
    assert (found.losses, found.missing, found.duplicates) == (1, (missing,), 0)


def test_a_board_is_due_in_every_branchs_group_once_a_day() -> None:
    bank = town()
    bank.groups["城东"] = "-5"
    rows = Message(title="城东", rows=(("参与", "1/1"),))
    boards = [replace(came(20 + i, "-5", day, time(8, 45)), message=rows) for i, day in enumerate(DAYS)]
    counts = [replace(came(30 + i, "-5", day, time(8, 4 + i)), message=message()) for i, day in enumerate(DAYS)]

    def found(*seen: Delivered) -> Findings:
        return audit([*a_good_record(), *counts, *seen], bank, DAYS, EVIDENCE)

    assert found(*boards) == Findings(letters=9, repeats=0, duplicates=0, losses=0)
    assert found(boards[0]).missing == ("board 2026-03-03 -5",)
    assert found(*boards, replace(boards[0], letter=40)).duplicates == 1
    assert found(boards[0], replace(boards[1], address="1")).missing == ("board 2026-03-03 -5",)


def test_a_push_of_another_day_or_at_another_phone_does_not_count() -> None:
    late = [replace(seen, at=seen.at + timedelta(days=1)) if seen.letter == 5 else seen for seen in a_good_record()]
    astray = [replace(seen, address="2") if seen.letter == 5 else seen for seen in a_good_record()]
    assert findings(late).missing == findings(astray).missing == ("push 2026-03-03 1",)


def test_an_answer_that_was_acknowledged_and_is_not_kept_is_a_loss() -> None:
    found = findings(a_good_record(), replace(EVIDENCE, said=[11, 13]))
    assert (found.losses, found.missing) == (1, ("answer to slot 13",))


@pytest.mark.parametrize("letter", [1, 2, 3, 4])
def test_the_same_letter_twice_is_a_duplicate(letter: int) -> None:
    record = a_good_record()
    again = next(seen for seen in record if seen.letter == letter)
    found = findings([*record, again])
    assert (found.duplicates, found.repeats, found.losses, found.letters) == (1, 0, 0, 5)


def test_a_reading_sent_twice_is_no_letter() -> None:
    record = a_good_record()
    assert findings([*record, record[2]]).duplicates == 0


@pytest.mark.parametrize("letter", [1, 3, 4])
def test_a_promise_made_twice_is_a_duplicate_though_the_letters_are_two(letter: int) -> None:
    record = a_good_record()
    again = replace(next(seen for seen in record if seen.letter == letter), letter=99)
    found = findings([*record, again])
    assert (found.duplicates, found.repeats, found.letters) == (1, 0, 6)


def test_an_event_answered_by_two_letters_is_a_duplicate() -> None:
    record = a_good_record()
    found = findings([*record, replace(record[1], letter=99)])
    assert (found.duplicates, found.repeats) == (1, 0)


def test_a_letter_whose_receipt_was_destroyed_is_a_repeat_and_no_duplicate() -> None:
    record = a_good_record()
    found = findings([*record, record[0]], replace(EVIDENCE, destroyed=Counter([1])))
    assert (found.repeats, found.duplicates) == (1, 0)


def test_it_is_excused_only_as_often_as_its_receipt_was_destroyed() -> None:
    record = a_good_record()
    found = findings([*record, record[0], record[0], record[0]], replace(EVIDENCE, destroyed=Counter([1, 1])))
    assert (found.repeats, found.duplicates) == (2, 1)


def test_a_destroyed_receipt_of_another_letter_excuses_nothing() -> None:
    record = a_good_record()
    found = findings([*record, record[0]], replace(EVIDENCE, destroyed=Counter([2])))
    assert (found.repeats, found.duplicates) == (0, 1)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda seen: seen, "push"),
        (lambda seen: replace(seen, event="e1"), ""),
        (lambda seen: replace(seen, message=None), ""),
        (lambda seen: replace(seen, message=message("a", "b")), ""),
    ],
)
def test_a_letter_is_told_by_its_buttons(change: Callable[[Delivered], Delivered], kind: str) -> None:
    assert kind_of(change(a_good_record()[0])) == kind
