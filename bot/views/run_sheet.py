"""A unit's own run sheet, and changing it stage by stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.text import clock, listed
from drills.run_sheet import LONGEST, LONGEST_STAGE, USUAL, Sheet, Stage, held, sheet, timetable, total


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A unit's sheet as it will be next. `begins` when the meeting is to begin, `standard` are the minutes of the usual
    one, `own` whether the unit has its own, `later` whether today's meeting still went by another, `host` whether the
    reader leads the meeting."""

    unit: str
    unit_id: int
    sheet: Sheet
    begins: time
    standard: int
    own: bool = False
    later: bool = False
    host: bool = True


def _name(words: Words, stage: Stage) -> str:
    return words(f"run.stage_{stage}")


def screen(words: Words, state: State, *, lead: str = "") -> Message:
    """The stages in their order with their minutes, and a button for each: to change it, or to bring it back."""
    return Message(
        lead=lead,
        title=words("run_sheet.title_later" if state.later else "run_sheet.title", unit=state.unit),
        rows=timed(words, state.sheet, state.begins),
        note=_total(words, state) + words("run_sheet.tap"),
        buttons=(*_rows([_open(words, state, stage, n) for stage, n in state.sheet], 3), _ways(words, state)),
    )


def timed(words: Words, sheet: Sheet, begins: time) -> tuple[tuple[str, str], ...]:
    """The stages with the time at which each begins."""
    return tuple(
        (clock(at), words("minutes.stage", stage=_name(words, stage), n=n)) for at, stage, n in timetable(sheet, begins)
    )


def _total(words: Words, state: State) -> str:
    minutes = total(state.sheet)
    if minutes > state.standard:
        return words("run_sheet.longer", minutes=minutes, more=minutes - state.standard)
    return words("run_sheet.together", minutes=minutes)


def _open(words: Words, state: State, stage: Stage, minutes: int) -> Button:
    if not minutes:
        return _bring(words("run_sheet.bring", stage=_name(words, stage)), state, stage)
    return Button(_name(words, stage), f"rss:{state.unit_id}:{stage}")


def _bring(text: str, state: State, stage: Stage) -> Button:
    return Button(text, f"rsm:{state.unit_id}:{stage}:{dict(sheet(USUAL))[stage]}")


def _ways(words: Words, state: State) -> tuple[Button, ...]:
    ways = [Button(words("run_sheet.usual"), f"rsu:{state.unit_id}")] if state.own else []
    ways += [Button(words("menu.meeting"), f"mt:{state.unit_id}")] if state.host else []
    return (*ways, Button(words("menu.settings"), f"st:{state.unit_id}"))


def one(words: Words, state: State, stage: Stage, *, lead: str = "") -> Message:
    """One stage: longer, shorter, earlier, later, left out or brought back. A button says what shall be, not what to
    add, so that a second press changes nothing."""
    minutes, order = dict(state.sheet)[stage], [s for s, _ in held(state.sheet)]
    key = "run_sheet.one" if minutes else "run_sheet.one_out"
    values = {"place": order.index(stage) + 1, "of": len(order), "n": minutes} if minutes else {}
    steps = [words("minutes.stage", stage=_name(words, s), n=n) for s, n in held(state.sheet)]
    buttons = (
        _changes(words, state, stage, minutes, order)
        if minutes
        else [[_bring(words("run_sheet.bring_back"), state, stage)]]
    )
    return Message(
        lead=lead,
        title=words(key, stage=_name(words, stage), **values),
        body=listed(words, steps),
        note=_total(words, state),
        buttons=(*(tuple(row) for row in buttons if row), (Button(words("setting.back"), f"rs:{state.unit_id}"),)),
    )


def _changes(words: Words, state: State, stage: Stage, minutes: int, order: Sequence[Stage]) -> list[list[Button]]:
    last, at = f"rsm:{state.unit_id}:{stage}", order.index(stage)
    to = f"rsp:{state.unit_id}:{stage}"
    spans = [Button(words("run_sheet.shorter_by_one"), f"{last}:{minutes - 1}")] if minutes > 1 else []
    if minutes < LONGEST_STAGE and total(state.sheet) < LONGEST:
        spans.append(Button(words("run_sheet.longer_by_one"), f"{last}:{minutes + 1}"))
    moves = [Button(words("run_sheet.earlier"), f"{to}:{at - 1}")] if at else []
    moves += [Button(words("run_sheet.behind"), f"{to}:{at + 1}")] if at + 1 < len(order) else []
    out = [Button(words("run_sheet.leave_out"), f"{last}:0")] if len(order) > 1 else []
    return [spans, moves, out]


def _rows(buttons: Sequence[Button], n: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + n]) for i in range(0, len(buttons), n))
