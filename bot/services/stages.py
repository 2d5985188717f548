"""What a meeting's stage says just now, on the host's card and on the wall."""

from dataclasses import dataclass
from datetime import timedelta

from bot.chat.words import Words
from bot.services import caseflow, reviewing, shared
from bot.services.caller import known
from bot.services.duty import on_duty, previous_open
from bot.store import absences, meetings, people, scenes, units
from bot.store.tables import Meeting, Person, Unit
from bot.store.turn import Reader
from bot.views import meeting as views
from drills.meeting import State, fold, present
from drills.run_sheet import Stage, read_begun
from drills.study import source_of

LIFE = timedelta(hours=1)
"""So long the wall screen's link is good: longer than any meeting."""


def path(meeting_id: int) -> str:
    """The wall screen's path."""
    return f"/meeting/{meeting_id}"


def link(turn: Reader, meeting: Meeting) -> str:
    """Its address; empty where the program has none that people could reach, and when its hour is over."""
    until = meeting.started_at + LIFE
    return turn.site.link(path(known(meeting.id)), until) if turn.site and turn.now < until else ""


@dataclass(frozen=True, slots=True)
class Running:
    """A meeting as it stands, with those on duty."""

    meeting: Meeting
    unit: Unit
    state: State
    duty: list[Person]

    @property
    def there(self) -> list[Person]:
        """Who takes part."""
        ids = set(present(self.state, [known(p.id) for p in self.duty]))
        return [p for p in self.duty if p.id in ids]


def load(turn: Reader, meeting: Meeting) -> Running:
    """A meeting as it stands."""
    unit = units.get(turn, meeting.unit_id)
    state = fold(read_begun(meeting.minutes), meetings.events(turn, known(meeting.id)))
    return Running(meeting, unit, state, on_duty(turn, unit, meeting.day))


def part(turn: Reader, words: Words, running: Running) -> views.Part:  # noqa: PLR0911 -- one for each stage
    """What its stage says, and the buttons of that stage."""
    state, meeting = running.state, known(running.meeting.id)
    rules, day = turn.in_force(running.unit.path), running.meeting.day
    named = people.many(turn, {*state.cast, *(p for group in state.pairs for p in group)})
    match state.stage:
        case Stage.ROLL:
            called = [(known(p.id), p.name, state.marks.get(known(p.id))) for p in running.duty]
            everybody = {known(p.id): p.name for p in people.on_unit(turn, known(running.unit.id)) if p.post}
            return views.roll(words, meeting, called, [everybody[p] for p in absences.away(turn, everybody, day)])
        case Stage.LOOK:
            groups = [[named[p].name for p in group] for group in state.pairs]
            return views.look(words, groups, rules.sayings.look_of(day))
        case Stage.REVIEW:
            results = reviewing.results_of(turn, running.unit, previous_open(turn, running.unit, rules, day))
            praise = [words("review.praise_one", name=r.name, of=r.of, right=r.right) for r in results if r.passed]
            points = list(dict.fromkeys(r.checkpoint for r in results))
            return views.review(words, meeting, praise, points, held=state.reviewed is not None)
        case Stage.QUESTION:
            return _question(turn, words, running)
        case Stage.SCENE:
            return views.scene(words, [named[p].name for p in state.cast], _scene(turn, running))
        case Stage.RULE:
            return _rule(turn, words, running)
        case Stage.SLOGAN:
            return rules.sayings.slogan_of(day) or words("run.no_slogan"), ()


def _scene(turn: Reader, running: Running) -> str:
    """What is acted: the scene by its title; where the content has none for those who are here, the weakest point."""
    rules, run = (
        turn.in_force(running.unit.path),
        scenes.of_meeting(turn, known(running.unit.id), running.meeting.day),
    )
    if run is not None and run.scene in rules.scenes:
        return rules.scenes[run.scene].title
    return caseflow.checkpoint_name(rules, running.meeting.checkpoint)


def _question(turn: Reader, words: Words, running: Running) -> views.Part:
    meeting, state = running.meeting, running.state
    result = shared.result(turn, meeting) if state.asked else None
    if result is not None:
        if state.revealed:
            return views.revealed(words, result)
        return views.asked(words, known(meeting.id), meeting.unit_id, result)
    if not running.there or not shared.choose(turn, running.unit, meeting, running.there):
        return views.no_question(words)
    return views.to_ask(words, known(meeting.id), len(running.there))


def _rule(turn: Reader, words: Words, running: Running) -> views.Part:
    bank, code = turn.in_force(running.unit.path).bank, running.meeting.checkpoint
    checkpoint = bank.checkpoints.get(code)
    if checkpoint is None:
        return words("run.no_rule"), ()
    return views.rule(words, checkpoint.name, checkpoint.material, source_of(bank, code, running.meeting.day))
