"""What somebody reads before an evening's questions: the rule and where it says so, the right words, a worked sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from drills.marking import Shown, show
from drills.people import Post
from drills.questions import Amount, Bank, Question
from drills.scenes import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """The material of one checkpoint for one post: the `rule` in three lines at most, its `source` (document and
    clause), what to say, word for word, and a `sum` worked out, with the reason."""

    rule: tuple[str, ...]
    source: str = ""
    say: tuple[str, ...] = ()
    sum: Shown | None = None
    why: str = ""

    @property
    def more(self) -> bool:
        """Whether there is more to read than the rule and its source."""
        return bool(self.say) or self.sum is not None


def study(bank: Bank, scenes: Iterable[Scene], code: str, post: Post | None, day: date, seed: int) -> Study:
    """What fits a checkpoint on a day: the words of a scene that drills it above all, a sum of a question about it.
    Nothing of a checkpoint that the bank does not know. `seed` draws the sum."""
    if code not in bank.checkpoints:
        return Study(rule=())
    worked = next(
        (q for q in _about(bank, code, day) if isinstance(q, Amount) and (post is None or post in q.posts)), None
    )
    acted = (s for s in scenes if code in s.checkpoints[:1] and s.holds_on(day) and (post is None or post in s.posts))
    scene = min(acted, key=lambda s: s.code, default=None)
    return Study(
        rule=bank.checkpoints[code].material,
        source=source_of(bank, code, day),
        say=scene.model if scene else (),
        sum=show(worked, seed) if worked else None,
        why=worked.why if worked else "",
    )


def source_of(bank: Bank, code: str, day: date) -> str:
    """Document and clause of a rule, as its first question in force that day has them; empty where none is."""
    return next((f"{q.source.document} {q.source.clause}".strip() for q in _about(bank, code, day)), "")


def _about(bank: Bank, code: str, day: date) -> Iterable[Question]:
    return (q for _, q in sorted(bank.questions.items()) if q.checkpoint == code and q.holds_on(day))
