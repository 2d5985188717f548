"""The law of the group, over whole rehearsed days: no question, no verdict, no name beside a fault."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from bot.chat.message import Message, plain
from bot.content import load, parse, shipped
from bot.rehearsal.audit import kind_of
from bot.rehearsal.channel import Delivered
from bot.rehearsal.run import Options, Stage
from bot.rehearsal.troupe import ZONE
from bot.store import answers
from bot.store.migrate import migrate
from bot.store.tables import Slot
from bot.store.turn import Reader
from bot.views import catalogue
from bot.views import groups as views
from bot.views.boards import Top
from drills.marking import Shown
from tests.views.group_moments import BOARD

LONG = 4
"""Characters: what is shorter may stand anywhere by chance."""
VERDICTS = re.compile("[✓✗]|应是|答错|为什么|补练|逾期|没答题|Right\\.|Why")


@pytest.mark.parametrize("seed", [1, 2])
async def test_over_whole_days_a_group_reads_counts_and_boards_and_nothing_else(database_url: str, seed: int) -> None:
    migrate(database_url)
    stage = Stage(database_url, Options(branches=2, staff=5, days=2, seed=seed), dict(catalogue()))
    await stage.open(shipped())
    for day in stage.days:
        await stage.troupe.live(day)
    town, store = stage.troupe.town, stage.theatre.store
    forbidden = await store.look(_secrets)
    worst = {unit: {day: await store.look(_last, unit, day) for day in stage.days} for unit in town.units.values()}
    told = [seen for seen in stage.theatre.channel.record if seen.address in town.groups.values()]
    await store.close()

    boards = Counter((seen.address, seen.at.astimezone(ZONE).date()) for seen in told if kind_of(seen) == "board")
    assert boards == Counter((group, day) for group in town.groups.values() for day in stage.days)
    assert len(told) > len(boards), "counts as well"
    for seen in told:
        _keeps_the_law(seen, forbidden)
        named = _named(seen, town.people)
        assert not named & worst[-int(seen.address)][seen.at.astimezone(ZONE).date()]


def _keeps_the_law(seen: Delivered, forbidden: frozenset[str]) -> None:
    assert seen.message is not None
    text = plain(seen.message)
    assert not [secret for secret in forbidden if secret in text]
    assert not VERDICTS.search(text)
    assert not [b.data for row in seen.message.buttons for b in row if b.data], "nothing to answer"


def _named(seen: Delivered, staff: dict[str, int]) -> set[int]:
    """Who is named; each of them on a line of praise, without a figure."""
    assert seen.message is not None
    named = set()
    for line in plain(seen.message).split("\n"):
        here = {number for name, number in staff.items() if name in line}
        assert not here or re.match("第 [123] 名 ", line), line
        assert not here or "/" not in line
        named |= here
    return named


def _secrets(turn: Reader) -> frozenset[str]:
    """Every stem, option, mistake and reason, as drawn and as written."""
    bank = parse(load(shipped()).body).bank
    found = {question.why for question in bank.questions.values()} | {c.name for c in bank.checkpoints.values()}
    for slot in turn.session.exec(select(Slot)):
        found |= set(_of(Shown.from_json(slot.shown)))
    return frozenset(text for text in found if len(text) >= LONG)


def _of(shown: Shown) -> Iterator[str]:
    yield shown.stem
    yield from shown.options
    yield from shown.mistakes


def _last(turn: Reader, unit: int, day: date) -> set[int]:
    """Who did worst that morning, unless all did alike."""
    rates = {person: right / asked for person, right, asked in answers.scores(turn, unit, day, "morning") if asked}
    lowest, highest = min(rates.values(), default=0), max(rates.values(), default=0)
    return {person for person, rate in rates.items() if rate == lowest < highest}


names = st.text("王李孙赵陈周吴郑芳强丽敏", min_size=2, max_size=4)
tops = st.builds(Top, place=st.integers(1, 3), name=names, right=st.integers(1, 5), asked=st.just(5))


@given(st.lists(tops, max_size=12), st.sampled_from(["zh-CN", "en"]))
def test_no_figure_ever_stands_beside_a_name(top: list[Top], language: str) -> None:
    message: Message = views.board(catalogue()[language], replace(BOARD, top=sorted(top, key=lambda t: t.place)))
    for label, value in message.rows:
        assert not re.search(r"\d", value) or label not in {f"第 {n} 名" for n in (1, 2, 3)}
        assert not any(t.name in value for t in top) or not re.search(r"\d", value)
