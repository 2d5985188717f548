"""Choosing a person's questions. Same history, same dice: same questions; and each carries the reason it was chosen
for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from random import Random

from drills.people import Post
from drills.policy import Policy
from drills.questions import Bank, Question
from drills.spacing import Past, due_on

TOPIC_MOST = 2
"""Questions of one topic in a morning, while the bank allows it (learning §5.3)."""

WEAK_WINDOW = 5
"""The last answers of a checkpoint that say whether it is weak: a week of mornings, so that old misses are forgiven."""

DUE_MOST, WEAK_MOST = 2, 2
"""Repeats and weak points that come before new questions: a morning of old mistakes alone teaches nobody the rest."""

_NOTHING: Mapping[str, frozenset[str]] = {}


class Reason(StrEnum):
    """Why a question was chosen, kept with the answer and told to whoever asks."""

    PROBE = "probe"  # drawn blindly: the honest measure, see learning §6.1
    CRITICAL = "critical"  # a critical checkpoint missed on the last day with answers
    FOUND = "found"  # an inspection found this wanting in the branch
    VERIFY = "verify"  # a passed case waits for one different question
    DUE = "due"  # the spacing says so
    WEAK = "weak"  # misses among the last answers of its checkpoint
    NEW = "new"  # never asked
    FILL = "fill"  # asked longest ago
    EVENING = "evening"  # for a case
    RETRY = "retry"  # a critical checkpoint once more, right after its miss
    SHARED = "shared"  # for everybody at the meeting


@dataclass(frozen=True, slots=True)
class Pick:
    """A question's code and the reason for it."""

    question: str
    reason: Reason


@dataclass(slots=True)
class _Hand:
    """The questions picked so far: never two alike, no more than the dose, at most so many of a topic."""

    bank: Bank
    dose: int
    topic_most: int
    picks: dict[str, Pick] = field(default_factory=dict)
    topics: Counter[str] = field(default_factory=Counter)

    def take(self, questions: Iterable[Question], reason: Reason, most: int | None = None) -> None:
        """Pick from the front what still fits, at most so many; nothing but the dose limits by default."""
        left = self.dose - len(self.picks)
        left = left if most is None else min(left, most)
        for question in questions:
            if left == 0:
                return
            topic = self.bank.topic_of(question)
            if question.code not in self.picks and self.topics[topic] < self.topic_most:
                self.picks[question.code] = Pick(question.code, reason)
                self.topics[topic] += 1
                left -= 1


class _Seen:
    """A person's history, oldest first, by question and by checkpoint."""

    def __init__(self, past: Sequence[Past]) -> None:
        self.past = past
        self.by_question: dict[str, list[Past]] = defaultdict(list)
        self.by_checkpoint: dict[str, list[Past]] = defaultdict(list)
        self.index: dict[str, int] = {}
        for i, answer in enumerate(past):
            self.by_question[answer.question].append(answer)
            self.by_checkpoint[answer.checkpoint].append(answer)
            self.index[answer.question] = i

    def asked_on(self, question: Question, day: date) -> bool:
        """Whether it was answered on that day, in whatever sitting."""
        return any(a.day == day for a in self.by_question.get(question.code, ()))

    def last_day(self, question: Question) -> date:
        """The day of the newest answer; the beginning of time for a question never asked."""
        answers = self.by_question.get(question.code)
        return answers[-1].day if answers else date.min

    def last_index(self, question: Question) -> int:
        """The place of the newest answer in the history; -1 for a question never asked."""
        return self.index.get(question.code, -1)


def choose(  # noqa: PLR0913, PLR0917 -- the facts a morning rests on, each of its own kind
    bank: Bank,
    post: Post,
    past: Sequence[Past],
    day: date,
    rng: Random,
    policy: Policy,
    verify: Mapping[str, frozenset[str]] = _NOTHING,
    found: frozenset[str] = frozenset(),
) -> tuple[Pick, ...]:
    """A morning's questions (learning §5): first a probe, uniformly random over all that can be asked and was not
    seen that day, whatever else is wanted; then at most one that is forced (a passed case to verify, else a checkpoint
    `found` wanting by an inspection, else a critical point missed last time); then repeats that are due, weak
    checkpoints, new questions, and what was seen longest ago. Topics are mixed, and limited while the bank allows it.
    Questions already seen that day come only where there are too few others.

    `past` is the person's whole history, oldest first. `verify` maps the checkpoint of each passed case to the
    questions already used for it. If the probe happens to be the only other one, the case waits for another morning:
    a probe that counted for something else would be no probe."""
    askable = bank.askable(post, day)
    seen = _Seen(past)
    shuffled = rng.sample(askable, len(askable))
    fresh = [q for q in shuffled if not seen.asked_on(q, day)]
    hand = _Hand(bank, policy.dose, TOPIC_MOST)
    hand.take(fresh, Reason.PROBE, most=1)
    hand.take(_to_verify(askable, fresh, verify, seen), Reason.VERIFY, most=1)
    if all(p.reason is not Reason.VERIFY for p in hand.picks.values()):
        wanting = sorted((q for q in fresh if q.checkpoint in found), key=seen.last_index)
        hand.take(wanting, Reason.FOUND, most=1)
        hand.take(() if wanting else _critical_again(bank, fresh, seen), Reason.CRITICAL, most=1)
    due = _due(fresh, seen, day, policy)
    new = [q for q in fresh if seen.last_index(q) < 0]
    oldest = sorted(fresh, key=seen.last_day)
    hand.take(due, Reason.DUE, most=DUE_MOST)
    hand.take(_weak(fresh, seen), Reason.WEAK, most=WEAK_MOST)
    for hand.topic_most in (TOPIC_MOST, policy.dose):
        hand.take(new, Reason.NEW)
        hand.take(due, Reason.DUE)
        hand.take(oldest, Reason.FILL)
    hand.take(sorted(shuffled, key=seen.last_index), Reason.FILL)
    return _mixed(bank, tuple(hand.picks.values()), rng)


