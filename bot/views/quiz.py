"""The morning in words: the push, a question, the verdict with its reason, the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction

from bot.chat.message import Button, Message, Pick, Tone
from bot.chat.words import Words
from bot.views.text import clock, day_name, letter, listed, number, took
from drills.boards import Place
from drills.marking import Shown, Verdict
from drills.questions import Question
from drills.sitting import Kind

ROOM = 24  # characters of right options on the card of a wrong answer
MINUTES_PER_QUESTION = Fraction(3, 5)  # DESIGN: five questions take about three minutes


def push(words: Words, *, n: int, closes: time, day: date) -> Message:
    """Good morning, with a start button. It says the same to everybody, so that one call tells a thousand: whose
    questions they are is known by who presses."""
    rest = Button(words("push.rest"), f"off:{day:%Y%m%d}")
    body = words("push.body", n=n, minutes=_minutes(n), closes=clock(closes))
    return Message(body=body, buttons=((_start(words("push.start"), day, Kind.MORNING), rest),))


def _start(text: str, day: date, kind: Kind, verb: str = "sd") -> Button:
    return Button(text, f"{verb}:{day:%Y%m%d}:{kind}")


def reminder(words: Words, *, left: int, closes: time, day: date, trainer: str = "") -> Message:
    """One reminder; with a trainer's name, the trainer's nudge."""
    key = "nudge.body" if trainer else "reminder.body"
    body = words(key, left=left, minutes=_minutes(left), closes=clock(closes), trainer=trainer)
    return Message(body=body, buttons=((_start(words("reminder.go"), day, Kind.MORNING, "gd"),),))


def _minutes(questions: int) -> int:
    return max(1, round(questions * MINUTES_PER_QUESTION))


def nudge_late(words: Words, *, trainer: str, until: time, day: date) -> Message:
    """After closing: a trainer reminds somebody of the make-up."""
    body = words("nudge_late.body", trainer=trainer, until=clock(until))
    return Message(body=body, buttons=((_start(words("makeup.start"), day, Kind.MAKEUP),),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a question card needs beside the question itself."""

    shown: Shown
    slot: int
    position: int
    of: int
    topic: str
    title: str = "question.title"


def ask(words: Words, card: Card, *, chosen: frozenset[int] = frozenset(), lead: str = "") -> Message:
    """A question; `lead` is the verdict of the one before (only ever a right one)."""
    shown = card.shown
    note = words(f"kind.{shown.kind}", unit=shown.unit) if shown.kind in {"several", "amount"} else ""
    return Message(
        lead=lead,
        tone=Tone.RIGHT if lead else Tone.PLAIN,
        title=words(card.title, position=card.position, of=card.of, topic=card.topic),
        body=shown.stem,
        options=shown.options,
        note=note,
        buttons=_choices(words, card, chosen),
        pick=Pick(f"a:{card.slot}", words("question.submit")) if shown.kind == "several" else None,
    )


def _choices(words: Words, card: Card, chosen: frozenset[int]) -> tuple[tuple[Button, ...], ...]:
    shown, slot = card.shown, card.slot
    if shown.kind == "amount":
        return ()
    if shown.kind == "truth":
        return ((Button(words("answer.correct"), f"a:{slot}:0"), Button(words("answer.incorrect"), f"a:{slot}:1")),)
    if shown.kind == "one":
        return _rows([Button(letter(i), f"a:{slot}:{i}") for i in range(len(shown.options))])
    toggles = [
        Button(("✓ " if i in chosen else "") + letter(i), f"t:{slot}:{_mask(chosen ^ {i})}")
        for i in range(len(shown.options))
    ]
    submit = Button(words("question.submit"), f"a:{slot}:{_mask(chosen)}")
    return (*_rows(toggles), (submit,))


def _mask(chosen: frozenset[int]) -> str:
    return ",".join(str(i) for i in sorted(chosen))


