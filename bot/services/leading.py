"""For trainers and managers, read only: the board, who has not answered, the units below, the weakest checkpoints."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.message import Button, Reply
from bot.services import caseflow, closing, ranking, tonight
from bot.services.caller import Caller, known, local
from bot.services.deciding import branch
from bot.services.duty import on_duty, opens, previous_open, recent_days
from bot.services.morning import REMINDER, morning_scores, open_makeup, unfinished
from bot.store import answers, outbox, sittings, units
from bot.store.tables import Person, Unit
from bot.store.turn import InForce, Reader, Turn
from bot.views import boards, quiz, summary
from bot.views import closing as closing_views
from drills.boards import By
from drills.people import Act
from drills.refused import Refused
from drills.sitting import Kind
from drills.windows import Span, window

CHOICE = 40  # branches offered as buttons
WEAK_MINIMUM = 10  # answers before a checkpoint is called weak
WEAK_DAYS = 5
WEAK_SHOWN = 5
WEEK = timedelta(days=7)


def home(turn: Reader, who: Caller, act: Act) -> Unit:
    """The unit this person means when none is named: the highest on which they hold a role that allows the act."""
    tops = sorted({h.path for h in who.held if who.may(act, h.path)}, key=lambda path: (path.count("/"), path))
    if not tops:
        raise Refused("no-right")
    own = who.unit.path if who.unit.path in tops and who.unit.path.count("/") == tops[0].count("/") else tops[0]
    return units.get(turn, units.ids(own)[-1])


def board(
    turn: Reader,
    who: Caller,
    unit_id: int | None = None,
    day: date | None = None,
    span: Span = Span.DAY,
    by: By | None = None,
) -> Reply:
    """A board: of today and one's own branch, or of what has been chosen from its buttons. Raises Refused for what the
    policy, or the unit, does not compare."""
    unit = branch(turn, who, unit_id, Act.SEE_BOARD) if unit_id else _own_or_led(turn, who)
    offered = ranking.scopes(unit, turn.in_force(unit.path).policy)
    by = by or offered[0]
    if by not in offered or (by is not By.PERSON and not _leads(who, unit)):
        raise Refused("no-right")
    today = local(turn, unit).date()
    days = window(span, day or today)
    values = ranking.board(turn, who, unit, days, by)
    scopes = offered if _leads(who, unit) else []
    links = boards.Links(unit=known(unit.id), day=day or today, today=today, scopes=scopes)
    return Reply(message=boards.board(who.words, values, links=links, more=_more(who, unit, values)))


def _leads(who: Caller, unit: Unit) -> bool:
    return who.may(Act.SEE_MISSING, unit.path) or who.may(Act.SEE_SUMMARY, unit.path)


def _more(who: Caller, unit: Unit, shown: boards.Board) -> list[Button]:
    """What else a leader may open from a board: of a branch's day its lists, of a unit above the units below it."""
    if unit.level != units.BRANCH:
        return [Button(who.words("summary.units"), f"u:{unit.id}")] if who.may(Act.SEE_UNITS, unit.path) else []
    if shown.by is not By.PERSON or shown.window.span is not Span.DAY:
        return []
    lists = ((Act.SEE_TONIGHT, "tonight", "tn"), (Act.SEE_MISSING, "missing", "ms"))
    may = [(key, verb) for act, key, verb in lists if who.may(act, unit.path)]
    return [Button(who.words(f"menu.{key}"), f"{verb}:{unit.id}") for key, verb in may]


def _own_or_led(turn: Reader, who: Caller) -> Unit:
    return who.unit if who.unit.level == units.BRANCH else home(turn, who, Act.SEE_BOARD)


def missing(turn: Reader, who: Caller, unit_id: int | None = None) -> Reply:
    """Who of a branch has not finished the morning's questions."""
    unit = branch(turn, who, unit_id, Act.SEE_MISSING) if unit_id else home(turn, who, Act.SEE_MISSING)
    if unit.level != units.BRANCH:
        return choose(turn, who, unit, "ms")
    closed = closing.today(turn, unit)
    if closed is not None:
        return Reply(message=closing_views.called_off(who.words, closed, local(turn, unit).date()))
    day = local(turn, unit).date()
    duty = on_duty(turn, unit, day)
    progress = sittings.progress(turn, known(unit.id), day, Kind.MORNING)
    waiting = []
    for person, left in _still_missing(turn, unit, day):
        of = progress[known(person.id)][1]
        waiting.append(boards.Waiting(name=person.name, answered=of - left, of=of))
    message = boards.missing(who.words, waiting, duty=len(duty), unit=known(unit.id), day=day)
    return Reply(message=message)


def _still_missing(turn: Reader, unit: Unit, day: date) -> list[tuple[Person, int]]:
    """Who has open questions; once the morning has closed, only who has answered nothing, in the make-up neither."""
    waiting = unfinished(turn, unit, day)
    if local(turn, unit).time() < turn.in_force(unit.path).policy.close:
        return waiting
    answered = answers.people_answered(turn, known(unit.id), day)
    return [one for one in waiting if known(one[0].id) not in answered]


def choose(turn: Reader, who: Caller, unit: Unit, verb: str) -> Reply:
    """Several branches may be meant; the answer is which."""
    below = units.branches(turn, unit.path)[:CHOICE]
    buttons = [Button(b.name, f"{verb}:{b.id}") for b in below]
    return Reply(message=boards.choose(who.words, unit=unit.name, buttons=buttons))


