"""The values of a day that a unit sets for itself: what holds and who says so, and changing it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.chat.message import Reply
from bot.chat.words import Words
from bot.services import closing
from bot.services.caller import Caller, known, local
from bot.services.deciding import branch
from bot.services.duty import next_open, opens
from bot.services.leading import CHOICE
from bot.services.morning import PUSH
from bot.services.sittings import at
from bot.store import awaited, links, meetings, outbox, settings, steps, units
from bot.store.tables import Person, Unit
from bot.store.turn import Reader, Turn
from bot.views import quiz
from bot.views import settings as views
from drills.people import Act
from drills.policy import Policy
from drills.refused import Refused
from drills.settings import ANCHOR, Name, lay, read, still_today, value_of

_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A value that was changed, or (`same`) had been said already: from which day it holds, and whether the first step
    that hangs on it had been taken today."""

    name: Name
    after: str
    day: date
    begun: bool
    same: bool


def home(turn: Reader, who: Caller) -> Reply:
    """/settings: the unit one leads, or which of several."""
    tops = led(turn, who)
    return show(turn, who, known(tops[0].id)) if len(tops) == 1 else _which(who, tops)


def led(turn: Reader, who: Caller, act: Act = Act.SET_DAY) -> list[Unit]:
    """The units on which this person may do that, without those below another of them. Raises Refused("no-right")."""
    paths = sorted({h.path for h in who.held if who.may(act, h.path)})
    tops = [path for path in paths if not any(path != top and path.startswith(top) for top in paths)]
    if not tops:
        raise Refused("no-right")
    return [units.get(turn, units.ids(path)[-1]) for path in tops]


def _which(who: Caller, led: list[Unit]) -> Reply:
    return Reply(message=views.which(who.words, [(unit.name, known(unit.id)) for unit in led[:CHOICE]]))


def below(turn: Reader, who: Caller, unit_id: int) -> Reply:
    """The units directly below, each with settings of its own."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    reply = _which(who, list(units.children(turn, known(unit.id))))
    return Reply(message=reply.message, replaces=True)


def show(turn: Reader, who: Caller, unit_id: int, *, lead: str = "") -> Reply:
    """What holds on a unit now, and where it comes from."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    now = replace(state(turn, unit), host=who.may(Act.HOST, unit.path))
    return Reply(message=views.screen(who.words, now, lead=lead), replaces=True)


def state(turn: Reader, unit: Unit) -> views.State:
    """The values of a unit, with who says each, what is to come, and the next closed day."""
    day = local(turn, unit).date()
    later = at(unit, day + timedelta(days=1), _MIDNIGHT)
    policy, then = turn.in_force(unit.path).policy, turn.in_force(unit.path, later).policy
    held = turn.held(unit.path)
    values = [
        views.Value(
            name=name,
            value=value_of(policy, name),
            said_by=_speaker(turn, unit, held[name].unit) if name in held else "",
            own=name in held and held[name].unit == unit.id,
            later=value_of(then, name) if value_of(then, name) != value_of(policy, name) else "",
        )
        for name in Name
    ]
    return views.State(
        unit=unit.name,
        unit_id=known(unit.id),
        at_branch=unit.level == units.BRANCH,
        values=values,
        policy=policy,
        later_day=next_open(turn, unit, turn.in_force(unit.path), day),
        closed=closing.coming(turn, unit, day)[:1],
        today=day,
    )


def _speaker(turn: Reader, unit: Unit, unit_id: int) -> str:
    return unit.name if unit_id == unit.id else units.get(turn, unit_id).name


def choose(turn: Reader, who: Caller, unit_id: int, name: str) -> Reply:
    """One value: what it may be, with a few as buttons."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    one = next((v for v in state(turn, unit).values if v.name == name and name in views.CHOICES), None)
    if one is None:
        raise Refused("unknown")
    return Reply(message=views.choose(who.words, one, unit=unit.name, unit_id=unit_id), replaces=True)


def write(turn: Turn, who: Caller, unit_id: int, name: str) -> Reply:
    """The next text is the value."""
    branch(turn, who, unit_id, Act.SET_DAY)
    if name not in views.CHOICES:
        raise Refused("unknown")
    awaited.expect(turn, who.id, f"stw:{unit_id}:{name}")
    return Reply(message=views.write(who.words, Name(name)))


def change(turn: Turn, who: Caller, unit_id: int, name: str, text: str) -> Reply:
    """Set one value (empty: as above it), and show what holds now. Raises Refused for a value out of its bounds."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    if name not in set(Name):
        raise Refused("unknown")
    (done,) = put(turn, unit, {Name(name): text}, who.id)
    awaited.clear(turn, who.id)
    return show(turn, who, unit_id, lead=told(turn, who.words, unit, done))


