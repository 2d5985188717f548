"""Buttons nobody ever made. Whatever they carry: a kind word, and nothing has changed."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from bot.chat.incoming import Tap
from bot.router.routes import READS, TAPS
from bot.store.turn import Reader
from tests.stories.bank import Bank
from tests.stories.people import text_of

ARGUMENTS = (
    ":",
    "::::",
    ":x",
    ":404:x",
    ":-1",
    ":-1:-1",
    ":0:0",
    ":2147483648",
    ":2147483648:20261124",
    ":9223372036854775807:0",
    ":9223372036854775808:0",
    ":99999999999999999999999999:0,1",
    ":404:20261399",
    ":404:99991231",
    ":404:0,0,0",
    ":404:-1",
    ":404:9999999999999999999",
    ":４０４",
    ":4e4",
    ":404_404",
    ": 404",
    ":404;drop table person",
    ":{}",
    ":💥",
    ":\x00",
    ":" + "9" * 60,
    ":" + "9" * 5000,
)
REACHING = (":404:x", ":0:0", ":2147483648:20261124", ":9223372036854775807:0", ":404:0,0,0", ":\x00")
"""Those that come as far as a query: only there may a database be stricter than the other."""
WORDS = ("", " ", ":", "zz:1", "/nonsense", "/", "//", "/BOARD", "start", "💥", "a" * 64, "\x00", "s\n1")
BARE = {"pr", "mu", "stb", "pfy", "pfn"}
"""Verbs that need no argument: somebody may well press them."""
IGNORED = {"heard", "letter", "process"}
"""What an event leaves behind even when it changes nothing."""


def rows(turn: Reader) -> dict[str, int]:
    """How many rows each table holds."""
    tables = [t for t in SQLModel.metadata.sorted_tables if t.name not in IGNORED]
    return {t.name: turn.session.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["王芳", "赵敏"])
async def test_garbage_is_answered_kindly_and_changes_nothing(proposed: Bank, name: str, kind: str) -> None:
    arguments = ARGUMENTS if kind == "sqlite" else REACHING
    someone = proposed.person(name)
    before = await proposed.look(rows)
    forged = [*WORDS, *(verb + rest for verb in (*TAPS, *READS) if verb not in BARE for rest in ("", *arguments))]
    events = {data: proposed.event(someone.address, Tap(data)) for data in forged}
    proposed.begun = len(proposed.channel.record)
    await asyncio.gather(*(proposed.takes(event) for event in events.values()))
    answers = {seen.event: text_of(seen).strip() for seen in proposed.came()}
    assert len(answers) == len(proposed.came()) == len(forged)
    assert [data for data, event in events.items() if not answers[event.event]] == []
    assert await proposed.look(rows) == before
