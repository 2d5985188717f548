"""What was decided can be decided again: from the answers and the facts alone, read in any order, come the same marks,
the same boards and the same cases, bit for bit."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import TypeVar

import pytest
from sqlmodel import SQLModel, select

from bot.chat.message import Message
from bot.chat.words import Words
from bot.content import shipped
from bot.rehearsal import run
from bot.rehearsal.mind import Mind
from bot.rehearsal.run import Options, Stage
from bot.rehearsal.town import Town
from bot.rehearsal.truth import minds_of
from bot.services.naming import SILENCE_DAYS
from bot.store.migrate import migrate
from bot.store.tables import Answer, CaseStep, LetterRow, Person, Sitting, Slot, StepDone, TrainingCase
from bot.store.turn import InForce, Reader
from bot.views import catalogue, quiz
from drills.boards import Score, rank
from drills.cases import OPEN, WAITS_TO_VERIFY, Event, State
from drills.day import Step
from drills.marking import Choice, Shown, Written, mark, show
from drills.questions import Bank
from drills.sitting import COUNTED, Kind
from drills.staying import Rule, Staff, Tier, Told, who_stays

WORDS: Mapping[str, Words] = dict(catalogue())
OPTIONS = Options(branches=1, staff=6, days=7, seed=3)
Row = TypeVar("Row", bound=SQLModel)
Named = tuple[int, str, str, tuple[int, ...], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The facts of a branch, each table in the order in which the dice have read it."""

    days: Sequence[date]
    answers: Sequence[Answer]
    slots: Mapping[int | None, Slot]
    sittings: Mapping[int | None, Sitting]
    people: Sequence[int]
    cases: Sequence[TrainingCase]
    steps: Sequence[CaseStep]
    letters: Mapping[str, LetterRow]
    taken: Mapping[tuple[date, str], datetime]
    rules: InForce


def read(turn: Reader, days: Sequence[date], seed: int) -> Kept:
    rng = Random(seed)

    def every(table: type[Row]) -> list[Row]:
        rows = list(turn.session.exec(select(table)))
        return rng.sample(rows, len(rows))

    return Kept(
        days=days,
        answers=every(Answer),
        slots={slot.id: slot for slot in every(Slot)},
        sittings={sitting.id: sitting for sitting in every(Sitting)},
        people=[person.id or 0 for person in every(Person) if person.post],
        cases=every(TrainingCase),
        steps=every(CaseStep),
        letters={row.once: row for row in every(LetterRow)},
        taken={(row.day, row.step): row.at for row in every(StepDone)},
        rules=turn.in_force("/"),
    )


def weaker(town: Town, bank: Bank, seed: int) -> dict[str, Mind]:
    """People who know less than most, one of whom leaves days lying."""
    minds = minds_of(town, bank, seed)
    for number, mind in enumerate(minds.values()):
        mind.ability, mind.shirks = 0.6 + 0.06 * number, 0.9 if number == 1 else 0.0
    return minds


async def lived(url: str) -> list[Kept]:
    stage = Stage(url, OPTIONS, WORDS)
    await stage.open(shipped())
    for day in stage.days:
        await stage.troupe.live(day)
    store = stage.theatre.store
    found = [await store.look(read, stage.days, seed) for seed in (1, 1, 2, 3)]
    await store.close()
    return found


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> list[Kept]:
    """Seven days of a branch of six, lived once and read four times, twice alike."""
    url = f"sqlite:///{tmp_path_factory.mktemp('replay')}/replay.db"
    migrate(url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "minds_of", weaker)
        return asyncio.run(lived(url))


def response(shown: Shown, said: str) -> Choice | Written:
    if shown.answer is not None:
        return Written(f"{float(Fraction(said)):f}")
    return Choice(frozenset(int(i) for i in said.split(",")))


def test_every_question_is_drawn_and_every_answer_marked_as_it_was(readings: list[Kept]) -> None:
    facts = readings[0]
    assert len(facts.answers) > 150
    assert {True, False} == {given.right for given in facts.answers}
    for given in facts.answers:
        slot = facts.slots[given.slot_id]
        question = facts.rules.bank.questions[slot.question]
        assert show(question, slot.seed).to_json() == slot.shown
        shown = Shown.from_json(slot.shown)
        verdict = mark(shown, response(shown, given.said))
        assert (verdict.right, verdict.said) == (given.right, given.said)


def board(facts: Kept, day: date) -> dict[str, Message]:
    """What each person was told at closing, made from the answers."""
    morning = [a for a in facts.answers if a.day == day and a.kind == Kind.MORNING and a.counted]
    tally: dict[int, list[bool]] = defaultdict(list)
    for given in morning:
        tally[given.person_id].append(given.right)
    policy = facts.rules.policy
    places = rank([Score(key=p, right=sum(r), asked=len(r)) for p, r in tally.items()], policy.board_min)
    branch = quiz.Closed(
        right=sum(p.right for p in places),
        asked=sum(p.asked for p in places),
        answered=len(places),
        expected=len(facts.people),
        ranked=sum(p.place is not None for p in places),
        minimum=policy.board_min,
    )
    return {f"close/{day}/{p.key}": quiz.closed(WORDS["zh-CN"], branch, p) for p in places}


