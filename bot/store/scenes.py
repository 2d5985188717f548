"""Scenes that were acted, and their marks."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import col, func, select
from sqlmodel.sql.expression import Select

from bot.store.tables import SceneMark, SceneRun, Unit
from bot.store.turn import Reader, Turn
from bot.store.units import on_or_below

Evening = tuple[int, date, datetime, datetime]


def open_run(turn: Turn, run: SceneRun) -> int:
    """Write a scene that begins; its id."""
    turn.session.add(run)
    turn.session.flush()
    assert run.id is not None  # noqa: S101 -- it has been flushed
    return run.id


def find(turn: Reader, run_id: int) -> SceneRun | None:
    """A run by its id."""
    return turn.session.get(SceneRun, run_id)


def marks(turn: Reader, run_id: int) -> list[SceneMark]:
    """What was said of a run, the first that counts at the beginning."""
    query = select(SceneMark).where(SceneMark.run_id == run_id).order_by(col(SceneMark.place))
    return list(turn.session.exec(query))


def mark(turn: Turn, row: SceneMark) -> bool:
    """Write a mark. False if there is one at that place."""
    return turn.insert_once(row)


def waiting(turn: Reader, unit_id: int, day: date, actor: int) -> list[SceneRun]:
    """What somebody is acting today and nobody has marked."""
    marked = select(SceneMark.run_id)
    query = select(SceneRun).where(
        SceneRun.unit_id == unit_id,
        SceneRun.day == day,
        SceneRun.actor_id == actor,
        col(SceneRun.id).not_in(marked),
    )
    return list(turn.session.exec(query.order_by(col(SceneRun.id))))


def of_meeting(turn: Reader, unit_id: int, day: date) -> SceneRun | None:
    """The scene that a branch's meeting acts on a day, the newest where it acted several."""
    query = select(SceneRun).where(SceneRun.unit_id == unit_id, SceneRun.day == day, SceneRun.occasion == "meeting")
    return turn.session.exec(query.order_by(col(SceneRun.id).desc()).limit(1)).first()


def of_evening(turn: Reader, case_id: int, day: date) -> tuple[SceneRun, SceneMark] | None:
    """The first scene of a case's evening that was marked, with its mark."""
    query = (
        select(SceneRun, SceneMark)
        .join(SceneMark, col(SceneMark.run_id) == col(SceneRun.id))
        .where(SceneRun.case_id == case_id, SceneRun.day == day, SceneMark.place == 0)
        .order_by(col(SceneMark.at), col(SceneMark.id))
    )
    return turn.session.exec(query.limit(1)).first()


def spent(turn: Reader, persons: Collection[int], first: date, last: date) -> list[Evening]:
    """The scenes of people's evenings between two days: who, the day, when it began and when it was marked."""
    return list(turn.session.exec(_acted(first, last).where(col(SceneRun.actor_id).in_(persons))))


def evenings(turn: Reader, path: str, first: date, last: date) -> list[Evening]:
    """The same of everybody on or below a path."""
    there = _acted(first, last).join(Unit, col(Unit.id) == col(SceneRun.unit_id))
    return list(turn.session.exec(there.where(on_or_below(path))))


def _acted(first: date, last: date) -> Select[int, date, datetime, datetime]:
    return (
        select(col(SceneRun.actor_id), col(SceneRun.day), col(SceneRun.opened_at), col(SceneMark.at))
        .join(SceneMark, col(SceneMark.run_id) == col(SceneRun.id))
        .where(SceneRun.occasion == "evening", SceneMark.place == 0, col(SceneRun.day).between(first, last))
        .order_by(col(SceneRun.id))
    )


def count(turn: Reader, unit_id: int, day: date) -> int:
    """How many scenes a branch has begun on a day."""
    query = select(func.count()).select_from(SceneRun).where(SceneRun.unit_id == unit_id, SceneRun.day == day)
    return turn.session.exec(query).one()


def last_played(turn: Reader, unit_id: int, since: date) -> dict[str, date]:
    """The last day on which each scene was acted on a branch, since a day."""
    query = (
        select(SceneRun.scene, func.max(SceneRun.day))
        .where(SceneRun.unit_id == unit_id, SceneRun.day >= since)
        .group_by(SceneRun.scene)
    )
    return dict(turn.session.exec(query).all())


def failed_before(turn: Reader, run: SceneRun, since: date) -> bool:
    """Whether this person failed another scene of the same checkpoint since a day, by what was said of it last;
    practice does not count."""
    query = (
        select(SceneMark.run_id, SceneMark.passed)
        .join(SceneRun, col(SceneRun.id) == col(SceneMark.run_id))
        .where(SceneRun.actor_id == run.actor_id, SceneRun.checkpoint == run.checkpoint, SceneRun.day >= since)
        .where(SceneRun.id != run.id, SceneRun.occasion != "free")
        .order_by(col(SceneMark.place))
    )
    return not all(dict(turn.session.exec(query).all()).values())
