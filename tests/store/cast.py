"""The people and things the store's tests are about: a county with two branches, and one sitting of two questions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import SQLModel

from bot.store import Turn, links, sittings, units
from bot.store.tables import Answer, Edition, Person, RoleHeld, Sitting, Slot, Unit

TODAY = date(2026, 11, 23)


@dataclass(slots=True)
class Cast:
    """Ids of the cast."""

    bank: int
    county: int
    branch: int
    other_branch: int
    wang: int
    li: int
    zhao: int
    zhou: int
    edition: int


def the_cast(turn: Turn) -> Cast:
    """王芳 and 李强 of one branch, their trainer 赵敏, and 周外 of another branch; 王芳 is on Telegram."""
    bank = units.add(turn, "总行")
    city = units.add(turn, "某市分行", units.add(turn, "某省分行", bank))
    county = units.add(turn, "某县支行", city)
    branch, other = units.add(turn, "城东网点", county), units.add(turn, "城西网点", county)
    wang, li = person(turn, branch, "王芳", "1001"), person(turn, branch, "李强", "1002")
    zhao, zhou = person(turn, branch, "赵敏", "1003", post=""), person(turn, other, "周外", "2001")
    turn.session.add(RoleHeld(person_id=number(zhao), role="trainer", unit_id=number(branch)))
    links.attach(turn, number(wang), "telegram", "77")
    edition = Edition(digest="d", body={}, published_at=turn.now)
    turn.session.add(edition)
    turn.session.flush()
    return Cast(*map(number, (bank, county, branch, other, wang, li, zhao, zhou, edition)))


def number(row: SQLModel) -> int:
    found = getattr(row, "id", None)
    assert isinstance(found, int)
    return found


def person(turn: Turn, unit: Unit, name: str, staff_number: str, *, post: str = "teller") -> Person:
    row = Person(unit_id=number(unit), name=name, staff_number=staff_number, post=post, joined_on=date(2026, 1, 5))
    turn.session.add(row)
    turn.session.flush()
    return row


def a_sitting(
    turn: Turn,
    cast: Cast,
    *,
    person_id: int | None = None,
    unit_id: int | None = None,
    day: date = TODAY,
    kind: str = "morning",
    part: str = "",
    case_id: int | None = None,
    questions: tuple[str, ...] = ("q1", "q2"),
) -> int | None:
    sitting = Sitting(
        person_id=person_id or cast.wang,
        unit_id=unit_id or cast.branch,
        day=day,
        kind=kind,
        part=part,
        case_id=case_id,
        edition_id=cast.edition,
        opened_at=turn.now,
        closes_at=turn.now + timedelta(minutes=42),
    )
    slots = [a_slot(question, position) for position, question in enumerate(questions)]
    return sittings.create(turn, sitting, slots)


def a_slot(question: str, position: int) -> Slot:
    return Slot(
        sitting_id=0,
        position=position,
        question=question,
        checkpoint=f"c.{question}",
        reason="new",
        seed=2**40 + position,
        shown={"stem": question},
    )


def an_answer(turn: Turn, slot: Slot, sitting: Sitting, *, right: bool = True, counted: bool = True) -> Answer:
    return Answer(
        slot_id=number(slot),
        person_id=sitting.person_id,
        unit_id=sitting.unit_id,
        day=sitting.day,
        kind=sitting.kind if counted else "practice",
        question=slot.question,
        checkpoint=slot.checkpoint,
        reason=slot.reason,
        said="0",
        right=right,
        counted=counted,
        at=turn.now,
    )


def answer_next(turn: Turn, sitting_id: int, *, right: bool = True, counted: bool = True) -> bool:
    """Answer the next question of a sitting, as a use case does. False if there is none, or somebody was quicker."""
    played = sittings.load(turn, sitting_id)
    assert played is not None
    slot = played.next_slot()
    return slot is not None and turn.insert_once(an_answer(turn, slot, played.sitting, right=right, counted=counted))


def in_a_day(moment: datetime) -> datetime:
    return moment + timedelta(days=1)