def boards(facts: Kept) -> dict[str, Message]:
    """The same of all days."""
    return {once: message for day in facts.days for once, message in board(facts, day).items()}


def test_the_boards_told_are_the_boards_made_from_the_answers(readings: list[Kept]) -> None:
    for facts in readings:
        made = boards(facts)
        told = {
            once.rpartition("/")[0]: Message.from_json(row.body or {})
            for once, row in facts.letters.items()
            if once.startswith("close/")
        }
        assert made == told
        assert made == boards(readings[0])


def state_at(facts: Kept, case: TrainingCase, moment: datetime) -> tuple[State, date]:
    """Where a case stood then, and the last evening it was called to."""
    moves = sorted((s for s in facts.steps if s.case_id == case.id and s.at < moment), key=lambda s: s.id or 0)
    called = [s.at.astimezone(moment.tzinfo).date() for s in moves if s.event == Event.CALL]
    return State(moves[-1].state) if moves else State.PROPOSED, called[-1] if called else case.day


def before_the_rules(facts: Kept, person: int, day: date, recent: Sequence[date]) -> Staff:
    """One person at nine o'clock of a day, from the facts of before."""
    moment, policy = facts.taken[day, Step.PROPOSE], facts.rules.policy
    known = [a for a in facts.answers if a.person_id == person and a.at < moment and a.counted]
    first = sorted((a for a in known if a.kind in COUNTED), key=lambda a: a.id or 0)
    asked = {s.day: s.id for s in facts.sittings.values() if s.person_id == person and s.kind == Kind.MORNING}
    empty = tuple(sorted(d for d in asked if d <= day and d not in {a.day for a in first}))
    own = [case for case in facts.cases if case.person_id == person and case.day < day]
    states = [(case, *state_at(facts, case, moment)) for case in own]
    passed = {*WAITS_TO_VERIFY, State.VERIFIED}
    left = [d for d in empty if d < day]
    questions = sorted((s for s in facts.slots.values() if left and s.sitting_id == asked[left[-1]]), key=_place)
    no_shows = [(case.day, state) for case, state, _ in states if case.rule == Rule.NO_ANSWER_TWICE]
    return Staff(
        person=person,
        on_duty=True,
        answers=tuple(
            Told(answer=a.id or 0, question=a.question, checkpoint=a.checkpoint, day=a.day, right=a.right, kind=a.kind)
            for a in first
        ),
        empty_days=empty,
        open_checkpoints=frozenset(case.checkpoint for case, state, _ in states if state in OPEN),
        spared=any(s in passed and on >= day - timedelta(policy.spare_days) for _, s, on in states),
        unanswered=tuple(slot.checkpoint for slot in questions),
        settled=max((date.max if state in OPEN - WAITS_TO_VERIFY else on for on, state in no_shows), default=date.min),
    )


def _place(slot: Slot) -> int:
    return slot.position


def named(facts: Kept, day: date) -> list[Named]:
    """Whom the rules name to stay, from the facts."""
    calendar, recent = facts.rules.calendar, [day]
    while len(recent) < SILENCE_DAYS:
        recent.insert(0, calendar.previous_working(recent[0], frozenset()))
    staff = [before_the_rules(facts, person, day, recent) for person in facts.people]
    calls = who_stays(day, staff, facts.rules.bank.checkpoints, facts.rules.policy, recent)
    return [
        (c.person, c.rule, c.checkpoint, tuple(t.answer for t in c.evidence), tuple(d.isoformat() for d in c.days))
        for c in calls
        if c.tier is Tier.STAYS
    ]


def stored(facts: Kept, day: date) -> list[Named]:
    cases = sorted((c for c in facts.cases if c.day == day), key=lambda c: c.id or 0)
    return [
        (
            c.person_id,
            c.rule,
            c.checkpoint,
            tuple(c.evidence),
            tuple(c.figures["days"]) if c.rule == Rule.NO_ANSWER_TWICE else (),
        )
        for c in cases
    ]


def test_the_cases_proposed_are_the_cases_the_rules_make_of_the_facts(readings: list[Kept]) -> None:
    rules = {case.rule for case in readings[0].cases}
    assert {Rule.CRITICAL_AGAIN, Rule.ROLLING, Rule.NO_ANSWER_TWICE} <= rules, "each rule has been met"
    for facts in readings:
        for day in facts.days:
            assert named(facts, day) == stored(facts, day) == stored(readings[0], day), day


def test_read_twice_alike_or_in_another_order_it_is_the_same(readings: list[Kept]) -> None:
    first, again, other, third = ([named(f, day) for day in f.days] for f in readings)
    assert first == again == other == third
    assert [a.id for a in readings[0].answers] != [a.id for a in readings[2].answers], "the order was another one"
