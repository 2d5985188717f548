"""Days without a drill, by chat: the screen, the question before it is done, and doing it."""

from dataclasses import replace
from datetime import date

from bot.chat.message import Reply
from bot.services import closing
from bot.services.caller import Caller, known, local
from bot.services.deciding import branch
from bot.store import awaited, steps
from bot.store.closings import Kind
from bot.store.turn import Reader, Turn
from bot.views import closing as views
from drills.day import Step
from drills.people import Act
from drills.settings import closable, read_closing

SHOWN = 5


def show(turn: Reader, who: Caller, unit_id: int, *, lead: str = "") -> Reply:
    """The days ahead without a drill."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    today = local(turn, unit).date()
    message = views.screen(
        who.words,
        unit=unit.name,
        unit_id=unit_id,
        closed=closing.coming(turn, unit, today)[:SHOWN],
        offered=closing.next_days(turn, unit),
        today=today,
    )
    return Reply(message=replace(message, lead=lead), replaces=True)


def ask(turn: Turn, who: Caller, unit_id: int, day: date) -> Reply:
    """What it means, before it is done; the next text is the reason. Raises Refused for a day that cannot be closed."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    today = local(turn, unit).date()
    closable(day, day, today)
    awaited.expect(turn, who.id, f"clq:{unit_id}:{day:%Y%m%d}")
    begun = day == today and Step.PUSH in steps.done(turn, known(unit.id), day)
    message = views.ask(who.words, unit=unit.name, unit_id=unit_id, day=day, today=today, begun=begun)
    return Reply(message=message, replaces=True)


def close(turn: Turn, who: Caller, unit_id: int, day: date, *, kind: Kind) -> Reply:
    """No drill that day."""
    return _close(turn, who, unit_id, views.Closed(first=day, last=day, kind=kind))


def with_reason(turn: Turn, who: Caller, unit_id: int, day: date, text: str) -> Reply:
    """The same, and why, in writing."""
    return _close(turn, who, unit_id, views.Closed(first=day, last=day, kind="no-drill", reason=text.strip()))


def write(turn: Turn, who: Caller, unit_id: int) -> Reply:
    """The next text is the days and the reason."""
    branch(turn, who, unit_id, Act.SET_DAY)
    awaited.expect(turn, who.id, f"clw:{unit_id}")
    return Reply(message=views.write(who.words))


def written(turn: Turn, who: Caller, unit_id: int, text: str) -> Reply:
    """Days and a reason as somebody writes them. Raises Refused when the days cannot be read."""
    first, last, reason = read_closing(text, who.today)
    return _close(turn, who, unit_id, views.Closed(first=first, last=last, kind="no-drill", reason=reason))


def _close(turn: Turn, who: Caller, unit_id: int, wanted: views.Closed) -> Reply:
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    done = closing.close(turn, unit, wanted, by=who.id)
    awaited.clear(turn, who.id)
    said = views.done(who.words, done.closed, local(turn, unit).date(), told=done.told)
    return show(turn, who, unit_id, lead=said)


def lift(turn: Turn, who: Caller, unit_id: int, day: date) -> Reply:
    """There is a drill after all."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    told = closing.lift(turn, unit, day, by=who.id)
    return show(turn, who, unit_id, lead=views.lifted(who.words, day, local(turn, unit).date(), told=told))
