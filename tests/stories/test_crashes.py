"""A process dies at every step of a day, another one takes over: nothing lost, at most the unheard letter repeated."""

import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from bot.rehearsal.town import Cast, Plan
from bot.router import hear
from bot.services.courier import answer
from bot.store.tables import Answer, CaseStep, LetterRow, StepDone
from bot.store.turn import Reader
from drills.people import Post, Role
from drills.policy import Policy
from tests.cast import BRANCH, COUNTY
from tests.stories.bank import Bank
from tests.stories.death import Death, MortalPhones, MortalStore, Reaper, letters_of, survive
from tests.stories.edition import body
from tests.stories.fixtures import a_bank
from tests.stories.shelf import Shelf

pytestmark = pytest.mark.no_cover
SMALL = Plan(
    above=("总行", "省", "市", COUNTY),
    branches=(BRANCH,),
    cast=(
        Cast(name="王芳", unit=BRANCH, post=Post.TELLER),
        Cast(name="李强", unit=BRANCH, post=Post.TELLER),
        Cast(name="赵敏", unit=BRANCH, role=Role.TRAINER),
        Cast(name="陈主任", unit=BRANCH, role=Role.MANAGER),
    ),
)
SHORT = body(only="count-", policy=Policy(dose=2, evening_dose=2, evening_pass=2))


async def the_first_miss(bank: Bank) -> None:
    """Monday: 王芳 misses a critical item once."""
    await bank.at("08:03")
    await bank.王芳.taps("开始")
    await bank.王芳.answers(wrong=["当面清点"], faults=1)
    await bank.answer_all("李强")
    await bank.at("11-24 07:00")


Step = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tuesday:
    """The day of the second miss, told step by step, whoever dies."""

    bank: Bank
    reaper: Reaper

    async def wakes(self, moment: str) -> None:
        """The scheduler rings."""
        self.bank.clock.move(self.bank.moment(moment))
        await survive(self.bank, self.reaper, self.bank.wake)

    async def taps(self, name: str, words: str) -> None:
        """Somebody presses a button. The platform repeats what was not acknowledged; a reply that died with its process
        is for the courier."""
        incoming = self.bank.person(name).tap(words)
        letters = await survive(self.bank, self.reaper, lambda: hear(self.bank.store, incoming))
        try:
            await answer(self.bank.store, self.bank.channels, letters)
        except Death:
            await self.bank.restart()
            self.reaper.bury()
        await survive(self.bank, self.reaper, self.bank.post)

    async def answers(self, name: str, how: str) -> None:
        """Somebody answers the question before them."""
        question = await self.bank.person(name).question()
        assert question is not None
        said = question.right() if how == "right" else question.wrong()
        await self.taps(name, f"a:{question.slot}:{said}")

    async def told(self, step: Step) -> None:
        """One step of the story."""
        verb, *arguments = step
        await getattr(self, verb)(*arguments)


STORY: tuple[Step, ...] = (
    ("wakes", "07:40"),
    ("wakes", "08:03"),
    ("taps", "王芳", "开始"),
    ("answers", "王芳", "wrong"),
    ("taps", "王芳", "n"),
    ("answers", "王芳", "right"),
    ("wakes", "08:33"),
    ("wakes", "08:45"),
    ("wakes", "09:00"),
    ("wakes", "09:05"),
    ("taps", "赵敏", "全部确认"),
    ("wakes", "11:30"),
    ("wakes", "17:40"),
    ("taps", "王芳", "开始 2 题"),
    ("answers", "王芳", "right"),
    ("answers", "王芳", "right"),
    ("wakes", "21:00"),
    ("wakes", "11-25 07:40"),
    ("wakes", "11-25 08:03"),
    ("wakes", "11-25 08:15"),
    ("taps", "赵敏", "完成"),
)


@pytest.fixture
async def monday(shelf: Shelf, kind: str) -> str:
    """The name of a bank on whose Monday 王芳 missed a critical item once."""
    name = f"monday on {kind}"
    if name not in shelf.kept:
        async with a_bank(shelf.fresh(kind), edition=SHORT, plan=SMALL) as first:
            await the_first_miss(first)
            await shelf.put(name, first)
    return name


