"""Rehearsals as a whole, on both databases: nothing lost, nothing doubled, and the auditor would have noticed."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.chat.channel import Letter, Receipt
from bot.chat.words import Words
from bot.content import shipped
from bot.rehearsal import run
from bot.rehearsal.audit import kind_of
from bot.rehearsal.channel import Delivered, RecordingChannel
from bot.rehearsal.faults import Crash
from bot.rehearsal.run import Options, Result, Stage, rehearse
from bot.services import causes, spending
from bot.store import cases, scenes, units
from bot.store.dialect import core, table_of
from bot.store.migrate import migrate
from bot.store.tables import Answer
from bot.store.turn import Reader, Turn
from bot.views import catalogue
from drills.staying import Rule

SMALL = Options(branches=1, staff=4, days=2)
WORDS: dict[str, Words] = dict(catalogue())
POINTS = {
    f"{when} {what}"
    for when in ("before", "after")
    for what in ("take", "act", "_claim", "send", "close")  # deciding, hearing, claiming, sending, closing
}


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def rehearsed(options: Options, progress: list[tuple[int, int]] | None = None) -> Result:
    told = progress if progress is not None else []
    return await rehearse(options, shipped(), WORDS, lambda done, of: told.append((done, of)))


def without_time(result: Result) -> dict[str, Any]:
    return {key: value for key, value in result.to_json().items() if key not in {"seconds", "peak_mib"}}


async def test_nothing_is_lost_or_doubled_on_either_database(database_url: str) -> None:
    told: list[tuple[int, int]] = []
    result = await rehearsed(replace(SMALL, branches=2, database_url=database_url), told)
    found = result.findings
    assert (found.duplicates, found.losses, found.repeats, found.missing) == (0, 0, 0, ())
    assert told == [(1, 2), (2, 2)]
    assert result.answers > 8 * 5
    assert [point["day"] for point in result.curve] == ["2026-03-02", "2026-03-03"]
    assert all(0 < point["correct"] <= 1 for point in result.curve)
    assert found.letters > result.answers


async def test_the_figures_have_the_published_form_and_no_file_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    figures = (await rehearsed(SMALL)).to_json()
    for name in ("letters", "duplicates", "losses", "answers", "repeats"):
        assert type(figures[name]) is int, name
    assert type(figures["seconds"]) is float
    assert type(figures["peak_mib"]) is float
    assert figures["peak_mib"] > 20
    assert all(figures[name] is None or 0 <= figures[name] <= 1 for name in ("precision", "recall", "good_kept"))
    assert set(figures["evening_minutes"]) == {"day", "week", "month"}
    assert 0 < figures["trainer_taps"] <= 6
    assert all(set(point) == {"day", "correct"} for point in figures["curve"])
    assert all(set(case) == {"day", "staff", "reason"} for case in figures["flagged"])
    assert not left_in(tmp_path)


async def test_the_same_seed_lives_the_same_days_and_another_one_others() -> None:
    options = replace(SMALL, staff=2, days=3)
    first, second = without_time(await rehearsed(options)), without_time(await rehearsed(options))
    assert first == second
    assert without_time(await rehearsed(replace(options, seed=2))) != first


async def test_the_same_seed_lives_the_same_days_on_either_database(database_url: str) -> None:
    options = replace(SMALL, staff=3)
    assert without_time(await rehearsed(replace(options, database_url=database_url))) == without_time(
        await rehearsed(options)
    )


async def test_an_evening_about_what_is_said_ends_with_a_scene_that_a_colleague_ticks(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/scene.db"
    migrate(url)
    stage = Stage(url, replace(SMALL, staff=3), WORDS)
    await stage.open(shipped())
    first, second = stage.days
    await stage.troupe.live(first)
    await stage.theatre.store.do(stays_for_what_is_said, stage.troupe.town.people["网点001-003"])
    await stage.troupe.live(second)
    found = await stage.theatre.store.look(evening_of, stage.troupe.town.people["网点001-003"], second)
    result = await stage.result()
    await stage.theatre.store.close()
    assert (result.findings.duplicates, result.findings.losses) == (0, 0)
    state, marks, minutes = found
    assert marks == 1
    assert state in {"passed", "again"}
    assert 1 < minutes <= 60


def stays_for_what_is_said(turn: Turn, person: int) -> None:
    """A teller is to stay on the next evening for what they say."""
    unit = units.branches(turn, "/")[0]
    rule, point = Rule.FAILED_SCENE, "greeting.raise-hand"
    assert causes.bring(turn, unit, person, rule=rule, checkpoint=point, by=None, confirmed=True)


def evening_of(turn: Reader, person: int, day: date) -> tuple[str, int, int]:
    """How somebody's case stands, how many scenes of that evening were marked, and its minutes."""
    case = cases.of_person(turn, person)[0]
    marked = scenes.of_evening(turn, case.id or 0, day)
    return case.state, int(marked is not None), sum(one.minutes for one in spending.of(turn, person, day))


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_death_at_every_step_loses_nothing_and_repeats_only_what_lost_its_receipt(seed: int) -> None:
    result = await rehearsed(replace(SMALL, seed=seed, faults=True))
    found = result.findings
    assert (found.duplicates, found.losses, found.missing) == (0, 0, ())
    assert found.repeats > 0, "a death after sending destroys receipts"
    assert set(result.killed) == POINTS
    assert result.to_json()["crashes"] == sum(result.killed.values()) >= len(POINTS)


