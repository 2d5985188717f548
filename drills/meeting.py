"""A branch's meeting: how it stands on its run sheet, folded from what was noted down.

Nothing of a meeting is kept but its events, each with who and when: whoever opens it next sees it as it stands."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from drills.run_sheet import Sheet, Stage, held


class Mark(StrEnum):
    """What the roll says of somebody."""

    HERE = "here"
    LATE = "late"
    LEAVE = "leave"
    ABSENT = "absent"


AWAY = frozenset({Mark.LEAVE, Mark.ABSENT})
NEXT: Mapping[Mark | None, Mark] = {
    None: Mark.HERE,
    Mark.HERE: Mark.LATE,
    Mark.LATE: Mark.LEAVE,
    Mark.LEAVE: Mark.ABSENT,
    Mark.ABSENT: Mark.HERE,
}
"""What one more tap on a name says."""


class Note(StrEnum):
    """What is noted down during a meeting."""

    ENTER = "enter"  # a stage (`value`) begins
    MARK = "mark"  # somebody (`about`) is here, late, on leave or absent (`value`)
    PAIRS = "pairs"  # who looks at whom: “3,4;5,6,7”
    ASK = "ask"  # the shared question (`value`) goes out
    REVEAL = "reveal"  # its result is shown
    CAST = "cast"  # who acts, who is the customer, who observes: “3,4,5”
    REVIEWED = "reviewed"  # last night was spoken of: how many people (`value`)
    END = "end"  # it is over; `value` is FORGOTTEN if nobody said so


FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One note: what, when, by whom (nobody: the program itself), about whom, and the rest."""

    note: Note
    at: datetime
    by: int | None = None
    about: int | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A stage and when it began."""

    stage: Stage
    at: datetime


Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How a meeting stands. `entered` are its stages in the order they were gone through, `leaders` whoever led it,
    first the one who began; `asked` and `revealed` are of the shared question."""

    sheet: Sheet
    entered: tuple[Entered, ...] = ()
    marks: Mapping[int, Mark] = field(default_factory=dict)
    pairs: Groups = ()
    asked: str = ""
    revealed: bool = False
    cast: tuple[int, ...] = ()
    reviewed: int | None = None
    leaders: tuple[int, ...] = ()
    ended_at: datetime | None = None
    forgotten: bool = False

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of this run sheet."""
        return tuple(stage for stage, _ in held(self.sheet))

    @property
    def minutes(self) -> int:
        """The minutes of the stage it is at."""
        return dict(self.sheet)[self.stage]

    @property
    def stage(self) -> Stage:
        """Where it is, or was last."""
        return self.entered[-1].stage if self.entered else self.stages[0]

    @property
    def running(self) -> bool:
        """Whether it has begun and not ended."""
        return bool(self.entered) and self.ended_at is None

    def following(self) -> Stage | None:
        """The stage after this one."""
        return _beside(self.stages, self.stage, 1)

    def before(self) -> Stage | None:
        """The stage before this one."""
        return _beside(self.stages, self.stage, -1)


def fold(sheet: Sheet, events: Iterable[Event]) -> State:
    """The state that these events, in their order, lead to. What comes after the end changes nothing."""
    state = State(sheet=sheet)
    for event in events:
        if state.ended_at is None:
            state = _after(state, event)
    return state


def _after(state: State, event: Event) -> State:
    if event.by is not None and event.by not in state.leaders:
        state = replace(state, leaders=(*state.leaders, event.by))
    return replace(state, **_changes(state, event))


def _changes(state: State, event: Event) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    match event.note:
        case Note.ENTER:
            changes["entered"] = (*state.entered, Entered(Stage(event.value), event.at))
        case Note.MARK if event.about is not None:
            changes["marks"] = {**state.marks, event.about: Mark(event.value)}
        case Note.PAIRS:
            changes["pairs"] = tuple(read_ids(group) for group in event.value.split(";") if group)
        case Note.ASK:
            changes["asked"] = event.value
        case Note.REVEAL:
            changes["revealed"] = True
        case Note.CAST:
            changes["cast"] = read_ids(event.value)
        case Note.REVIEWED:
            changes["reviewed"] = int(event.value)
        case Note.END:
            changes |= {"ended_at": event.at, "forgotten": event.value == FORGOTTEN}
    return changes


def _beside(every: tuple[Stage, ...], stage: Stage, step: int) -> Stage | None:
    at = every.index(stage) + step
    return every[at] if 0 <= at < len(every) else None


def write_ids(people: Iterable[int]) -> str:
    """Several people in a note."""
    return ",".join(str(person) for person in people)


def read_ids(text: str) -> tuple[int, ...]:
    """The people `write_ids` wrote."""
    return tuple(int(part) for part in text.split(",") if part)


def present(state: State, duty: Iterable[int]) -> tuple[int, ...]:
    """Who takes part, of those on duty: all but those whom the roll has away. Late counts, and so does whoever was not
    called: a host may have skipped the roll."""
    return tuple(person for person in duty if state.marks.get(person) not in AWAY)


def left(state: State, now: datetime) -> timedelta:
    """The time this stage has left; below zero it runs over. Of a meeting that has ended, none."""
    if not state.running:
        return timedelta()
    return state.entered[-1].at + timedelta(minutes=state.minutes) - now


def spent(state: State) -> dict[Stage, timedelta]:
    """How long each stage took, in the order they were first gone through; coming back to one adds to it."""
    ends = [*(one.at for one in state.entered[1:]), state.ended_at]
    took: dict[Stage, timedelta] = {}
    for one, end in zip(state.entered, ends, strict=True):
        took[one.stage] = took.get(one.stage, timedelta()) + ((end or one.at) - one.at)
    return took


def lasted(state: State, stage: Stage) -> tuple[datetime, datetime] | None:
    """When a stage began and when it was last left; None for one that was not gone through, or that still runs."""
    ends = [*(one.at for one in state.entered[1:]), state.ended_at]
    times = [(one.at, end) for one, end in zip(state.entered, ends, strict=False) if one.stage is stage]
    last = times[-1][1] if times else None
    return (times[0][0], last) if last is not None else None


def pairs(people: Collection[int], rng: Random) -> Groups:
    """Everybody once, two and two; of an odd number three are together. Nobody pairs with themselves alone."""
    drawn = rng.sample(sorted(people), len(people))
    groups = [tuple(drawn[at : at + 2]) for at in range(0, len(drawn), 2)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [(*groups[-2], *groups[-1])]
    return tuple(groups) if len(drawn) > 1 else ()


def cast(people: Collection[int], rng: Random) -> tuple[int, ...]:
    """Who acts, who is the customer, who observes, as far as there are people for it: three of them, or fewer."""
    return tuple(rng.sample(sorted(people), min(len(people), 3)))