@asynccontextmanager
async def mortal(shelf: Shelf, name: str, reaper: Reaper) -> AsyncIterator[Bank]:
    """A bank from the shelf, at the mercy of a reaper."""
    async with shelf.take(name, partial(MortalStore, reaper), partial(MortalPhones, reaper=reaper)) as bank:
        yield bank


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_every_step_outlives_a_death_at_every_point(shelf: Shelf, monday: str) -> None:
    visited: set[str] = set()
    name = monday
    for n, step in enumerate(STORY):
        undisturbed = Reaper()
        async with mortal(shelf, name, undisturbed) as bank:
            await Tuesday(bank, undisturbed).told(step)
            expected, letters = await bank.look(facts), letters_of(bank)
            await shelf.put(f"{monday}, step {n + 1}", bank)
        for at, point in enumerate(undisturbed.points):
            visited.add(point)
            reaper = Reaper(at)
            async with mortal(shelf, name, reaper) as bank:
                await Tuesday(bank, reaper).told(step)
                assert await bank.look(facts) == expected, f"{step}, died {point}"
                assert not letters - letters_of(bank), f"{step}, died {point}"
                assert (letters_of(bank) - letters).total() == _repeated(bank, reaper), f"{step}, died {point}"
        if n:
            shelf.throw_away(name)
        name = f"{monday}, step {n + 1}"
    assert len(visited) >= 25
    async with shelf.take(name) as bank:
        assert bank.王芳.heard("补练通过") == bank.赵敏.heard("点评已完成") == 1


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_a_whole_day_outlives_a_death_at_every_seventh_point(shelf: Shelf, kind: str, monday: str) -> None:
    undisturbed = Reaper()
    async with mortal(shelf, monday, undisturbed) as bank:
        for step in STORY:
            await Tuesday(bank, undisturbed).told(step)
        expected, letters = await bank.look(occasions), Counter(s.address for s in bank.channel.record)
    for first in (0,) if kind == "sqlite" else (1, 4):
        reaper = Reaper(first, every=7)
        async with mortal(shelf, monday, reaper) as bank:
            for step in STORY:
                await Tuesday(bank, reaper).told(step)
            assert len(reaper.points) > 15 * 7
            assert await bank.look(occasions) == expected
            assert (Counter(s.address for s in bank.channel.record) - letters).total() == _repeated(bank, reaper)


def _repeated(bank: Bank, reaper: Reaper) -> int:
    """How many letters came again: only such as nobody had heard of when somebody died."""
    copies = Counter(seen.letter for seen in bank.channel.record if seen.letter)
    repeated = Counter({letter: n - 1 for letter, n in copies.items() if n > 1})
    assert repeated <= reaper.repeatable
    return repeated.total()


VOLATILE = {"claimed_by", "claimed_at", "tries", "receipt"}
"""What a letter remembers of the processes that carried it."""


def facts(turn: Reader) -> dict[str, list[str]]:
    """Every row of every table but those of processes and editions."""
    kept = {}
    for table in (t for t in SQLModel.metadata.sorted_tables if t.name not in {"process", "edition"}):
        columns = [column for column in table.columns if column.name not in VOLATILE]
        kept[table.name] = sorted(str(row) for row in turn.session.connection().execute(sa.select(*columns)))
    return kept


def occasions(turn: Reader) -> dict[str, list[tuple[object, ...]]]:
    """What happened, without the numbers of rows: a server gives none twice, and a case's number throws its dice."""
    letters = [(re.sub(r"/\d+/", "/#/", x.once), x.state) for x in turn.session.exec(select(LetterRow))]
    given = [(a.person_id, a.day, a.kind, a.right, a.counted) for a in turn.session.exec(select(Answer))]
    moved = [(m.event, m.state, m.by_id) for m in turn.session.exec(select(CaseStep))]
    steps = [(s.unit_id, s.day, s.step, s.skipped) for s in turn.session.exec(select(StepDone))]
    return {
        "letters": sorted(letters),
        "answers": sorted(given),
        "moves": sorted(moved, key=str),
        "steps": sorted(steps),
    }
