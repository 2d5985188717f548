"""Reads questions from their files; whatever is wrong with one is told, and the others go on."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from bot.content.fees import tariff_cases
from bot.content.notation import loose, measured, read_code, read_period, read_source, sentence
from bot.content.problems import Notes
from bot.content.tree import Entry, sequence
from drills.fees import Tariff
from drills.numerals import read_number
from drills.people import Post
from drills.questions import Amount, Case, Checkpoint, One, Question, Several, Truth, Wrong

STEM, WHY, MISTAKE = 160, 90, 30
ONE_OPTIONS, ONE_WIDTH = 6, 30
SEVERAL_OPTIONS, SEVERAL_WIDTH = 20, 17
FEWEST_OPTIONS = 2
_PLACE = re.compile(r"\{([^{}]*)\}")
_DECIMALS = 100  # a typed answer has at most two decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A question as read, whether it is sound, and the entry that knows where it stands."""

    entry: Entry
    question: Question
    sound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a question may point at."""

    checkpoints: Mapping[str, Checkpoint]
    tariffs: Mapping[str, Tariff | None]


def read_questions(folder: Path, known: Known, notes: Notes) -> list[Draft]:
    """All questions of questions/*.yaml, in the order of files and lines."""
    names = sorted(f"questions/{p.name}" for p in (folder / "questions").glob("*.yaml"))
    entries = [e for name in names for e in sequence(folder, name, notes)]
    if not names:
        notes.add("no-questions", file="questions")
    drafts: list[Draft] = []
    first: dict[str, Entry] = {}
    for entry in entries:
        before = len(notes.problems)
        question = _question(entry, known)
        if question is None:
            notes.complete = False
            continue
        other = first.setdefault(question.code, entry)
        if other is not entry:
            entry.note("duplicate-code", "code", code=question.code, other=f"{other.file}:{other.line}")
        drafts.append(Draft(entry=entry, question=question, sound=len(notes.problems) == before))
    return drafts


def _question(entry: Entry, known: Known) -> Question | None:
    """The question of an entry; None when its kind is unknown, for then its keys cannot be judged."""
    build = _KINDS.get(entry.word("kind", _KINDS))
    if build is None:
        return None
    first, last = read_period(entry)
    shared: dict[str, Any] = {
        "code": read_code(entry),
        "checkpoint": entry.word("checkpoint", known.checkpoints),
        "posts": _posts(entry),
        "stem": entry.text("stem"),
        "why": sentence(entry.text("why")),
        "source": read_source(entry),
        "valid_from": first,
        "valid_to": last,
    }
    measured(entry, "stem", shared["stem"], ("题干", "The stem"), STEM)
    measured(entry, "why", shared["why"], ("原因", "The reason"), WHY)
    question = build(entry, shared, known)
    if not isinstance(question, Amount) and re.search(r"[{}]", question.stem):
        entry.note("stray-brace", "stem")
    entry.finish()
    return question


def _posts(entry: Entry) -> frozenset[Post]:
    posts = set()
    for text in entry.texts("posts"):
        if text in tuple(Post):
            posts.add(Post(text))
        else:
            entry.note("not-one-of", "posts", name="posts", text=text, allowed="、".join(Post), hint="")
    return frozenset(posts)


def _wrong(entry: Entry, *, needed: bool) -> tuple[Wrong, ...]:
    wrong = []
    for inner in entry.entries("wrong", needed=needed):
        one = Wrong(text=inner.text("text"), mistake=sentence(inner.text("mistake")))
        measured(inner, "mistake", one.mistake, ("误区", "The mistake"), MISTAKE)
        inner.finish()
        wrong.append(one)
    return tuple(wrong)


def _options(entry: Entry, right: tuple[str, ...], wrong: tuple[Wrong, ...], room: tuple[int, int]) -> None:
    """Tells of options that are too many, too few, too long, or there twice."""
    most, width = room
    count = len(right) + len(wrong)
    if count > most:
        entry.note("too-many-options", "wrong", count=count, limit=most)
    if count < FEWEST_OPTIONS:
        entry.note("too-few-options", "wrong", count=count)
    seen: set[str] = set()
    for key, text in [("right", r) for r in right] + [(f"wrong.{i}", w.text) for i, w in enumerate(wrong, 1)]:
        measured(entry, key, text, (f"选项“{text}”", f"The option “{text}”"), width)
        if text and loose(text) in seen:
            among = key != "right" and loose(text) in {loose(r) for r in right}
            entry.note("right-among-wrong" if among else "same-option", key, text=text)
        seen.add(loose(text))


def _one(entry: Entry, shared: dict[str, Any], _known: Known) -> Question:
    right, wrong = entry.text("right"), _wrong(entry, needed=True)
    _options(entry, (right,), wrong, (ONE_OPTIONS, ONE_WIDTH))
    return One(**shared, right=right, wrong=wrong)


def _several(entry: Entry, shared: dict[str, Any], _known: Known) -> Question:
    right, wrong = entry.texts("right"), _wrong(entry, needed=False)
    _options(entry, right, wrong, (SEVERAL_OPTIONS, SEVERAL_WIDTH))
    return Several(**shared, right=right, wrong=wrong)


def _truth(entry: Entry, shared: dict[str, Any], _known: Known) -> Question:
    truth, mistake = entry.flag("truth"), sentence(entry.text("mistake"))
    measured(entry, "mistake", mistake, ("误区", "The mistake"), MISTAKE)
    return Truth(**shared, truth=truth, mistake=mistake)


def _amount(entry: Entry, shared: dict[str, Any], known: Known) -> Question:
    unit, by_tariff = entry.text("unit"), entry.has("tariff")
    if by_tariff == entry.has("cases"):
        entry.note("tariff-or-cases", "tariff" if by_tariff else "")
    if by_tariff and unit != "元":
        entry.note("no-unit", "unit")
    period = (shared["valid_from"], shared["valid_to"])
    cases = tariff_cases(entry, known.tariffs, period) if by_tariff else _cases(entry)
    for case in cases:
        _fill(entry, shared["stem"], case)
        if not typable(case.answer, unit):
            entry.note("untypable", "sums" if by_tariff else "cases", answer=case.answer, unit=unit)
    return Amount(**shared, unit=unit, cases=cases)


def _cases(entry: Entry) -> tuple[Case, ...]:
    cases = []
    for inner in entry.entries("cases"):
        values = inner.entry("values", needed=False)
        answer = inner.number("answer")
        cases.append(
            Case(values={k: values.text(k) for k in values.names()} if values else {}, answer=answer or Fraction(0))
        )
        inner.finish()
    if entry.has("cases") and not cases:
        entry.note("missing-key", "cases", name="cases")
    return tuple(cases)


def _fill(entry: Entry, stem: str, case: Case) -> None:
    """Compares the places of a stem with the values of one case."""
    places = set(_PLACE.findall(stem))
    if re.search(r"[{}]", _PLACE.sub("", stem)):
        entry.note("stray-brace", "stem")
    for name in sorted(places - set(case.values)):
        entry.note("no-value", "stem", name=name)
    for name in sorted(set(case.values) - places):
        entry.note("no-place", "stem", name=name)
    filled = _PLACE.sub(lambda m: case.values.get(m[1], ""), stem)
    if len(stem) <= STEM:
        measured(entry, "stem", filled, ("填好数字的题干", "The filled stem"), STEM)


def typable(answer: Fraction, unit: str) -> bool:
    """Whether somebody can write this answer, with and without its unit, and be understood."""
    if answer < 0 or _DECIMALS % answer.denominator:
        return False
    typed = f"{float(answer):.2f}".rstrip("0").rstrip(".")
    return read_number(typed, unit) == answer == read_number(f"{typed}{unit}", unit)


_KINDS: Mapping[str, Callable[[Entry, dict[str, Any], Known], Question]] = {
    "one": _one,
    "several": _several,
    "truth": _truth,
    "amount": _amount,
}
