"""Showing one question to one person, and marking what they say. Knows no person, no clock, no chat.

What was drawn is stored with its key and marked by that key for ever: a question edited later changes no past verdict.
Marking is exact: all that is right and nothing else; a number to the last digit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any, Self

from drills.letters import FALSE, TRUE, read_letters, read_truth
from drills.numerals import read_number
from drills.questions import Amount, One, Question, Several, Truth, Wrong
from drills.refused import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A question as one person sees it, with the key it will be marked by: indexes of right options (for a statement 0
    is true and 1 false), or the exact answer in its unit. `kind` is "one", "several", "truth" or "amount"; `mistakes`
    stand beside the options, empty for right ones."""

    question: str
    kind: str
    stem: str
    options: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()
    mistakes: tuple[str, ...] = ()
    unit: str = ""
    answer: Fraction | None = None

    def to_json(self) -> dict[str, Any]:
        """As JSON values, for the slot's row."""
        return {
            "question": self.question,
            "kind": self.kind,
            "stem": self.stem,
            "options": list(self.options),
            "right": sorted(self.right),
            "mistakes": list(self.mistakes),
            "unit": self.unit,
            "answer": None if self.answer is None else str(self.answer),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `to_json` wrote."""
        return cls(
            question=data["question"],
            kind=data["kind"],
            stem=data["stem"],
            options=tuple(data["options"]),
            right=frozenset(data["right"]),
            mistakes=tuple(data["mistakes"]),
            unit=data["unit"],
            answer=None if data["answer"] is None else Fraction(data["answer"]),
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """Options chosen, by their index as shown."""

    chosen: frozenset[int]


@dataclass(frozen=True, slots=True)
class Written:
    """Something written."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Right or not; `said` as it is stored ("1", "0,2", "15", "9/2"); `mistake` names the confusion, if it is known."""

    right: bool
    said: str
    mistake: str = ""


def show(question: Question, seed: int) -> Shown:
    """Draw a question: options in an order, or one of the cases of an amount. The same seed draws the same."""
    rng = Random(seed)
    match question:
        case One(right=right, wrong=wrong):
            return _options(question, "one", (right,), wrong, rng)
        case Several(right=rights, wrong=wrong):
            return _options(question, "several", rights, wrong, rng)
        case Truth(truth=truth, mistake=mistake):
            key = TRUE if truth else FALSE
            mistakes = ("", mistake) if truth else (mistake, "")
            return Shown(
                question=question.code, kind="truth", stem=question.stem, right=frozenset({key}), mistakes=mistakes
            )
        case Amount(unit=unit, cases=cases):
            case_ = rng.choice(cases)
            stem = question.stem.format_map(case_.values)
            return Shown(question=question.code, kind="amount", stem=stem, unit=unit, answer=case_.answer)
    raise TypeError(f"no such kind of question: {type(question).__name__}")


def _options(question: Question, kind: str, right: Sequence[str], wrong: Sequence[Wrong], rng: Random) -> Shown:
    drawn = [*((True, text, "") for text in right), *((False, each.text, each.mistake) for each in wrong)]
    rng.shuffle(drawn)
    return Shown(
        question=question.code,
        kind=kind,
        stem=question.stem,
        options=tuple(text for _, text, _ in drawn),
        right=frozenset(i for i, (is_right, _, _) in enumerate(drawn) if is_right),
        mistakes=tuple(mistake for _, _, mistake in drawn),
    )


def mark(shown: Shown, response: Choice | Written) -> Verdict:
    """Mark one response. Raises Refused for what cannot be read with certainty ("unreadable" for a number,
    "unread-option", "unread-truth"), which is asked for again and counts for nothing, and "no-such-option" for an
    option that was not shown."""
    if shown.answer is not None:
        return _mark_number(shown, shown.answer, response)
    if isinstance(response, Written):
        response = _read_choice(shown, response.text)
    known = range(2 if shown.kind == "truth" else len(shown.options))
    if not response.chosen or not all(i in known for i in response.chosen):
        raise Refused("no-such-option")
    if shown.kind != "several" and len(response.chosen) > 1:
        raise Refused("no-such-option")
    right = response.chosen == shown.right
    wrong = sorted(response.chosen - shown.right)
    mistake = shown.mistakes[wrong[0]] if wrong else ""
    return Verdict(right=right, said=",".join(str(i) for i in sorted(response.chosen)), mistake=mistake)


def _read_choice(shown: Shown, text: str) -> Choice:
    if shown.kind == "truth":
        meant = read_truth(text)
        if meant is None:
            raise Refused("unread-truth")
        return Choice(frozenset({meant}))
    chosen = read_letters(text)
    if chosen is None:
        raise Refused("unread-option")
    return Choice(chosen)


def _mark_number(shown: Shown, answer: Fraction, response: Choice | Written) -> Verdict:
    number = read_number(response.text, shown.unit) if isinstance(response, Written) else None
    if number is None:
        raise Refused("unreadable", unit=shown.unit)
    return Verdict(right=number == answer, said=str(number))
