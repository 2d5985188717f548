"""A unit's own run sheet: which stages the meeting has, in what order, and how long each takes. A meeting that
is running keeps the sheet it began with."""

from datetime import time, timedelta

from bot.chat.message import Reply
from bot.services import setting
from bot.services.caller import Caller, known, local
from bot.services.deciding import branch
from bot.services.sittings import at
from bot.store import units
from bot.store.tables import Unit
from bot.store.turn import Reader, Turn
from bot.views import run_sheet as views
from drills.people import Act
from drills.policy import Policy
from drills.refused import Refused
from drills.run_sheet import Sheet, Stage, lasting, placed, total, write_sheet
from drills.settings import Name


def show(turn: Reader, who: Caller, unit_id: int, *, lead: str = "") -> Reply:
    """The whole sheet, with a button for each stage."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    return Reply(message=views.screen(who.words, _state(turn, who, unit), lead=lead), replaces=True)


def show_stage(turn: Reader, who: Caller, unit_id: int, stage: str, *, lead: str = "") -> Reply:
    """One stage, and what may be done with it."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    return Reply(message=views.one(who.words, _state(turn, who, unit), _stage(stage), lead=lead), replaces=True)


def last(turn: Turn, who: Caller, unit_id: int, stage: str, minutes: int) -> Reply:
    """A stage takes so many minutes; none leaves it out."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    return _put(turn, who, unit, _stage(stage), lasting(_coming(turn, unit).sheet, _stage(stage), minutes))


def place(turn: Turn, who: Caller, unit_id: int, stage: str, at_place: int) -> Reply:
    """A stage comes at this place (0: first)."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    return _put(turn, who, unit, _stage(stage), placed(_coming(turn, unit).sheet, _stage(stage), at_place))


def usual(turn: Turn, who: Caller, unit_id: int) -> Reply:
    """As the unit above has it."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    (done,) = setting.put(turn, unit, {Name.STAGES: ""}, who.id)
    return show(turn, who, unit_id, lead=setting.told(turn, who.words, unit, done))


def _put(turn: Turn, who: Caller, unit: Unit, stage: Stage, sheet: Sheet) -> Reply:
    (done,) = setting.put(turn, unit, {Name.STAGES: write_sheet(sheet)}, who.id)
    return show_stage(turn, who, known(unit.id), stage, lead=setting.told(turn, who.words, unit, done))


def _stage(said: str) -> Stage:
    try:
        return Stage(said)
    except ValueError:
        raise Refused("unknown") from None


def _coming(turn: Reader, unit: Unit) -> Policy:
    """The day as it will be: what was changed while a meeting is on holds from tomorrow, and is what one goes on
    changing."""
    tomorrow = at(unit, local(turn, unit).date() + timedelta(days=1), time(0))
    return turn.in_force(unit.path, tomorrow).policy


def _state(turn: Reader, who: Caller, unit: Unit) -> views.State:
    one = next(v for v in setting.state(turn, unit).values if v.name is Name.STAGES)
    return views.State(
        unit=unit.name,
        unit_id=known(unit.id),
        sheet=_coming(turn, unit).sheet,
        begins=_coming(turn, unit).review,
        standard=total(turn.in_force("/").policy.sheet),
        own=one.own or bool(one.later),
        later=bool(one.later),
        host=unit.level == units.BRANCH and who.may(Act.HOST, unit.path),
    )
