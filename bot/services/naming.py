"""Whom the rules name on a branch today: the facts, put before `drills.staying`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.services.caller import known
from bot.services.duty import on_duty, recent_days
from bot.store import absences, answers, cases, outbox, sittings
from bot.store.tables import Person, Unit
from bot.store.turn import Reader
from drills import silence
from drills.sitting import Kind
from drills.staying import Call, Rule, Staff, Tier, Told, who_stays

SILENCE_DAYS = 10
"""Working days in which two no-shows in a row are looked for, so that a week of leave between them hides none: default,
two weeks."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the rules say about a branch today, and the people they speak of."""

    duty: list[Person]
    calls: tuple[Call, ...]

    def who(self, *names: Rule | Tier) -> list[Person]:
        """The people some rules or tiers name, in the order of the list, each once."""
        by_id = {known(p.id): p for p in self.duty}
        ids = [c.person for c in self.calls if c.rule in names or c.tier in names]
        return [by_id[person] for person in dict.fromkeys(ids)]

    def twice(self) -> list[Person]:
        """Who was silent on the last duty day and is today; whose two no-shows are over has a case instead."""
        silent = {c.person for c in self.calls if c.tier is Tier.MAKEUP and c.rule is Rule.NO_ANSWER_TWICE}
        return [p for p in self.who(Tier.MAKEUP) if p.id in silent]


def named(turn: Reader, unit: Unit, day: date) -> Named:
    """The facts of the branch, put before the rules."""
    rules = turn.in_force(unit.path)
    duty = on_duty(turn, unit, day)
    days = recent_days(turn, unit, rules, day, max(rules.policy.rolling_days, SILENCE_DAYS))
    since = min(days[0], date.fromordinal(day.toordinal() - rules.policy.repeat_days))
    ids = [known(p.id) for p in duty]
    told = answers.counted_by_person(turn, ids, since, day)
    opened = cases.open_checkpoints(turn, ids)
    spared = cases.passed_since(turn, ids, date.fromordinal(day.toordinal() - rules.policy.spare_days))
    settled = cases.settled(turn, ids, Rule.NO_ANSWER_TWICE)
    empty = _empty_days(turn, ids, days[0], day)
    staff = [
        Staff(
            person=known(p.id),
            on_duty=True,
            answers=told_of(told.get(known(p.id), ())),
            empty_days=(silent := empty.get(known(p.id), ())),
            open_checkpoints=frozenset(opened.get(known(p.id), ())),
            spared=p.id in spared,
            unanswered=_unanswered(turn, known(p.id), [d for d in silent if d in days and d < day]),
            settled=settled.get(known(p.id), date.min),
        )
        for p in duty
    ]
    return Named(duty, who_stays(day, staff, rules.bank.checkpoints, rules.policy, days))


def _empty_days(turn: Reader, ids: Sequence[int], first: date, last: date) -> dict[int, tuple[date, ...]]:
    """The days on which people were sent a morning's questions that reached them, were not away and answered
    nothing."""
    asked = sittings.days_asked(turn, ids, first, last)
    answered = answers.days_answered_by_person(turn, ids, first)
    away = absences.days_away_by_person(turn, ids, first, last)
    silent = {p: asked.get(p, set()) - answered.get(p, set()) - away.get(p, set()) for p in ids}
    letters = {f"push/{d}/": d for days in silent.values() for d in days}
    reached = {(p, letters[letter]) for p, letter in outbox.arrived(turn, ids, letters)}
    return {p: tuple(sorted(d for d in days if (p, d) in reached)) for p, days in silent.items()}


def _unanswered(turn: Reader, person: int, silent: Sequence[date]) -> tuple[str, ...]:
    """What the questions left lying last are about; looked up where there may be two no-shows."""
    if len(silent) < silence.IN_A_ROW:
        return ()
    left = sittings.of_day(turn, person, silent[-1], Kind.MORNING)
    return tuple(slot.checkpoint for played in left for slot in played.slots)


def told_of(given: Iterable[answers.Given]) -> tuple[Told, ...]:
    """First attempts as the rules read them."""
    return tuple(
        Told(answer=a.id, question=a.question, checkpoint=a.checkpoint, day=a.day, right=a.right, kind=a.kind)
        for a in given
    )
