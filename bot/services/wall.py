"""What the wall screen shows of a meeting: opened by a link that lives for an hour, read anew every second."""

from collections.abc import Mapping
from dataclasses import replace

from bot.chat.words import Words
from bot.services import shared, stages
from bot.services.standing import standing
from bot.store import meetings, people
from bot.store.turn import Look
from bot.views import wall as views
from drills.meeting import Mark, left
from drills.run_sheet import Stage


def screen(turn: Look, meeting_id: int, query: Mapping[str, str]) -> views.Wall | None:
    """The screen as it is now; None for a link that is not ours, or has run out."""
    if turn.site is None or not turn.site.opens(stages.path(meeting_id), query, turn.now):
        return None
    meeting = meetings.find(turn, meeting_id)
    if meeting is None:
        return None
    running = stages.load(turn, meeting)
    words = turn.words[people.get(turn, meeting.host_id).language]
    state = running.state
    if not state.running:
        return views.team(words, standing(turn, running.unit, meeting.day))
    every = state.stages
    head = views.headed(
        words,
        unit=running.unit.name,
        stage=state.stage,
        place=every.index(state.stage) + 1,
        of=len(every),
        left=round(left(state, turn.now).total_seconds()),
    )
    return _stage(turn, words, running, head)


def _stage(turn: Look, words: Words, running: stages.Running, head: views.Wall) -> views.Wall:
    state = running.state
    if state.stage is Stage.QUESTION:
        return _question(turn, words, running, head)
    if state.stage is Stage.ROLL:
        here = sum(mark in {Mark.HERE, Mark.LATE} for mark in state.marks.values())
        return replace(head, count=words("wall.here", n=here, of=len(running.duty)))
    return replace(head, lines=views.lines(stages.part(turn, words, running)))


def _question(turn: Look, words: Words, running: stages.Running, head: views.Wall) -> views.Wall:
    result = shared.result(turn, running.meeting)
    if result is None:
        return replace(head, lines=[words("wall.ready")])
    head = replace(head, headline=result.shown.stem)
    if not running.state.revealed:
        count = words("wall.count", answered=result.answered, of=result.of)
        return replace(head, count=count, bars=views.options(words, result))
    note = [words("verdict.why", why=result.why), shared.source_of(turn, words, running.meeting)]
    return replace(head, bars=views.bars(words, result), lines=note, shown=True)