def choose_evening(  # noqa: PLR0913, PLR0917 -- as choose
    bank: Bank, post: Post, past: Sequence[Past], checkpoint: str, day: date, rng: Random, policy: Policy
) -> tuple[Pick, ...]:
    """An evening's questions: one of the missed checkpoint first, then of its topic, then, where that is too small,
    of all others; never-asked ones before those asked longest ago. What was seen that day comes only where the whole
    bank has too few others, save for the first: a checkpoint with a single question is asked that one again, drawn
    anew. Nor is the first one of those that brought the person here, whose answers “why am I on the list” tells, while
    there are others. A checkpoint that the bank in force has dropped leaves the evening to the rest."""
    askable = bank.askable(post, day)
    seen = _Seen(past)
    freshest = sorted(rng.sample(askable, len(askable)), key=seen.last_day)
    fresh = [q for q in freshest if not seen.asked_on(q, day)]
    known = bank.checkpoints.get(checkpoint)
    hand = _Hand(bank, policy.evening_dose, policy.evening_dose)
    told = {p.question for p in past if not p.right and (day - p.day).days <= policy.repeat_days}
    own = [q for q in freshest if q.checkpoint == checkpoint]
    hand.take(sorted(own, key=lambda q: (seen.asked_on(q, day), q.code in told)), Reason.EVENING, most=1)
    hand.take([q for q in fresh if known and bank.topic_of(q) == known.topic], Reason.EVENING)
    hand.take(fresh, Reason.EVENING)
    hand.take(sorted(freshest, key=seen.last_index), Reason.EVENING)
    return tuple(hand.picks.values())


def choose_retry(bank: Bank, post: Post, past: Sequence[Past], checkpoint: str, day: date, rng: Random) -> Pick | None:
    """Another question of a checkpoint, the one seen longest ago; when there is only one, that one, drawn anew; None
    when the bank has nothing on it for this post and day."""
    own = [q for q in bank.askable(post, day) if q.checkpoint == checkpoint]
    seen = _Seen(past)
    longest_ago = min(rng.sample(own, len(own)), key=seen.last_index, default=None)
    return Pick(longest_ago.code, Reason.RETRY) if longest_ago else None


def _to_verify(
    askable: Sequence[Question], fresh: Sequence[Question], verify: Mapping[str, frozenset[str]], seen: _Seen
) -> list[Question]:
    """Questions that would verify a passed case: other ones than it used; of checkpoints that have no others, used
    ones, seen longest ago first."""
    wanted = [q for q in fresh if q.checkpoint in verify]
    has_others = {q.checkpoint for q in askable if q.checkpoint in verify and q.code not in verify[q.checkpoint]}
    others = [q for q in wanted if q.code not in verify[q.checkpoint]]
    used = [q for q in wanted if q.checkpoint not in has_others]
    return others + sorted(used, key=seen.last_index)


def _critical_again(bank: Bank, fresh: Sequence[Question], seen: _Seen) -> list[Question]:
    """Questions of critical checkpoints missed on the last day with first attempts, others than those missed first."""
    counted = [p for p in seen.past if p.first]
    critical = {code for code, checkpoint in bank.checkpoints.items() if checkpoint.critical}
    missed = [p for p in counted if p.day == counted[-1].day and not p.right and p.checkpoint in critical]
    points, questions = {p.checkpoint for p in missed}, {p.question for p in missed}
    return sorted((q for q in fresh if q.checkpoint in points), key=lambda q: (q.code in questions, seen.last_index(q)))


def _due(fresh: Sequence[Question], seen: _Seen, day: date, policy: Policy) -> list[Question]:
    """Questions whose repeat is due, longest overdue first."""
    days = {q.code: due_on(seen.by_question.get(q.code, ()), policy) for q in fresh}
    return sorted((q for q in fresh if (days[q.code] or date.max) <= day), key=lambda q: days[q.code] or date.max)


def _weak(fresh: Sequence[Question], seen: _Seen) -> list[Question]:
    """Questions of checkpoints with a miss among their last answers, the weakest checkpoint first, of each the question
    seen longest ago."""
    rates: dict[str, Fraction] = {}
    for checkpoint, answers in seen.by_checkpoint.items():
        last = answers[-WEAK_WINDOW:]
        if not all(a.right for a in last):
            rates[checkpoint] = Fraction(sum(a.right for a in last), len(last))
    weak = [q for q in fresh if q.checkpoint in rates]
    return sorted(weak, key=lambda q: (rates[q.checkpoint], seen.last_index(q)))


def _mixed(bank: Bank, picks: Sequence[Pick], rng: Random) -> tuple[Pick, ...]:
    """The same picks in an order where neighbours differ in topic, if that can be: always the topic with most left,
    other than the last. The dice decide between equals, so that the probe has no place of its own."""
    left = [(bank.topic_of(bank.questions[p.question]), p) for p in rng.sample(picks, len(picks))]
    order: list[Pick] = []
    last = ""
    while left:
        counts = Counter(topic for topic, _ in left)
        best = min(left, key=lambda pair: (pair[0] == last, -counts[pair[0]]))
        left.remove(best)
        last = best[0]
        order.append(best[1])
    return tuple(order)
