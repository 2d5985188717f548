"""What a unit may set of its day: six values, each with its bounds, laid over the policy of the edition in force.

The meeting moves the whole morning with it: push, reminder, close, list and warning keep their distance to it, so that
a moved day has the same shape. Everything else stands alone. A change holds from today only while nothing of today
hangs on it yet (of the run sheet: while the meeting has not begun); otherwise from the next day."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from itertools import pairwise

from drills import run_sheet
from drills.day import Step
from drills.leave import read_days
from drills.policy import RISING, Policy
from drills.refused import Refused
from drills.run_sheet import minutes_of, read_sheet, write_sheet


class Name(StrEnum):
    """The values."""

    MEETING = "meeting"
    STAGES = "stages"
    DOSE = "dose"
    REMINDER = "reminder"
    MAKEUP = "makeup"
    EVENING = "evening"
    PROOF = "proof"


TIMES: Mapping[Name, tuple[time, time]] = {
    Name.MEETING: (time(7), time(10)),
    Name.MAKEUP: (time(12), time(18, 30)),
    Name.EVENING: (time(16), time(20)),
}
"""The earliest and the latest: inside paid hours, the meeting before the doors open."""
DOSES = (3, 8)
"""Fewer than three a day, and nobody is ranked nor their figures known; more than eight, and the meeting is over."""

ON, OFF = "on", "off"
REFERENCES, FILES = "references", "files"
_SAID_ON = frozenset({"on", "yes", "true", "1", "开", "是", "要", "打开"})
_SAID_OFF = frozenset({"off", "no", "false", "0", "关", "否", "不要", "关闭"})
_SAID_PROOF = {
    **dict.fromkeys((REFERENCES, "录像位置", "只登记", "登记"), REFERENCES),
    **dict.fromkeys((FILES, "文件", "收文件"), FILES),
}
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})\s*[:.点时]\s*(?:(?P<minute>\d{1,2})\s*分?|(?P<half>半))?|(?P<plain>\d{4})", re.ASCII
)
_MORNING = ("push", "review", "remind", "close", "propose", "no_drill")
_CROWDED = {0, 30}
"""Minutes at which every bot of the country pushes (DESIGN §1)."""
_ASIDE = 3
_DAY = 24 * 60
_ORDER = (*RISING, ("push", "close", "no_drill"), ("review", "close"))

ANCHOR: Mapping[Name, tuple[str, Step]] = {
    Name.MEETING: ("push", Step.PUSH),
    Name.DOSE: ("push", Step.PUSH),
    Name.REMINDER: ("remind", Step.REMIND),
    Name.MAKEUP: ("close", Step.CLOSE),
    Name.EVENING: ("propose", Step.PROPOSE),
    Name.PROOF: ("evening", Step.CALL),
}
"""The first step of a day that uses a value or tells it to somebody, and when it is due. The run sheet has none: it is
used when somebody begins the meeting."""


def read(name: Name, text: str) -> str:
    """A value as it is kept, from what somebody wrote (08:20, 8点半; 3; on, 关). Raises Refused with the bounds for
    anything else."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if name is Name.DOSE:
        number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= len("03") else 0
        found = str(number) if DOSES[0] <= number <= DOSES[1] else ""
    elif name is Name.STAGES:
        found = write_sheet(read_sheet(plain) or ())
    elif name is Name.REMINDER:
        found = ON if plain in _SAID_ON else OFF if plain in _SAID_OFF else ""
    elif name is Name.PROOF:
        found = _SAID_PROOF.get(plain, "")
    else:
        moment, (first, last) = _clock(plain), TIMES[name]
        found = f"{moment:%H:%M}" if moment is not None and first <= moment <= last else ""
    if not found:
        raise _refusal(name)
    return found


def named(text: str) -> Name:
    """The value with this name. Raises Refused with the names there are."""
    try:
        return Name(text.strip().lower())
    except ValueError:
        raise Refused("set-name", names=", ".join(Name)) from None


def _refusal(name: Name) -> Refused:
    if name is Name.DOSE:
        return Refused("set-dose", first=DOSES[0], last=DOSES[1])
    if name is Name.STAGES:
        return Refused(
            "set-stages", names=", ".join(run_sheet.ORDER), longest=run_sheet.LONGEST_STAGE, most=run_sheet.LONGEST
        )
    if name is Name.REMINDER:
        return Refused("set-reminder")
    if name is Name.PROOF:
        return Refused("set-proof")
    return _untimely(name)


def _untimely(name: Name) -> Refused:
    first, last = (f"{moment:%H:%M}" for moment in TIMES[name])
    if name is Name.MEETING:
        return Refused("set-meeting", first=first, last=last)
    if name is Name.MAKEUP:
        return Refused("set-makeup", first=first, last=last)
    return Refused("set-evening", first=first, last=last)


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    digits = found["plain"]
    hour, minute = (int(digits[:2]), int(digits[2:])) if digits else (int(found["hour"]), int(found["minute"] or 0))
    minute = 30 if found["half"] else minute
    return time(hour, minute) if hour < time.max.hour + 1 and minute <= time.max.minute else None


