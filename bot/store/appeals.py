"""Appeals and their rulings, and the one place where the mark of an answer is changed, with its trail."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select

from bot.store.tables import Answer, Appeal, Remark, Ruling
from bot.store.turn import Reader, Turn


def make(turn: Turn, appeal: Appeal) -> bool:
    """Write an appeal. False if the same has been appealed before."""
    return turn.insert_once(appeal)


def find(turn: Reader, appeal_id: int) -> Appeal | None:
    """An appeal by its id."""
    return turn.session.get(Appeal, appeal_id)


def ruling(turn: Reader, appeal_id: int) -> Ruling | None:
    """How an appeal ended; none while it is open."""
    return turn.session.exec(select(Ruling).where(Ruling.appeal_id == appeal_id)).first()


def rule(turn: Turn, row: Ruling) -> bool:
    """Write a ruling. False if there is one already."""
    return turn.insert_once(row)


def known(turn: Reader, abouts: Collection[str]) -> set[str]:
    """Which of these have been appealed, whatever came of it."""
    return set(turn.session.exec(select(Appeal.about).where(col(Appeal.about).in_(abouts))))


def of_person(turn: Reader, person_id: int, most: int) -> Sequence[tuple[Appeal, Ruling | None]]:
    """Somebody's last appeals, the newest first, and how each ended."""
    query = select(Appeal, Ruling).join(Ruling, col(Ruling.appeal_id) == Appeal.id, isouter=True)
    query = query.where(Appeal.person_id == person_id).order_by(col(Appeal.id).desc()).limit(most)
    return list(turn.session.exec(query))


def waiting(turn: Reader, unit_ids: Collection[int]) -> Sequence[Appeal]:
    """What is open on some branches, the oldest first."""
    query = select(Appeal).join(Ruling, col(Ruling.appeal_id) == Appeal.id, isouter=True)
    query = query.where(col(Appeal.unit_id).in_(unit_ids), col(Ruling.id).is_(None))
    return turn.session.exec(query.order_by(col(Appeal.id))).all()


def contested(turn: Reader, answer_ids: Collection[int]) -> bool:
    """Whether the mark of one of these answers is under appeal."""
    query = select(Appeal.id).join(Ruling, col(Ruling.appeal_id) == Appeal.id, isouter=True)
    query = query.where(col(Appeal.answer_id).in_(answer_ids), col(Ruling.id).is_(None)).limit(1)
    return turn.session.exec(query).first() is not None


def correct(turn: Turn, answer: Answer, row: Ruling, *, right: bool, counted: bool) -> None:
    """Put a mark right. What was said, when and to which question stays as it was."""
    assert answer.id is not None  # noqa: S101 -- both have been written
    assert row.id is not None  # noqa: S101 -- and so has this
    trail = Remark(
        answer_id=answer.id,
        ruling_id=row.id,
        right_before=answer.right,
        counted_before=answer.counted,
        right=right,
        counted=counted,
    )
    turn.session.add(trail)
    answer.right, answer.counted = right, counted
    turn.session.add(answer)
    turn.session.flush()


def trail(turn: Reader, answer_id: int) -> Sequence[Remark]:
    """Every change of a mark, the first first."""
    return turn.session.exec(select(Remark).where(Remark.answer_id == answer_id).order_by(col(Remark.id))).all()