def told(turn: Reader, words: Words, unit: Unit, done: Change) -> str:
    """What a change brings about, in words."""
    if done.same:
        return views.same(words, done.name, done.after)
    then = turn.in_force(unit.path, at(unit, done.day, _MIDNIGHT)).policy
    line = views.changed(words, done.name, done.after, then)
    line += views.since(words, done.name, done.day, local(turn, unit).date(), begun=done.begun)
    return line if unit.level == units.BRANCH else line + words("setting.unless_own")


def put(turn: Turn, unit: Unit, values: Mapping[Name, str], by: int | None) -> list[Change]:
    """Set values of a unit. Each holds from today if nothing of today hangs on it yet, on a unit above branches from
    tomorrow: some of its branches may have begun. Raises Refused, and nothing is set, for one out of its bounds."""
    day = local(turn, unit).date()
    kept = {name: read(name, text) if text.strip() else "" for name, text in values.items()}
    changes = []
    for name, value in kept.items():
        before, after = turn.in_force(unit.path).policy, _after(turn, unit, name, value)
        if value and value_of(after, name) != value:
            raise Refused("set-unfit")
        begun = _begun(turn, unit, name)
        today = not begun and _from_today(turn, unit, name, before, after)
        since = day if today else date.fromordinal(day.toordinal() + 1)
        same = _said(turn, unit, name, value)
        if not same:
            settings.say(turn, known(unit.id), {name: value}, at(unit, since, _MIDNIGHT), by)
        first = day if today else next_open(turn, unit, turn.in_force(unit.path), day)
        changes.append(Change(name=name, after=value_of(after, name), day=first, begun=begun, same=same))
    return changes


def _begun(turn: Reader, unit: Unit, name: Name) -> bool:
    """Whether what is the first of a day to use this value has begun today."""
    day = local(turn, unit).date()
    if name is Name.STAGES:
        return meetings.of_day(turn, known(unit.id), day) is not None
    return opens(turn, unit, turn.in_force(unit.path), day) and ANCHOR[name][1] in steps.done(turn, known(unit.id), day)


def _from_today(turn: Reader, unit: Unit, name: Name, before: Policy, after: Policy) -> bool:
    moment = local(turn, unit)
    if unit.level != units.BRANCH or not opens(turn, unit, turn.in_force(unit.path), moment.date()):
        return False
    done = steps.done(turn, known(unit.id), moment.date())
    return name not in ANCHOR or still_today(name, before, after, moment.time(), done)


def _after(turn: Reader, unit: Unit, name: Name, value: str) -> Policy:
    """The policy with this value: the unit's own, or else what the units above it say."""
    values = {n: held.value for n, held in turn.held(unit.path).items() if n != name}
    above = turn.held(unit.path.removesuffix(f"{unit.id}/")).get(name)
    new = value or (above.value if above else "")
    return lay(turn.in_force("/").policy, values | {name: new})


def _said(turn: Reader, unit: Unit, name: Name, value: str) -> bool:
    """Whether the unit says just this already, today and from tomorrow."""
    tomorrow = turn.now + timedelta(days=1, hours=1)
    return all(_own(turn, unit, name, when) == value for when in (turn.now, tomorrow))


def _own(turn: Reader, unit: Unit, name: Name, when: datetime) -> str:
    held = turn.held(unit.path, when).get(name)
    return held.value if held and held.unit == unit.id else ""


def try_out(turn: Turn, who: Caller, unit_id: int) -> Reply:
    """The leader's button: how the next push will look, as a letter to themselves."""
    unit = branch(turn, who, unit_id, Act.SET_DAY)
    send_test(turn, who.person, unit)
    return Reply(toast=who.words("test.sent"))


def send_test(turn: Turn, person: Person, unit: Unit) -> tuple[date, time]:
    """A letter to somebody, by the real outbox and channel, that shows how the next push of a branch will look. It is
    counted nowhere. Returns that push's day and time. Raises Refused when nobody can be reached there."""
    if known(person.id) not in links.reachable(turn, [known(person.id)]):
        raise Refused("test-unreachable", name=person.name)
    now = local(turn, unit)
    rules = turn.in_force(unit.path)
    today = opens(turn, unit, rules, now.date()) and now.time() < rules.policy.push
    day = now.date() if today else next_open(turn, unit, rules, now.date())
    policy = turn.in_force(unit.path, at(unit, day, _MIDNIGHT)).policy
    words = turn.words[person.language]
    looks = quiz.push(words, n=policy.dose, closes=policy.close, day=day)
    message = views.test(words, looks, day=day, at=policy.push, today=now.date())
    outbox.tell(turn, known(person.id), f"test/{person.id}/{round(turn.now.timestamp() * 1000)}", message, urgency=PUSH)
    return day, policy.push
