"""Noting where an evening's recordings are, in three taps: which part, which camera, from when to when."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat.message import Reply
from bot.services import caseflow, judging, stages
from bot.services.caller import Caller, known, local
from bot.services.deciding import a_branch
from bot.services.duty import next_open, opens, previous_open
from bot.services.evening import results_of
from bot.services.handing import handed
from bot.services.setting import led
from bot.services.sittings import at
from bot.store import awaited, cases, meetings, proofs, recordings, units
from bot.store.tables import Recording, Unit
from bot.store.turn import Reader, Turn
from bot.views import proofs as proof_views
from bot.views import recordings as views
from drills.cases import Event, State
from drills.meeting import lasted
from drills.people import Act
from drills.recordings import EVENING, Part, read_span, read_whole
from drills.refused import Refused
from drills.run_sheet import Stage

WRITE = "rcw"
"""What the text is awaited for that names a camera and its times."""
CHOICE = 40
BACK = timedelta(days=14)
"""Recordings of earlier evenings are gone from most cameras' discs, or soon."""
USUAL = timedelta(minutes=15)


def home(turn: Reader, who: Caller) -> Reply:
    """/recordings: the last evening of the branch one leads; for the county's department, all of theirs."""
    tops = led(turn, who, Act.SEE_RECORDINGS)
    if len(tops) == 1 and tops[0].level == units.BRANCH:
        return show(turn, who, known(tops[0].id), latest(turn, tops[0]))
    top = tops[0]
    evening = latest(turn, top)
    return Reply(message=views.handover(who.words, handed(turn, top, evening), unit=top.name, evening=evening))


def latest(turn: Reader, unit: Unit) -> date:
    """Tonight once its card is out, else the working day before."""
    rules, moment = turn.in_force(unit.path), local(turn, unit)
    tonight = opens(turn, unit, rules, moment.date()) and moment.time() >= rules.policy.evening
    return moment.date() if tonight else previous_open(turn, unit, rules, moment.date())


def show(turn: Reader, who: Caller, unit_id: int, evening: date, *, lead: str = "") -> Reply:
    """One evening of one branch: each part with its camera and times, or missing."""
    unit = a_branch(turn, who, unit_id, Act.SEE_RECORDINGS)
    zone, there = ZoneInfo(unit.timezone), recordings.of_evening(turn, unit_id, evening)
    noted = {
        Part(part): views.Noted(r.camera, r.begins_at.astimezone(zone).time(), r.ends_at.astimezone(zone).time())
        for part, r in there.items()
    }
    stayed = {case.person_id for case, _ in results_of(turn, unit, evening)}
    may = who.may(Act.NOTE_RECORDING, unit.path)
    values = views.Evening(unit=unit.name, unit_id=unit_id, evening=evening, people=len(stayed), noted=noted, may=may)
    message = views.evening(who.words, values, today=local(turn, unit).date(), lead=lead)
    message = proof_views.with_count(who.words, message, proofs.count(turn, unit_id, evening))
    return Reply(message=message, replaces=True)


def cameras(turn: Turn, who: Caller, unit_id: int, evening: date, part: Part) -> Reply:
    """Which camera: those the branch has named before, or a new one in writing."""
    unit = a_branch(turn, who, unit_id, Act.NOTE_RECORDING)
    _still(turn, unit, evening)
    awaited.expect(turn, who.id, f"{WRITE}:{unit_id}:{evening:%Y%m%d}:{part}")
    named = [(r.camera, known(r.id)) for r in recordings.cameras(turn, unit_id)]
    message = views.cameras(who.words, named, unit_id=unit_id, evening=evening, part=part)
    return Reply(message=message, replaces=True)


def spans(turn: Reader, who: Caller, unit_id: int, evening: date, part: Part, like: int) -> Reply:
    """From when to when: as the evening really went, the usual time, or in writing."""
    unit = a_branch(turn, who, unit_id, Act.NOTE_RECORDING)
    camera = _camera(turn, unit_id, like)
    named = _suggested(turn, unit, evening, part)
    message = views.spans(who.words, named, unit_id=unit_id, evening=evening, part=part, camera=camera, like=like)
    return Reply(message=message, replaces=True)


