"""Who stays tonight, and why. Tiers: A answers once more in chat, B stays, C makes up, watch is for the trainer only.

Plan SP-40 (whoever has a problem stays the same evening) read with the defaults of DESIGN §9: a first miss of a
critical item keeps nobody; the second within the window does; weak figures over several days do; silence is made up
for. Read to the letter (anything under 80 % today stays) it would keep nine in ten of the good at least once a month
(learning facts §6.2)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from drills import silence
from drills.policy import Policy
from drills.questions import Checkpoint
from drills.sitting import Kind


class Tier(StrEnum):
    """What follows."""

    NOW = "A"  # once more in chat, three minutes, at once
    STAYS = "B"  # a case for this evening, once a trainer confirms it
    MAKEUP = "C"  # the morning's questions until the afternoon
    WATCH = "watch"  # nothing; the trainer knows


class Rule(StrEnum):
    """The rule that says so."""

    CRITICAL_AGAIN = "critical-again"  # a critical item missed today, and before within the window
    ROLLING = "rolling"  # weak figures over the last working days
    CRITICAL_FIRST = "critical-first"  # a critical item missed today for the first time in the window
    NO_ANSWER = "no-answer"  # silent today
    NO_ANSWER_TWICE = "no-answer-twice"  # silent today and on the duty day before; or on the two before today
    FINDING = "finding"  # somebody saw it: a mystery shopper, a recording, an inspector on the spot
    FAILED_SCENE = "failed-scene"  # a scene failed again, or something forbidden was said in it
    NEAR = "near"  # figures near the line, or under it with a case open or just passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One counted first attempt: `answer` its id, `kind` the sitting's (drills.sitting.COUNTED)."""

    answer: int
    question: str
    checkpoint: str
    day: date
    right: bool
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """One person before the rules. `answers`: counted ones since `repeat_days` ago and over all recent working days,
    oldest first. `empty_days`: working days on duty without any of them. `open_checkpoints`: with a case not
    finished. `spared`: passed an evening within `spare_days`, so that figures from before it keep nobody a second
    time. `unanswered`: what the last questions left lying are about, in their order. `settled`: no-shows before this
    day have had their case already."""

    person: int
    on_duty: bool
    answers: tuple[Told, ...]
    empty_days: tuple[date, ...]
    open_checkpoints: frozenset[str] = frozenset()
    spared: bool = False
    unanswered: tuple[str, ...] = ()
    settled: date = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One person named by one rule, with the evidence a sentence needs: the misses, oldest first, for rules on figures
    the right answers out of those asked in the window, for no-shows their days."""

    person: int
    tier: Tier
    rule: Rule
    checkpoint: str = ""
    evidence: tuple[Told, ...] = ()
    right: int = 0
    asked: int = 0
    days: tuple[date, ...] = ()


_TIERS = (Tier.STAYS, Tier.NOW, Tier.MAKEUP, Tier.WATCH)
_RULES = (Rule.CRITICAL_AGAIN, Rule.ROLLING, Rule.CRITICAL_FIRST, Rule.NO_ANSWER_TWICE, Rule.NO_ANSWER, Rule.NEAR)


def who_stays(
    day: date,
    staff: Sequence[Staff],
    checkpoints: Mapping[str, Checkpoint],
    policy: Policy,
    recent_days: Sequence[date],
) -> tuple[Call, ...]:
    """Everybody some rule names today: B first (critical items, then the lowest rate, then two no-shows), then A, C
    (twice silent first) and watch. `recent_days` are the branch's last working days, today included, oldest first.
    Nobody has more than one B; a second critical item of theirs is asked once more in chat. People off duty are left
    out of everything, and so are checkpoints that `checkpoints`, the bank in force, does not know: nothing could be
    asked about them."""
    calls = [call for one in staff if one.on_duty for call in _calls(day, one, checkpoints, policy, recent_days)]
    return tuple(sorted(calls, key=_place))


def _place(call: Call) -> tuple[int, int, Fraction, int]:
    rate = Fraction(call.right, call.asked) if call.asked else Fraction(0)
    return _TIERS.index(call.tier), _RULES.index(call.rule), rate, call.person


def _calls(
    day: date, one: Staff, checkpoints: Mapping[str, Checkpoint], policy: Policy, recent_days: Sequence[date]
) -> list[Call]:
    since = day - timedelta(days=policy.repeat_days)
    again, first = _critical(_news(day, one, recent_days), _standing(one.answers, since, policy), checkpoints, one)
    no_shows = _no_shows(day, one, checkpoints, recent_days)
    if day in one.empty_days:
        return [*(again or no_shows)[:1], _silent(day, one, recent_days)]
    if again:
        return [again[0], *(replace(call, tier=Tier.NOW) for call in again[1:]), *first]
    figures = _figures(one, checkpoints, policy, recent_days)
    if figures and figures.tier is Tier.STAYS:
        return [*first, figures]
    return [*no_shows, *first, *([figures] if figures else [])]


def _asked(one: Staff, recent_days: Sequence[date]) -> list[date]:
    """The days on which somebody was asked, as far as the rules look back."""
    spoke = {t.day for t in one.answers}
    return [d for d in recent_days if d in spoke or d in one.empty_days]


def _silent(day: date, one: Staff, recent_days: Sequence[date]) -> Call:
    """Twice means on two duty days in a row; a day of leave between them does not excuse the first."""
    before = [d for d in _asked(one, recent_days) if d < day]
    twice = bool(before) and before[-1] in one.empty_days
    return Call(person=one.person, tier=Tier.MAKEUP, rule=Rule.NO_ANSWER_TWICE if twice else Rule.NO_ANSWER)


def _no_shows(day: date, one: Staff, checkpoints: Mapping[str, Checkpoint], recent_days: Sequence[date]) -> list[Call]:
    """Two days in a row left lying until their afternoon: today's is not over, so these are the two before it. What
    has led to a case once leads to none again."""
    days = silence.running(day, _asked(one, recent_days), one.empty_days)
    code = silence.about(one.unanswered, checkpoints, one.open_checkpoints)
    if not days or not code or days[0] < one.settled:
        return []
    return [Call(person=one.person, tier=Tier.STAYS, rule=Rule.NO_ANSWER_TWICE, checkpoint=code, days=days)]


def _news(day: date, one: Staff, recent_days: Sequence[date]) -> list[Told]:
    """What nobody has looked at yet: today's answers, and the last working day's make-up, made after its list."""
    before = max((d for d in recent_days if d < day), default=day)
    return [t for t in one.answers if t.day == day or (t.day == before and t.kind == Kind.MAKEUP)]


def _standing(answers: Sequence[Told], since: date, policy: Policy) -> list[Told]:
    """The misses since a day that still count: not those whose checkpoint was right on enough later days."""

    def forgiven(miss: Told) -> bool:
        right = {t.day for t in answers if t.checkpoint == miss.checkpoint and t.right and t.day > miss.day}
        return len(right) >= policy.cleared_by

    return [t for t in answers if not t.right and t.day >= since and not forgiven(t)]


def _critical(
    news: Sequence[Told], misses: Sequence[Told], checkpoints: Mapping[str, Checkpoint], one: Staff
) -> tuple[list[Call], list[Call]]:
    """The critical items newly missed: those with a miss before that still stands, most misses first, and the others.
    Two misses on the same day are two; one whose case is open is left to that case. A first miss in a make-up was
    asked once more right there."""
    again, first = [], []
    today = max((t.day for t in news), default=date.min)
    for code in dict.fromkeys(t.checkpoint for t in news if not t.right):
        if code not in checkpoints or not checkpoints[code].critical or code in one.open_checkpoints:
            continue
        told = tuple(t for t in misses if t.checkpoint == code and t.day <= today)
        about = Call(person=one.person, tier=Tier.NOW, rule=Rule.CRITICAL_FIRST, checkpoint=code, evidence=told)
        if len(told) > 1:
            again.append(replace(about, tier=Tier.STAYS, rule=Rule.CRITICAL_AGAIN))
        elif told and told[0].kind != Kind.MAKEUP:
            first.append(about)
    return sorted(again, key=lambda c: -len(c.evidence)), first


def _figures(
    one: Staff, checkpoints: Mapping[str, Checkpoint], policy: Policy, recent_days: Sequence[date]
) -> Call | None:
    """Weak figures of the last working days, for the checkpoint missed most (of equals the one missed last)."""
    window = frozenset(recent_days[-policy.rolling_days :])
    told = [t for t in one.answers if t.day in window]
    missed = [t for t in told if not t.right and t.checkpoint in checkpoints]
    if not missed or len(told) < policy.rolling_min:
        return None
    right = sum(t.right for t in told)
    rate = Fraction(right, len(told))
    if rate >= max(policy.watch_rate, policy.rolling_rate):
        return None
    counts = Counter(t.checkpoint for t in missed)
    latest = {t.checkpoint: i for i, t in enumerate(missed)}
    worst = max(counts, key=lambda code: (counts[code], latest[code]))
    stays = rate < policy.rolling_rate and not one.open_checkpoints and not one.spared
    return Call(
        person=one.person,
        tier=Tier.STAYS if stays else Tier.WATCH,
        rule=Rule.ROLLING if stays else Rule.NEAR,
        checkpoint=worst,
        evidence=tuple(t for t in missed if t.checkpoint == worst),
        right=right,
        asked=len(told),
    )
