"""The meeting: who leads it opens its card and goes through the run sheet. It stands in its events, not in a phone: any
other who may lead goes on where it stopped."""

from random import Random

from bot.chat.message import Reply
from bot.services import acting, minutes, reviewing, shared
from bot.services.caller import Caller, known, local
from bot.services.duty import opens, previous_open
from bot.services.leading import CHOICE
from bot.services.setting import led
from bot.services.stages import Running, link, load, part
from bot.store import meetings, units
from bot.store.tables import Meeting, Unit
from bot.store.turn import Reader, Turn
from bot.views import meeting as views
from drills.meeting import Event, Mark, Note, cast, left, pairs, write_ids
from drills.people import Act
from drills.refused import Refused
from drills.run_sheet import Stage, held
from drills.scenes import Occasion


def home(turn: Reader, who: Caller) -> Reply:
    """/meeting: that of the branch one leads, or which of several; of whoever is named for today, that of their own
    branch."""
    named = named_today(turn, who)
    leads = any(who.may(Act.HOST, h.path) for h in who.held)
    branches = {who.unit.path: who.unit} if named else {}
    for top in led(turn, who, Act.HOST) if leads or not named else ():
        branches |= {b.path: b for b in units.branches(turn, top.path)}
    if len(branches) == 1:
        (only,) = branches.values()
        return Reply(message=show(turn, who, known(only.id)).message)
    choice = [(b.name, known(b.id)) for b in list(branches.values())[:CHOICE]]
    return Reply(message=views.which(who.words, choice))


def named_today(turn: Reader, who: Caller) -> bool:
    """Whether somebody was named to lead today's meeting of the branch where they work."""
    if who.unit.level != units.BRANCH:
        return False
    person = reviewing.named(turn, who.unit, local(turn, who.unit).date())
    return person is not None and person.id == who.id


def show(turn: Reader, who: Caller, unit_id: int) -> Reply:
    """A branch's meeting of today: still ahead, at its stage, or its minutes."""
    unit = _branch(turn, who, unit_id)
    day = local(turn, unit).date()
    meeting = meetings.of_day(turn, unit_id, day)
    if meeting is not None:
        return _card(turn, who, load(turn, meeting))
    rules = turn.in_force(unit.path)
    if not opens(turn, unit, rules, day):
        raise Refused("meeting-day")
    ahead = views.Ahead(
        unit=unit.name,
        unit_id=unit_id,
        sheet=rules.policy.sheet,
        at=max(rules.policy.review, local(turn, unit).time()),
        may_set=who.may(Act.SET_DAY, unit.path),
        earlier=minutes.first_page(turn, who, unit) is not None,
    )
    return Reply(message=views.start(who.words, ahead), replaces=True)


def begin(turn: Turn, who: Caller, unit_id: int) -> Reply:
    """It begins; where it has, it is shown as it stands."""
    unit = _branch(turn, who, unit_id)
    rules, day = turn.in_force(unit.path), local(turn, unit).date()
    if not opens(turn, unit, rules, day):
        raise Refused("meeting-day")
    meeting = Meeting(
        unit_id=unit_id,
        day=day,
        host_id=who.id,
        edition_id=rules.edition_id,
        minutes=[[stage, n] for stage, n in held(rules.policy.sheet)],
        checkpoint=shared.focus(turn, unit, rules, day),
        started_at=turn.now,
    )
    if meetings.begin(turn, meeting):
        running = load(turn, meeting)
        _enter(turn, who, running, running.state.stage)
    return show(turn, who, unit_id)


def step(turn: Turn, who: Caller, meeting_id: int, stage: str, *, back: bool = False) -> Reply:
    """To the next stage or the one before, if the meeting still is at the stage the button stood under."""
    running = _led(turn, who, meeting_id)
    if running.state.running and running.state.stage == stage:
        to = running.state.before() if back else running.state.following()
        if stage == Stage.QUESTION:
            _reveal(turn, who, running)
        if to is not None:
            _enter(turn, who, running, to)
    return _again(turn, who, running)


def mark(turn: Turn, who: Caller, meeting_id: int, person_id: int, said: str) -> Reply:
    """The roll says something of somebody on duty."""
    running = _led(turn, who, meeting_id)
    person = next((p for p in running.duty if p.id == person_id), None)
    if person is None or said not in set(Mark):
        raise Refused("unknown")
    if running.state.running and running.state.marks.get(person_id) != said:
        _note(turn, who, running, Note.MARK, said, about=person_id)
        if running.state.asked and not running.state.revealed and said in {Mark.HERE, Mark.LATE}:
            shared.send(turn, running.unit, running.meeting, person, running.state.asked)
    return _again(turn, who, running)


def rest_here(turn: Turn, who: Caller, meeting_id: int) -> Reply:
    """Whoever has not been called is here."""
    running = _led(turn, who, meeting_id)
    for person in running.duty if running.state.running else ():
        if known(person.id) not in running.state.marks:
            _note(turn, who, running, Note.MARK, Mark.HERE, about=person.id)
    return _again(turn, who, running)


