"""A meeting's run sheet: its stages in their order, each with its minutes, and how a branch makes it its own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from enum import StrEnum
from typing import Any

from drills.refused import Refused


class Stage(StrEnum):
    """The stages in their usual order (domain facts §5, “usable plan for 15 minutes”)."""

    ROLL = "roll"  # who is here
    LOOK = "look"  # dress, in pairs
    REVIEW = "review"  # last night's retraining, praise first
    QUESTION = "question"  # the shared question of the day
    SCENE = "scene"  # two act, one observes
    RULE = "rule"  # the rule of the day
    SLOGAN = "slogan"  # tasks and slogan


Sheet = tuple[tuple[Stage, int], ...]
"""Stages in their order, each with its minutes; one of none is left out, and keeps its place."""

ORDER: tuple[Stage, ...] = tuple(Stage)
USUAL = (1, 2, 2, 4, 4, 1, 1)
"""Minutes of each stage in the usual order, fifteen together (domain facts §5)."""
LONGEST_STAGE, LONGEST = 15, 40
"""Minutes of one stage and of all: a meeting of more than forty is over before it ends (policy `meeting_most`)."""

_DAY = 24 * 60
_SHORT = 2
"""So many letters of a stage's name tell it from the others."""
_ONE = re.compile(rf"([a-z]{{{_SHORT},8}})\s*(\d{{1,2}})", re.ASCII)
_BETWEEN = re.compile(r"[\s,;/-]*")


def sheet(minutes: Sequence[int], order: Sequence[Stage] = ORDER) -> Sheet:
    """The run sheet with these minutes (of the stages in their usual order), gone through in that order."""
    each = dict(zip(ORDER, minutes, strict=True))
    return tuple((stage, each[stage]) for stage in order)


def sound(minutes: Sequence[int], order: Sequence[Stage] = ORDER) -> bool:
    """Whether these are the minutes and the order of a run sheet: one number a stage, each stage once, at least one
    with minutes, and not too long."""
    fits = len(minutes) == len(ORDER) and all(0 <= n <= LONGEST_STAGE for n in minutes)
    return fits and sorted(order) == sorted(ORDER) and 0 < sum(minutes) <= LONGEST


def held(every: Sheet) -> Sheet:
    """The stages that have minutes: what a meeting goes through."""
    return tuple((stage, n) for stage, n in every if n)


def total(every: Sheet) -> int:
    """The minutes of all stages together."""
    return sum(n for _, n in every)


def timetable(every: Sheet, begins: time) -> list[tuple[time, Stage, int]]:
    """When each stage begins, if the meeting begins then; with its minutes."""
    at, found = begins.hour * 60 + begins.minute, []
    for stage, n in held(every):
        found.append((time(*divmod(at % _DAY, 60)), stage, n))
        at += n
    return found


def lasting(every: Sheet, stage: Stage, minutes: int) -> Sheet:
    """The same with so many minutes for one stage; none leaves it out. Raises Refused for more than a stage or a
    meeting may take, and for leaving out the last one."""
    if not 0 <= minutes <= LONGEST_STAGE:
        raise Refused("stage-long", most=LONGEST_STAGE)
    new = tuple((one, minutes if one is stage else n) for one, n in every)
    if total(new) > LONGEST:
        raise Refused("sheet-long", most=LONGEST)
    if not held(new):
        raise Refused("sheet-empty")
    return new


def placed(every: Sheet, stage: Stage, place: int) -> Sheet:
    """The same with one stage at that place (0: first) among those that are held. What is left out stays behind the
    stage it stood behind."""
    rest = [one for one in every if one[0] is not stage]
    after = [i for i, (_, n) in enumerate(rest) if n]
    at = after[place] if 0 <= place < len(after) else len(rest)
    return (*rest[:at], (stage, dict(every)[stage]), *rest[at:])


def write_sheet(every: Iterable[tuple[Stage, int]]) -> str:
    """A run sheet in a word: ro1-lo2-re2-qu4-sc4-ru1-sl1."""
    return "-".join(f"{stage[:_SHORT]}{n}" for stage, n in every)


def read_sheet(text: str) -> Sheet | None:
    """What `write_sheet` wrote, or somebody wrote like it: “roll1, question6”. What is not named is left out. None
    where it is no run sheet."""
    named = [(next((s for s in ORDER if s.startswith(name)), None), int(n)) for name, n in _ONE.findall(text)]
    known = [(stage, n) for stage, n in named if stage is not None]
    if len(known) < len(named) or _BETWEEN.fullmatch(_ONE.sub("", text)) is None:
        return None
    every = (*known, *((stage, 0) for stage in ORDER if stage not in dict(known)))
    minutes = dict(every)
    return every if sound([minutes[s] for s in ORDER], [stage for stage, _ in every]) else None


def minutes_of(every: Sheet) -> tuple[int, ...]:
    """The minutes in the usual order of the stages."""
    each: Mapping[Stage, int] = dict(every)
    return tuple(each[stage] for stage in ORDER)


def read_begun(kept: Sequence[Any]) -> Sheet:
    """The run sheet a meeting began with: pairs of stage and minutes. Meetings of the first weeks kept only the
    minutes, in the usual order."""
    if kept and isinstance(kept[0], int):
        return sheet(kept)
    return tuple((Stage(stage), int(n)) for stage, n in kept)
