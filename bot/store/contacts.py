"""WeCom's contacts as far as we follow them: departments that are units, and what has changed and is to be read."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.store.dialect import core, insert_or_leave, insert_or_update
from bot.store.tables import ContactChange, DepartmentUnit
from bot.store.turn import Reader, Turn

_choose = insert_or_update(DepartmentUnit, ["department"], ["unit_id", "root"])
_learn = insert_or_leave(DepartmentUnit)
_mark = insert_or_update(ContactChange, ["userid"], ["at", "due_at"])


def departments(turn: Reader) -> Sequence[DepartmentUnit]:
    """The departments we know, the oldest first."""
    return turn.session.exec(select(DepartmentUnit).order_by(col(DepartmentUnit.id))).all()


def choose(turn: Turn, department: int, unit_id: int) -> None:
    """From now on this department, with all below it, is that unit."""
    _choose.run(turn, {"department": department, "unit_id": unit_id, "root": True})


def learn(turn: Turn, known: Mapping[int, int]) -> None:
    """Remember which unit each department is, so that its name may change; what is known stays."""
    rows = [{"department": number, "unit_id": unit_id, "root": False} for number, unit_id in sorted(known.items())]
    for row in rows:
        _learn.run(turn, row)


def mark(turn: Turn, userid: str) -> None:
    """Somebody's entry (nobody's: the departments) has changed and is to be read as soon as may be."""
    _mark.run(turn, {"userid": userid, "told_at": turn.now, "at": turn.now, "due_at": turn.now})


def due(turn: Reader, most: int) -> Sequence[ContactChange]:
    """What is to be read now, the longest waiting first; not more than so many."""
    query = select(ContactChange).where(col(ContactChange.due_at) <= turn.now)
    return turn.session.exec(query.order_by(col(ContactChange.due_at), col(ContactChange.id)).limit(most)).all()


def still(turn: Turn, read: Mapping[str, datetime]) -> dict[str, datetime]:
    """Those of what was read of which nothing has been told since, and which nobody else has done: this Turn holds
    them, so that nothing can be told of them before it has ended."""
    query = select(ContactChange.userid, ContactChange.at).where(col(ContactChange.userid).in_(list(read)))
    held = turn.session.exec(query.order_by(col(ContactChange.id)).with_for_update(key_share=True))
    return {userid: at for userid, at in held if at <= read[userid]}


def done(turn: Turn, read: Mapping[str, datetime]) -> None:
    """These were read. What has been told anew since we began to read (the instant of its last telling) stays."""
    for userid, at in read.items():
        gone = delete(ContactChange).where(col(ContactChange.userid) == userid, col(ContactChange.at) <= at)
        core(turn).execute(gone)


def postpone(turn: Turn, userids: Collection[str], by: timedelta) -> None:
    """Read these later."""
    for row in turn.session.exec(select(ContactChange).where(col(ContactChange.userid).in_(userids))):
        row.due_at = turn.now + by
    turn.session.flush()


def again(turn: Turn, read: Mapping[str, datetime], every: timedelta, longest: timedelta) -> None:
    """These were read and could not be settled: they are read again after a while, for so long; then no more."""
    given_up = {}
    for row in turn.session.exec(select(ContactChange).where(col(ContactChange.userid).in_(read))).all():
        if row.at <= read[row.userid]:
            row.due_at = turn.now + every
            if row.told_at + longest < turn.now:
                given_up[row.userid] = row.at
    done(turn, given_up)