def nudge(turn: Turn, who: Caller, unit_id: int, day: date) -> Reply:
    """Remind only those who have not finished; each of them once a day."""
    unit = branch(turn, who, unit_id, Act.NUDGE)
    if day != who.today:
        raise Refused("old")
    policy, time = turn.in_force(unit.path).policy, local(turn, unit).time()
    if time >= policy.makeup_until or not opens(turn, unit, turn.in_force(unit.path), day):
        raise Refused("old")
    told = 0
    for person, left in _still_missing(turn, unit, day):
        if person.id == who.id:
            continue
        words = turn.words[person.language]
        if time >= policy.close:
            open_makeup(turn, person, unit, day)
            message = quiz.nudge_late(words, trainer=who.person.name, until=policy.makeup_until, day=day)
        else:
            message = quiz.reminder(words, left=left, closes=policy.close, day=day, trainer=who.person.name)
        letters = outbox.tell(turn, known(person.id), f"nudge/{day}/{person.id}", message, urgency=REMINDER)
        told += bool(letters)
    return Reply(toast=who.words("missing.nudged", n=told) if told else who.words("missing.nudged_before"))


def tonight_list(turn: Reader, who: Caller, unit_id: int | None = None) -> Reply:
    """Who of a branch stays tonight and why, as it stands."""
    unit = branch(turn, who, unit_id, Act.SEE_TONIGHT) if unit_id else home(turn, who, Act.SEE_TONIGHT)
    if unit.level != units.BRANCH:
        return choose(turn, who, unit, "tn")
    closed = closing.today(turn, unit)
    if closed is not None:
        return Reply(message=closing_views.called_off(who.words, closed, local(turn, unit).date()))
    return Reply(message=tonight.listing_message(turn, unit, local(turn, unit).date(), who.person))


def last_closed(turn: Reader, unit: Unit) -> date:
    """Today once the morning has closed; before, the working day before."""
    rules, moment = turn.in_force(unit.path), local(turn, unit)
    if opens(turn, unit, rules, moment.date()) and moment.time() >= rules.policy.close:
        return moment.date()
    return previous_open(turn, unit, rules, moment.date())


def below(turn: Reader, who: Caller, unit_id: int | None = None, day: date | None = None) -> Reply:
    """The units directly below one, each with its day (the last that has closed, unless another is named)."""
    unit = branch(turn, who, unit_id, Act.SEE_UNITS) if unit_id else home(turn, who, Act.SEE_UNITS)
    day = day or last_closed(turn, unit)
    rows = []
    for child in units.children(turn, known(unit.id)):
        branches = units.branches(turn, child.path)
        right, asked, answered, expected = day_figures(turn, branches, day)
        rows.append(
            boards.UnitRow(
                unit_id=known(child.id),
                name=child.name,
                answered=answered,
                expected=expected,
                right=right,
                asked=asked,
                is_branch=child.level == units.BRANCH,
                closed=closing.on_day(turn, child, day),
            )
        )
    up = unit.parent_id
    seen_up = up if up and who.may(Act.SEE_UNITS, units.get(turn, up).path) else None
    back = summary.back(who.words, known(unit.id), day) if who.may(Act.SEE_SUMMARY, unit.path) else None
    return Reply(message=boards.units(who.words, unit=unit.name, day=day, rows=rows, up=seen_up, back=back))


def day_figures(turn: Reader, branches: Sequence[Unit], day: date) -> tuple[int, int, int, int]:
    """Right, asked, people who answered, people expected, over some branches that opened that day."""
    right = asked = answered = expected = 0
    for unit in branches:
        if not opens(turn, unit, turn.in_force(unit.path), day):
            continue
        duty = {known(p.id) for p in on_duty(turn, unit, day)}
        scores = morning_scores(turn, unit, day)
        right += sum(s.right for s in scores)
        asked += sum(s.asked for s in scores)
        answered += len({s.key for s in scores} & duty)
        expected += len(duty)
    return right, asked, answered, expected


def worst(turn: Reader, who: Caller, unit_id: int | None = None, day: date | None = None) -> Reply:
    """The weakest checkpoints of the last days (up to today, or to the day of a summary, which they lead back to)."""
    unit = branch(turn, who, unit_id, Act.SEE_WORST) if unit_id else home(turn, who, Act.SEE_WORST)
    rules = turn.in_force(unit.path)
    days = recent_days(turn, unit, rules, day or local(turn, unit).date(), WEAK_DAYS)
    weak = weakest(turn, unit, rules, days[0], days[-1])[:WEAK_SHOWN]
    back = summary.back(who.words, known(unit.id), day) if day and who.may(Act.SEE_SUMMARY, unit.path) else None
    message = summary.worst(who.words, unit=unit.name, weak=weak, minimum=WEAK_MINIMUM, back_to=back)
    return Reply(message=message)


def weakest(turn: Reader, unit: Unit, rules: InForce, first: date, last: date) -> list[summary.Weak]:
    """Checkpoints below a unit with enough answers, the lowest rate first, each with its change against the same days a
    week before."""
    before = {t.key: t for t in answers.by_checkpoint(turn, unit.path, first - WEEK, last - WEEK)}
    weak = [
        summary.Weak(
            checkpoint=caseflow.checkpoint_name(rules, str(c.key)),
            right=c.right,
            asked=c.asked,
            change=_change(before.get(c.key), c),
        )
        for c in answers.by_checkpoint(turn, unit.path, first, last)
        if c.asked >= WEAK_MINIMUM and c.right * 10 < c.asked * 9
    ]
    return sorted(weak, key=lambda w: (w.right / w.asked, -w.asked))


def _change(before: answers.Total | None, now: answers.Total) -> int | None:
    if before is None or before.asked < WEAK_MINIMUM:
        return None
    return round(100 * now.right / now.asked) - round(100 * before.right / before.asked)