def reviewed(turn: Turn, who: Caller, meeting_id: int) -> Reply:
    """Last night was spoken of: the same record as the review's own button makes."""
    running = _led(turn, who, meeting_id)
    if running.state.running and running.state.reviewed is None:
        last = previous_open(turn, running.unit, turn.in_force(running.unit.path), running.meeting.day)
        n = reviewing.record(turn, who, running.unit, last)
        _note(turn, who, running, Note.REVIEWED, str(n))
    return _again(turn, who, running)


def ask(turn: Turn, who: Caller, meeting_id: int) -> Reply:
    """The shared question goes to everybody present."""
    running = _led(turn, who, meeting_id)
    if running.state.running and not running.state.asked and running.there:
        code = shared.choose(turn, running.unit, running.meeting, running.there)
        if not code:
            raise Refused("no-question")
        _note(turn, who, running, Note.ASK, code)
        for person in running.there:
            shared.send(turn, running.unit, running.meeting, person, code)
    return _again(turn, who, running)


def reveal(turn: Turn, who: Caller, meeting_id: int) -> Reply:
    """Its result is shown."""
    running = _led(turn, who, meeting_id)
    _reveal(turn, who, running)
    return _again(turn, who, running)


def sure(turn: Reader, who: Caller, meeting_id: int) -> Reply:
    """Whether to end with stages left."""
    running = _led(turn, who, meeting_id)
    if not running.state.running:
        return _card(turn, who, running)
    every = running.state.stages
    ahead = len(every) - 1 - every.index(running.state.stage)
    return Reply(message=views.sure(who.words, meeting_id, known(running.unit.id), ahead), replaces=True)


def end(turn: Turn, who: Caller, meeting_id: int) -> Reply:
    """It is over; the minutes are told."""
    running = _led(turn, who, meeting_id)
    if running.state.running:
        minutes.end(turn, running.meeting, who.id)
    return _again(turn, who, running)


def _branch(turn: Reader, who: Caller, unit_id: int) -> Unit:
    """The branch, if this person leads its meeting today. The same word whether it exists or not."""
    unit = units.find(turn, unit_id)
    if unit is None or unit.level != units.BRANCH or not reviewing.leads_today(turn, who, unit):
        raise Refused("no-right")
    return unit


def _led(turn: Reader, who: Caller, meeting_id: int) -> Running:
    meeting = meetings.find(turn, meeting_id)
    if meeting is None:
        raise Refused("no-right")
    unit = _branch(turn, who, meeting.unit_id)
    if meeting.day != local(turn, unit).date():
        raise Refused("old")
    return load(turn, meeting)


def _again(turn: Reader, who: Caller, running: Running) -> Reply:
    return _card(turn, who, load(turn, running.meeting))


def _note(turn: Turn, who: Caller, running: Running, note: Note, value: str = "", *, about: int | None = None) -> None:
    meetings.note(turn, running.meeting, Event(note=note, at=turn.now, by=who.id, about=about, value=value))


def _enter(turn: Turn, who: Caller, running: Running, stage: Stage) -> None:
    """A stage begins. What is drawn for it is drawn the first time, by dice that fall the same again."""
    _note(turn, who, running, Note.ENTER, stage)
    ids, rng = {known(p.id) for p in running.there}, Random(f"{stage}/{running.meeting.id}")
    if stage is Stage.LOOK and not running.state.pairs:
        groups = ";".join(write_ids(group) for group in pairs(ids, rng))
        _note(turn, who, running, Note.PAIRS, groups)
    if stage is Stage.SCENE and not running.state.cast:
        _note(turn, who, running, Note.CAST, write_ids(_begin_scene(turn, running, rng) or cast(ids, rng)))


def _begin_scene(turn: Turn, running: Running, rng: Random) -> tuple[int, ...]:
    """The scene of the day begins with some of those who are here: who acts, who is the customer, who observes. Nobody
    where the content has no scene for them."""
    unit, day = running.unit, running.meeting.day
    found = acting.of_the_day(turn, unit, day, running.there, rng)
    if found is None:
        return ()
    code, drawn = found
    acting.begin(turn, unit, day, code, drawn, occasion=Occasion.MEETING)
    return drawn.actor, drawn.partner, drawn.observer


def _reveal(turn: Turn, who: Caller, running: Running) -> None:
    if running.state.running and running.state.asked and not running.state.revealed:
        _note(turn, who, running, Note.REVEAL)
        shared.close(turn, running.meeting)


def _card(turn: Reader, who: Caller, running: Running) -> Reply:
    state, meeting = running.state, running.meeting
    if not state.running:
        return minutes.read(turn, who, running.unit, meeting)
    every, total = state.stages, state.minutes
    head = views.Head(
        meeting=known(meeting.id),
        stage=state.stage,
        place=every.index(state.stage) + 1,
        of=len(every),
        minutes=total,
        spent=max(0, total - -(-int(left(state, turn.now).total_seconds()) // 60)),
    )
    return Reply(
        message=views.frame(who.words, head, part(turn, who.words, running), wall=link(turn, meeting)), replaces=True
    )