def _suggested(turn: Reader, unit: Unit, evening: date, part: Part) -> list[tuple[time, time]]:
    rules, zone = turn.in_force(unit.path), ZoneInfo(unit.timezone)
    if part is Part.REVIEW:
        day = next_open(turn, unit, rules, evening)
        first = at(unit, day, rules.policy.review)
        usuals = [(first.time(), (first + length).time()) for length in (USUAL / 3, 2 * USUAL / 3, USUAL)]
        return list(dict.fromkeys([*_reviewed(turn, unit, day), *usuals]))
    usual = at(unit, evening, rules.policy.evening)
    spans = [(usual, usual + USUAL), (usual, usual + 2 * USUAL)]
    held = [played for _, played in results_of(turn, unit, evening)]
    begun = [played.sitting.started_at for played in held if played.sitting.started_at]
    said = [answer.at for played in held for answer in played.answers.values()]
    if begun and said:
        real = (usual, min(begun)) if part is Part.STUDY else (min(begun), max(said))
        spans.insert(0, (_down(real[0].astimezone(zone)), _up(real[1].astimezone(zone))))
    found = [(first.time(), last.time()) for first, last in spans if first < last]
    return list(dict.fromkeys(found))


def _reviewed(turn: Reader, unit: Unit, day: date) -> list[tuple[time, time]]:
    """When that day's meeting spoke of the evening, if one was held and did."""
    meeting, zone = meetings.of_day(turn, known(unit.id), day), ZoneInfo(unit.timezone)
    real = lasted(stages.load(turn, meeting).state, Stage.REVIEW) if meeting else None
    return [(_down(real[0].astimezone(zone)).time(), _up(real[1].astimezone(zone)).time())] if real else []


def _down(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _up(moment: datetime) -> datetime:
    return _down(moment) if moment == _down(moment) else _down(moment) + timedelta(minutes=1)


def note(turn: Turn, who: Caller, unit_id: int, evening: date, part: Part, like: int, span: str) -> Reply:  # noqa: PLR0913, PLR0917 -- as the button carries it
    """Note where a part is: the third tap."""
    a_branch(turn, who, unit_id, Act.NOTE_RECORDING)
    return _noted(turn, who, unit_id, evening, part, (_camera(turn, unit_id, like), *read_span(span)))


def written(turn: Turn, who: Caller, unit_id: int, evening: date, part: Part, text: str) -> Reply:
    """The same in writing: the camera and its times. Raises Refused when they cannot be read."""
    return _noted(turn, who, unit_id, evening, part, read_whole(text))


def _noted(turn: Turn, who: Caller, unit_id: int, evening: date, part: Part, said: tuple[str, time, time]) -> Reply:
    unit = a_branch(turn, who, unit_id, Act.NOTE_RECORDING)
    _still(turn, unit, evening)
    camera, first, last = said
    day = next_open(turn, unit, turn.in_force(unit.path), evening) if part is Part.REVIEW else evening
    row = Recording(
        unit_id=unit_id,
        evening=evening,
        part=part,
        camera=camera,
        begins_at=at(unit, day, first),
        ends_at=at(unit, day, last),
        by_id=who.id,
        at=turn.now,
    )
    recordings.add(turn, row)
    awaited.clear(turn, who.id)
    prove(turn, unit)
    done = who.words("recording.done", part=who.words(f"recording.{part}"))
    return show(turn, who, unit_id, evening, lead=done)


def prove(turn: Turn, unit: Unit) -> None:
    """Cases that wait for the recordings of their evening, which are now known, go to whoever judges."""
    for case in cases.of_unit(turn, known(unit.id), [State.PROVING]):
        there = recordings.of_evening(turn, known(unit.id), case.evening)
        if all(part in there for part in EVENING):
            caseflow.step(turn, case, Event.PROVE)
            judging.ask(turn, unit, case)


def _camera(turn: Reader, unit_id: int, like: int) -> str:
    row = recordings.find(turn, like)
    if row is None or row.unit_id != unit_id:
        raise Refused("unknown")
    return row.camera


def _still(turn: Reader, unit: Unit, evening: date) -> None:
    today = local(turn, unit).date()
    if evening > today or evening < today - BACK:
        raise Refused("old")