def _rows(buttons: list[Button], most: int = 4) -> tuple[tuple[Button, ...], ...]:
    """As few rows as may be, as even as may be: five are three and two."""
    rows = -(-len(buttons) // most)
    width = -(-len(buttons) // max(rows, 1))
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


def spoken(words: Words, shown: Shown, said: str) -> str:
    """An answer as it is read back: B, A、C, “对”, 15 元."""
    if shown.kind == "amount":
        return words("answer.amount", number=number(Fraction(said)), unit=shown.unit)
    if shown.kind == "truth":
        return words("answer.quoted", said=words("answer.correct" if said == "0" else "answer.incorrect"))
    return listed(words, (letter(int(part)) for part in said.split(",") if part))


def key_of(words: Words, shown: Shown) -> str:
    """The right answer as it is read back."""
    if shown.answer is not None:
        return spoken(words, shown, str(shown.answer))
    return spoken(words, shown, ",".join(str(i) for i in sorted(shown.right)))


def _key_in_full(words: Words, shown: Shown) -> str:
    """The right answer with its letter and, where a phone has room, its text: the card takes the options' place."""
    if not shown.options or sum(len(shown.options[i]) for i in shown.right) > ROOM:
        return key_of(words, shown)
    texts = ((letter(i), shown.options[i]) for i in sorted(shown.right))
    return listed(words, (words(_option_key(text), letter=name, text=text) for name, text in texts))


def _option_key(text: str) -> str:
    """An option that is a quotation as a whole needs no second pair of quotes."""
    return "verdict.option_quoted" if text[0] == "“" and text.find("”") == len(text) - 1 else "verdict.option"


def key_text(words: Words, shown: Shown) -> str:
    """The right answer for somebody who no longer sees the options: their texts instead of their letters."""
    if shown.options:
        return listed(words, (shown.options[i] for i in sorted(shown.right)))
    return key_of(words, shown)


def said_text(words: Words, shown: Shown, said: str) -> str:
    """What was answered, for somebody who no longer sees the options."""
    if shown.options:
        return listed(words, (shown.options[int(part)] for part in said.split(",") if part))
    return spoken(words, shown, said)


def right(words: Words, question: Question) -> str:
    """The line above the next question."""
    return words("verdict.right", why=question.why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """What a wrong answer's card needs."""

    shown: Shown
    verdict: Verdict
    question: Question
    slot: int
    sitting: int
    last: bool


def wrong(words: Words, missed: Missed, *, follows: str = "") -> Message:
    """Stop here: this is the moment of learning. `follows` is what comes of it, in words."""
    shown, verdict, question = missed.shown, missed.verdict, missed.question
    said, key = spoken(words, shown, verdict.said), _key_in_full(words, shown)
    if verdict.mistake:
        lead = words("verdict.wrong", right=key, said=said, mistake=verdict.mistake)
    else:
        lead = words("verdict.wrong_plain", right=key, said=said)
    since = question.valid_from.isoformat()
    clause = f" {question.source.clause}" if question.source.clause else ""
    source = words("verdict.source", document=question.source.document, clause=clause, since=since)
    go_on = Button(words("verdict.result" if missed.last else "verdict.next"), f"n:{missed.sitting}")
    doubt = Button(words("verdict.doubt"), f"d:{missed.slot}")
    return Message(
        lead=lead,
        tone=Tone.WRONG,
        body="\n".join(part for part in (words("verdict.why", why=question.why), follows) if part),
        note=source,
        buttons=((go_on, doubt),),
    )


def doubted(words: Words, shown: Shown, *, name: str, code: str) -> Message:
    """To the trainer: somebody holds a question for faulty."""
    return Message(
        title=words("doubt.title", name=name),
        body=f"{shown.stem}\n{words('book.right', right=key_text(words, shown))}",
        note=words("doubt.note", code=code),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """The figures of a finished sitting. `extra` are sentences already in words, `critical` pairs of a slot and a
    checkpoint's name, still to be answered once more."""

    right: int
    of: int
    seconds: int
    streak: int = 0
    answered: int = 0
    expected: int = 0
    extra: Sequence[str] = ()
    critical: Sequence[tuple[int, str]] = ()


def finished(words: Words, finish: Finish, *, lead: str = "", counted: bool = True) -> Message:
    """The end of a sitting, with what comes next."""
    lines = list(finish.extra)
    if counted:
        if finish.streak:
            lines.append(words("finish.streak", days=finish.streak))
        lines.append(words("finish.branch", answered=finish.answered, expected=finish.expected))
    lines += _critical(words, [name for _, name in finish.critical])
    one = len(finish.critical) == 1
    retries = tuple(
        (Button(words("finish.retry") if one else words("finish.retry_one", checkpoint=name), f"r:{slot}"),)
        for slot, name in finish.critical
    )
    links = (Button(words("finish.book"), "/book"), Button(words("finish.board"), "/board"))
    return Message(
        lead=lead,
        tone=Tone.RIGHT if lead else Tone.PLAIN,
        title=words("finish.title", right=finish.right, of=finish.of, took=took(words, finish.seconds)),
        body="\n".join(lines),
        buttons=(*retries, links),
    )


def _critical(words: Words, names: Sequence[str]) -> list[str]:
    if len(names) > 1:
        named = listed(words, (words("finish.named", checkpoint=name) for name in names))
        return [words("finish.critical_several", checkpoints=named)]
    return [words("finish.critical", checkpoint=name) for name in names]


def retried(words: Words, *, checkpoint: str) -> Message:
    """The critical item was answered right at the second go."""
    return Message(body=words("retry.right", checkpoint=checkpoint), buttons=((Button(words("finish.me"), "/me"),),))


def makeup(words: Words, *, n: int, until: time, day: date) -> Message:
    """Nobody is blamed for not answering; the questions wait until the afternoon."""
    body = words("makeup.body", n=n, minutes=_minutes(n), until=clock(until))
    return Message(body=body, buttons=((_start(words("makeup.start"), day, Kind.MAKEUP),),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A branch's morning: right answers of those asked, people who answered of those expected, how many are ranked."""

    right: int
    asked: int
    answered: int
    expected: int
    ranked: int
    minimum: int


def closed(words: Words, branch: Closed, own: Place) -> Message:
    """08:45: the branch's result and one's own; a place is told in the upper half only."""
    body = words(
        "closed.body", right=branch.right, asked=branch.asked, answered=branch.answered, expected=branch.expected
    )
    if own.place is None:
        line = words("closed.noplace", minimum=branch.minimum)
    elif own.place * 2 <= branch.ranked + 1:
        line = words("closed.place", place=own.place, of=branch.ranked)
    else:
        line = words("closed.own", right=own.right, asked=own.asked)
    return Message(body=f"{body}\n{line}", buttons=((Button(words("finish.board"), "/board"),),))


def today(words: Words, *, day: date, line: str, button: Button | None = None) -> Message:
    """What today asks of a person."""
    title = words("today.title", day=day_name(words, day))
    return Message(title=title, body=line, buttons=((button,),) if button else ())
