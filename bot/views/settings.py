"""What a branch has set of its day, and setting it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.closing import Closed, closed_line, coming_day
from bot.views.text import clock, listed, opening
from drills.policy import Policy
from drills.run_sheet import held, read_sheet, total
from drills.settings import DOSES, FILES, REFERENCES, TIMES, Name

CHOICES = {
    Name.MEETING: ("08:00", "08:10", "08:15", "08:20", "08:30", "08:40"),
    Name.DOSE: ("3", "4", "5", "6", "8"),
    Name.REMINDER: ("on", "off"),
    Name.MAKEUP: ("12:00", "16:30", "17:00", "17:30", "18:00"),
    Name.EVENING: ("17:00", "17:20", "17:40", "18:00", "18:30"),
    Name.PROOF: (REFERENCES, FILES),
}
"""What most will want; anything else within the bounds can be written. The run sheet has a screen of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value as it holds: `said_by` is the unit that says so (empty: the program's own), `later` what it will be
    from the next working day, where that differs."""

    name: Name
    value: str
    said_by: str = ""
    own: bool = False
    later: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A unit's settings as they stand; `host` whether the reader may name who leads the meeting."""

    unit: str
    unit_id: int
    at_branch: bool
    values: Sequence[Value]
    policy: Policy
    later_day: date
    closed: Sequence[Closed]
    today: date
    host: bool = True


def value(words: Words, name: Name, kept: str) -> str:
    """A value as it is said: 08:15, 5 题, 开."""
    if name is Name.PROOF:
        return words(f"setting.proof_{kept}")
    if name is Name.REMINDER:
        return words(f"setting.reminder_{kept}")
    if name is Name.DOSE:
        return words("setting.dose_value", n=kept)
    if name is Name.STAGES:
        every = read_sheet(kept) or ()
        return words("run_sheet.value", n=len(held(every)), minutes=total(every))
    return kept


def screen(words: Words, state: State, *, lead: str = "") -> Message:
    """What holds now, where it comes from, what is to come, and a button for each. That only recordings are noted, as
    nearly everywhere, takes no line."""
    shown = [v for v in state.values if v.name is not Name.PROOF or v.said_by or v.own or v.value != REFERENCES]
    rows = [(words(f"setting.{v.name}"), f"{value(words, v.name, v.value)}{_source(words, v)}") for v in shown]
    if state.at_branch and not lead:
        rows.insert(1, (words("setting.push"), words("setting.shape", **_shape(state.policy))))
    later = [f"{words(f'setting.{v.name}')} {value(words, v.name, v.later)}" for v in state.values if v.later]
    notes = []
    if later:
        notes.append(
            words("setting.later", day=coming_day(words, state.later_day, state.today), values=listed(words, later))
        )
    notes += [opening(closed_line(words, closed, state.today)) for closed in state.closed]
    title = words("setting.title" if state.at_branch else "setting.title_above", unit=state.unit)
    return Message(lead=lead, title=title, rows=tuple(rows), note="\n".join(notes), buttons=_buttons(words, state))


def _shape(policy: Policy) -> dict[str, str]:
    return {"push": clock(policy.push), "closes": clock(policy.close)}


def _source(words: Words, one: Value) -> str:
    if one.own:
        return words("setting.own")
    return words("setting.inherited", unit=one.said_by) if one.said_by else ""


def _buttons(words: Words, state: State) -> tuple[tuple[Button, ...], ...]:
    names = [
        Button(words(f"setting.{name}"), f"stn:{state.unit_id}:{name}" if name in CHOICES else f"rs:{state.unit_id}")
        for name in Name
    ]
    more = [Button(words("closing.menu"), f"cl:{state.unit_id}")]
    if state.at_branch:
        more += [Button(words("menu.host"), f"ho:{state.unit_id}")] if state.host else []
        more.append(Button(words("test.button"), f"stt:{state.unit_id}"))
    else:
        more.append(Button(words("setting.below"), f"stu:{state.unit_id}"))
    return tuple(names[:3]), tuple(names[3:]), tuple(more)


def which(words: Words, units: Sequence[tuple[str, int]]) -> Message:
    """Which unit is meant."""
    buttons = [Button(name, f"st:{unit}") for name, unit in units]
    if not buttons:
        return Message(body=words("units.none"))
    return Message(body=words("setting.which"), buttons=_rows(buttons, 2))


def which_branch(words: Words, branches: Sequence[tuple[str, int]]) -> Message:
    """Whose meeting is meant."""
    buttons = [Button(name, f"ho:{unit}") for name, unit in branches]
    return Message(body=words("choose.branch"), buttons=_rows(buttons, 2))


def choose(words: Words, one: Value, *, unit: str, unit_id: int) -> Message:
    """One value: how it stands, what it may be, and a few choices."""
    body = words("setting.now", value=value(words, one.name, one.value), source=_source(words, one))
    choices = [
        Button(value(words, one.name, kept), f"stv:{unit_id}:{one.name}:{kept.replace(':', '')}")
        for kept in CHOICES[one.name]
        if kept != one.value or one.later
    ]
    rest = []
    if one.name not in {Name.REMINDER, Name.PROOF}:
        rest.append(Button(words("setting.write"), f"stw:{unit_id}:{one.name}"))
    if one.own or one.later:
        rest.append(Button(words("setting.inherit"), f"stv:{unit_id}:{one.name}:"))
    rest.append(Button(words("setting.back"), f"st:{unit_id}"))
    title = words("setting.one_title", what=words(f"setting.{one.name}"), unit=unit)
    buttons = (*_rows(choices, 3), tuple(rest))
    return Message(title=title, body=f"{body}\n{_may_be(words, one.name)}", buttons=buttons)


def _may_be(words: Words, name: Name) -> str:
    if name is Name.DOSE:
        return words("setting.may_dose", first=DOSES[0], last=DOSES[1])
    if name is Name.REMINDER:
        return words("setting.may_reminder")
    if name is Name.PROOF:
        return words("setting.may_proof")
    first, last = TIMES[name]
    return words(f"setting.may_{name}", first=clock(first), last=clock(last))


def write(words: Words, name: Name) -> Message:
    """The next text is the value."""
    return Message(title=words("setting.write_title", what=words(f"setting.{name}")), body=_may_be(words, name))


def since(words: Words, name: Name, day: date, today: date, *, begun: bool) -> str:
    """From which day a change holds, and why not from today."""
    if day == today:
        return words("setting.from_today")
    when = coming_day(words, day, today)
    if not begun:
        return words("setting.from_day", day=when)
    if name is Name.STAGES:
        return words("setting.after_meeting", day=when)
    return words("setting.after_push" if name in {Name.MEETING, Name.DOSE} else "setting.after_told", day=when)


def changed(words: Words, name: Name, kept: str, policy: Policy) -> str:
    """What was changed, and what moves with it."""
    line = words("setting.changed", what=words(f"setting.{name}"), value=value(words, name, kept))
    return line + words("setting.moves", **_shape(policy)) if name is Name.MEETING else line


def same(words: Words, name: Name, kept: str) -> str:
    """It was so already."""
    return words("setting.same", what=words(f"setting.{name}"), value=value(words, name, kept))


def _rows(buttons: Sequence[Button], n: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + n]) for i in range(0, len(buttons), n))


def test(words: Words, looks: Message, *, day: date, at: time, today: date) -> Message:
    """How the next push will look; its buttons say that this is a test."""
    lead = words(
        "test.lead", day=coming_day(words, day, today) if day != today else words("date.today"), time=clock(at)
    )
    buttons = tuple(tuple(replace(button, data="stb") for button in row) for row in looks.buttons)
    return replace(looks, lead=lead, note=words("test.note"), buttons=buttons)


def test_sent(words: Words, name: str, *, day: date, at: time, today: date) -> str:
    """To whoever sent a test from the command line."""
    when = words("date.today") if day == today else coming_day(words, day, today)
    return words("test.written", name=name, day=when, time=clock(at))