async def test_a_death_at_every_step_on_either_database(database_url: str) -> None:
    quiet = await rehearsed(replace(SMALL, staff=3))
    result = await rehearsed(replace(SMALL, staff=3, faults=True, database_url=database_url))
    assert (result.findings.duplicates, result.findings.losses) == (0, 0)
    assert (result.answers, result.curve) == (quiet.answers, quiet.curve), "the days are the same, deaths or not"


class Faulty(RecordingChannel):
    """A channel that does one wrong thing to the first letter of a kind."""

    wrong = ""
    kind = ""

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        before = len(self.record)
        receipts = await super().send(letters)
        spoiled = next((seen for seen in self.record[before:] if self._chosen(seen)), None)
        if spoiled is not None and not hasattr(self, "done"):
            self.done = True
            if self.wrong == "loses":
                self.record.remove(spoiled)
            else:
                self.record.append(spoiled)
        return receipts

    def _chosen(self, seen: Delivered) -> bool:
        return bool(seen.event and seen.letter) if self.kind == "reply" else kind_of(seen) == self.kind


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", ["push", "summary", "reply", "board"])
@pytest.mark.parametrize(("wrong", "count"), [("loses", "losses"), ("doubles", "duplicates")])
async def test_one_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch, kind: str, wrong: str, count: str) -> None:
    monkeypatch.setattr(Faulty, "wrong", wrong)
    monkeypatch.setattr(Faulty, "kind", kind)
    monkeypatch.setattr(run, "RecordingChannel", Faulty)
    found = (await rehearsed(replace(SMALL, staff=2))).findings
    other = {"losses": "duplicates", "duplicates": "losses"}[count]
    assert (getattr(found, count), getattr(found, other)) == (1, 0)


@asynccontextmanager
async def lived(url: str, options: Options) -> AsyncIterator[Stage]:
    migrate(url)
    stage = Stage(url, options, WORDS)
    await stage.open(shipped())
    try:
        for day in stage.days:
            await stage.troupe.live(day)
        yield stage
    finally:
        await stage.theatre.store.close()


async def test_an_answer_that_vanished_from_the_database_is_found(database_url: str) -> None:
    async with lived(database_url, replace(SMALL, staff=2, days=1)) as stage:
        assert (await stage.result()).findings.losses == 0
        await stage.theatre.store.do(_forget_an_answer)
        found = (await stage.result()).findings
        assert found.losses == 1
        assert found.missing[0].startswith("answer to slot ")


def _forget_an_answer(turn: Turn) -> None:
    table = table_of(Answer)
    newest = core(turn).execute(table.select().order_by(table.c.id.desc())).first()
    assert newest is not None
    core(turn).execute(table.delete().where(table.c.id == newest.id))


async def test_where_nobody_restarts_a_death_ends_it(database_url: str) -> None:
    migrate(database_url)
    stage = Stage(database_url, replace(SMALL, faults=True, staff=2), WORDS)
    await stage.open(shipped())
    stage.theatre.restart = None
    with pytest.raises(Crash):
        await stage.theatre.wake()
    await stage.theatre.store.close()
