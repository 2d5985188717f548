"""What can be asked: topics, checkpoints, and the four kinds of question. Knows no person, no clock, no dice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from drills.people import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from: `document` and `clause` as a reader would cite them, `fact` its id in the fact
    collection, `mark` how it was verified (V1 primary text seen, V2 a secondary copy)."""

    document: str
    clause: str = ""
    fact: str = ""
    mark: str = "V1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A field of work, such as 资费标准. `scripts`: it is about what is said to a customer, which is shown and not only
    known, so that its evening has a scene beside the questions."""

    code: str
    name: str
    scripts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """One point of the service checklist. `critical` (一票否决) means law, money or safety; `because` says which.
    `material` is what a person reads tonight: at most three lines."""

    code: str
    name: str
    topic: str
    critical: bool = False
    because: str = ""
    material: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A wrong option and the confusion that leads to it."""

    text: str
    mistake: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What every kind shares. `why` is the reason in one sentence; valid from `valid_from` to `valid_to` inclusive."""

    code: str
    checkpoint: str
    posts: frozenset[Post]
    stem: str
    why: str
    source: Source
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rule behind the question is in force on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class One(Question):
    """One right option among two to six."""

    right: str
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(Question):
    """Several right options; all of them and nothing else must be chosen."""

    right: tuple[str, ...]
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth(Question):
    """A statement that is true or false; `mistake` says what confusion the other answer is."""

    truth: bool
    mistake: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One drawing of an amount question: what fills the stem's {placeholders}, and the exact answer in the unit."""

    values: Mapping[str, str]
    answer: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Question):
    """A number with its unit (元 for money). Each person draws one of the cases, so neighbours cannot copy."""

    unit: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """One edition of everything that can be asked, by code."""

    topics: Mapping[str, Topic]
    checkpoints: Mapping[str, Checkpoint]
    questions: Mapping[str, Question] = field(default_factory=dict)

    def askable(self, post: Post, day: date) -> tuple[Question, ...]:
        """Questions for a post whose rule holds on that day, in the order of their codes."""
        return tuple(q for _, q in sorted(self.questions.items()) if post in q.posts and q.holds_on(day))

    def topic_of(self, question: Question) -> str:
        """The topic of a question, through its checkpoint."""
        return self.checkpoints[question.checkpoint].topic