def lay(policy: Policy, values: Mapping[str, str]) -> Policy:
    """The policy with a unit's values over it. One that no longer fits it, or that nobody knows any more, is left out:
    a newer edition must never leave a branch with a day that goes backwards."""
    for name in Name:
        if values.get(name):
            policy = _laid(policy, name, values[name]) or policy
    return policy


def fits(policy: Policy, name: Name, value: str) -> bool:
    """Whether this value gives a sound day with this policy."""
    return _laid(policy, name, value) is not None


def value_of(policy: Policy, name: Name) -> str:
    """What a policy has for a name, as it would be kept."""
    if name is Name.DOSE:
        return str(policy.dose)
    if name is Name.STAGES:
        return write_sheet(policy.sheet)
    if name is Name.REMINDER:
        return ON if policy.reminder else OFF
    if name is Name.PROOF:
        return policy.proof
    moment: time = getattr(policy, {Name.MEETING: "review", Name.MAKEUP: "makeup_until"}.get(name, name))
    return f"{moment:%H:%M}"


def _laid(policy: Policy, name: Name, value: str) -> Policy | None:
    try:
        value = read(name, value)
    except Refused:
        return None
    if name is Name.DOSE:
        return replace(policy, dose=int(value))
    if name is Name.STAGES:
        every = read_sheet(value) or policy.sheet
        return replace(policy, stages=minutes_of(every), stage_order=tuple(stage for stage, _ in every))
    if name is Name.REMINDER:
        return replace(policy, reminder=value == ON)
    if name is Name.PROOF:
        return replace(policy, proof="files" if value == FILES else "references")
    moment = time.fromisoformat(value)
    if name is Name.MEETING:
        new = _moved(policy, moment)
    elif name is Name.MAKEUP:
        new = replace(policy, makeup_until=moment)
    else:
        new = replace(policy, evening=moment)
    return new if new is not None and _sound(new) else None


def _moved(policy: Policy, meeting: time) -> Policy | None:
    by = _minute(meeting) - _minute(policy.review)
    if not by:
        return policy
    minutes = {name: _minute(getattr(policy, name)) + by for name in _MORNING}
    if minutes["push"] % 60 in _CROWDED:
        minutes["push"] += _ASIDE
    if not all(0 <= minute < _DAY for minute in minutes.values()):
        return None
    times = {name: time(*divmod(minute, 60)) for name, minute in minutes.items()}
    return replace(policy, **times)  # type: ignore[arg-type]  # the names are those of times


def _sound(policy: Policy) -> bool:
    pairs = [pair for row in _ORDER for pair in pairwise(row)]
    return policy.push < policy.close and all(getattr(policy, a) <= getattr(policy, b) for a, b in pairs)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def still_today(name: Name, before: Policy, after: Policy, now: time, done: Collection[str]) -> bool:
    """Whether a change can hold from today: the first step that hangs on it has not been taken, and is due more than a
    minute later, by the old value and by the new: by then every process knows of the change. No step is passed over,
    none is taken twice, and nothing that was told is undone."""
    field, step = ANCHOR[name]
    return step not in done and _minute(now) + 1 < min(_minute(getattr(before, field)), _minute(getattr(after, field)))


@dataclass(frozen=True, slots=True)
class Said:
    """A unit says what a value is `since` an instant, for itself and everything below; nothing: as above it."""

    unit: int
    name: str
    value: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A value and the unit that says so."""

    value: str
    unit: int


def holding(said: Iterable[Said], units: Sequence[int], now: datetime) -> dict[str, Held]:
    """What holds for a unit by what was said, in the order of saying. `units` are the ids from the head office down to
    it: the newest word of a unit counts, and the nearest unit that has one."""
    newest: dict[tuple[str, int], str] = {(s.name, s.unit): s.value for s in said if s.since <= now}
    found: dict[str, Held] = {}
    for unit in units:
        found |= {name: Held(value, of) for (name, of), value in newest.items() if of == unit and value}
    return found


LONGEST = 14
"""Days that can be closed in one go."""
FARTHEST = 366
"""Days ahead."""
_TOMORROW = frozenset({"明天", "tomorrow"})
_TODAY = frozenset({"今天", "today"})


def read_closing(text: str, today: date) -> tuple[date, date, str]:
    """The first and last day and the reason of “11-30 装修” or “11-30至12-02 装修”. Raises Refused when the days cannot
    be read."""
    plain = unicodedata.normalize("NFKC", text).strip()
    words = plain.split()
    for n in range(len(words), 0, -1):
        span = _days(" ".join(words[:n]), today)
        if span is not None:
            return *span, " ".join(words[n:])
    raise Refused("closing-unreadable")


def _days(text: str, today: date) -> tuple[date, date] | None:
    for names, ahead in ((_TODAY, 0), (_TOMORROW, 1)):
        if text.lower() in names:
            day = date.fromordinal(today.toordinal() + ahead)
            return day, day
    return None if any(c.isalpha() and c not in "年月日号至到" for c in text) else read_days(text, today)


def closable(first: date, last: date, today: date) -> None:
    """Raises Refused for days gone by, too many of them, or too far ahead."""
    if first < today or last < first:
        raise Refused("closing-past")
    if (last - first).days >= LONGEST:
        raise Refused("closing-long", most=LONGEST)
    if (last - today).days > FARTHEST:
        raise Refused("closing-far", most=FARTHEST)
