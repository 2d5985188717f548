"""The end of a sitting: figures in the morning, a case's outcome in the evening, another go at a critical item."""

from bot.chat.message import Button, Message, Reply
from bot.services import closing, evening, live, retrying
from bot.services.asking import Played
from bot.services.caller import Caller, known
from bot.services.duty import on_duty, recent_days
from bot.services.morning import open_makeup
from bot.store import absences, answers, units
from bot.store.turn import Reader, Turn
from bot.views import closing as closing_views
from bot.views import quiz
from bot.views.text import clock
from drills.boards import Streak, streak

STREAK_DAYS = 260  # a working year; longer streaks are shown as that many


def after_answer(turn: Turn, who: Caller, played: Played) -> None:
    """What the last answer brings about: an evening's case is passed or comes again, the group's count goes up."""
    if played.next_slot() is not None:
        return
    if played.sitting.kind == "evening":
        evening.settle(turn, who, played)
    elif played.sitting.kind == "morning":
        live.show(turn, units.get(turn, played.sitting.unit_id), played.sitting.day)


def finish(turn: Turn, who: Caller, played: Played, *, lead: str = "") -> Message:
    """The message at the end of a sitting."""
    match played.sitting.kind:
        case "evening" if evening.decided(turn, played):
            return evening.outcome_message(turn, who, played, lead=lead)
        case "evening" if message := evening.scene_message(turn, who, played, lead=lead):
            return message
        case "retry":
            return retrying.finish(turn, who, played, lead=lead)
        case "morning" | "makeup":
            return quiz.finished(who.words, figures(turn, who, played), lead=lead, counted=_all_counted(played))
        case _:
            return quiz.finished(who.words, _plain(who, played), lead=lead, counted=False)


def figures(turn: Reader, who: Caller, played: Played) -> quiz.Finish:
    """The figures of a morning, and the critical items still to be answered once more."""
    sitting = played.sitting
    unit = units.get(turn, sitting.unit_id)
    duty = {known(p.id) for p in on_duty(turn, unit, sitting.day)}
    answered = answers.people_answered(turn, sitting.unit_id, sitting.day)
    extra = (who.words("finish.makeup"),) if sitting.kind == "makeup" else ()
    return quiz.Finish(
        right=sum(a.right for a in played.answers.values()),
        of=len(played.slots),
        seconds=_seconds(played),
        streak=own_streak(turn, who).days,
        answered=len(answered & duty),
        expected=len(duty),
        extra=extra,
        critical=_critical(who, played),
    )


def own_streak(turn: Reader, who: Caller) -> Streak:
    """Working days in a row with at least one counted answer; leave is neutral, and so are the first days a month that
    were missed. What lies before somebody's first answer was not missed."""
    days = recent_days(turn, who.unit, who.rules, who.today, STREAK_DAYS)
    answered = answers.days_answered(turn, who.id, days[0])
    began = [day for day in days if day >= min(answered, default=who.today)]
    leave = absences.days_away(turn, who.id, days[0], who.today)
    return streak(answered, began[::-1], leave, who.today, who.rules.policy.streak_freezes)


def spare_days(turn: Reader, who: Caller) -> tuple[int, int]:
    """The streak, and on how many more days of this month no answer leaves it as it is."""
    now = own_streak(turn, who)
    used = sum((day.year, day.month) == (who.today.year, who.today.month) for day in now.frozen)
    return now.days, who.rules.policy.streak_freezes - used


def offer_makeup(turn: Turn, who: Caller, played: Played) -> Reply:
    """The morning has closed before the first answer: the questions may be made up for until the afternoon."""
    policy, closed = who.rules.policy, closing.today(turn, who.unit)
    if closed is not None:
        return Reply(message=closing_views.called_off(who.words, closed, who.today), replaces=True)
    if who.local.time() >= policy.makeup_until or played.sitting.day != who.today:
        return Reply(message=Message(body=who.words("today.over")), replaces=True)
    sitting = open_makeup(turn, who.person, who.unit, who.today)
    body = who.words("makeup.offer", closes=clock(policy.close), until=clock(policy.makeup_until))
    button = Button(who.words("makeup.start"), f"s:{sitting}")
    return Reply(message=Message(body=body, buttons=((button,),)), replaces=True)


def _critical(who: Caller, played: Played) -> tuple[tuple[int, str], ...]:
    checkpoints = who.rules.bank.checkpoints
    missed = [s for s in played.slots if (a := played.answers.get(known(s.id))) and a.counted and not a.right]
    critical = {s.checkpoint: s for s in missed if s.checkpoint in checkpoints and checkpoints[s.checkpoint].critical}
    return tuple((known(s.id), checkpoints[code].name) for code, s in critical.items())


def _all_counted(played: Played) -> bool:
    return any(a.counted for a in played.answers.values())


def _plain(who: Caller, played: Played) -> quiz.Finish:
    right = sum(a.right for a in played.answers.values())
    extra = (who.words("finish.practice"),)
    return quiz.Finish(right=right, of=len(played.slots), seconds=_seconds(played), extra=extra)


def _seconds(played: Played) -> int:
    start = played.sitting.started_at or played.sitting.opened_at
    last = max((a.at for a in played.answers.values()), default=start)
    return max(1, round((last - start).total_seconds()))
