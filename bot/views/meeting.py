"""The meeting on the host's phone: one card that goes through the run sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.chat.message import Button, Message, Rows, Tone
from bot.chat.words import Words
from bot.views.quiz import Card, ask, key_text
from bot.views.run_sheet import timed
from bot.views.text import listed
from drills.marking import Shown
from drills.meeting import NEXT, Mark
from drills.questions import Question
from drills.run_sheet import Sheet, Stage, total

Part = tuple[str, Rows]
"""What a stage says, and its own buttons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a meeting stands: the stage's place among the others, its minutes and how many of them are spent."""

    meeting: int
    stage: Stage
    place: int
    of: int
    minutes: int
    spent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A meeting that has not begun: its sheet, and when it would begin; whether the reader may change the sheet
    (`may_set`), and whether there are minutes of earlier days for them."""

    unit: str
    unit_id: int
    sheet: Sheet
    at: time
    may_set: bool = True
    earlier: bool = True


def start(words: Words, ahead: Ahead) -> Message:
    """Before it begins: what is ahead."""
    begin = Button(words("run.begin"), f"mtb:{ahead.unit_id}")
    more = [Button(words("run_sheet.change"), f"rs:{ahead.unit_id}")] if ahead.may_set else []
    more += [Button(words("minutes.earlier_days"), f"mth:{ahead.unit_id}:0")] if ahead.earlier else []
    title = words("run.ahead", unit=ahead.unit, minutes=total(ahead.sheet))
    rows = timed(words, ahead.sheet, ahead.at)
    return Message(title=title, rows=rows, buttons=((begin,), *([tuple(more)] if more else [])))


def which(words: Words, branches: Sequence[tuple[str, int]]) -> Message:
    """Whose meeting is meant."""
    buttons = [Button(name, f"mt:{unit}") for name, unit in branches]
    return Message(
        body=words("choose.branch"), buttons=tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    )


def frame(words: Words, head: Head, part: Part, *, wall: str = "") -> Message:
    """One stage with its clock, and the way on. The button names the stage it leaves, so that two phones that press at
    once take one step."""
    title = words(
        "run.title",
        place=head.place,
        of=head.of,
        stage=words(f"run.stage_{head.stage}"),
        minutes=head.minutes,
        spent=head.spent,
    )
    last = head.place == head.of
    way = [Button(words("run.back"), f"mtp:{head.meeting}:{head.stage}")] if head.place > 1 else []
    way += [] if last else [Button(words("run.next"), f"mtn:{head.meeting}:{head.stage}")]
    way.append(Button(words("run.end"), f"mte:{head.meeting}" if last else f"mtq:{head.meeting}"))
    screen = ((Button(words("run.wall"), url=wall),),) if wall else ()
    return Message(title=title, body=part[0], buttons=(*part[1], tuple(way), *screen))


def sure(words: Words, meeting: int, unit_id: int, left: int) -> Message:
    """Ending with stages left."""
    yes, no = Button(words("run.end"), f"mte:{meeting}"), Button(words("run.go_on"), f"mt:{unit_id}")
    return Message(body=words("run.sure", left=left), buttons=((yes, no),))


def roll(words: Words, meeting: int, called: Sequence[tuple[int, str, Mark | None]], on_leave: Sequence[str]) -> Part:
    """A button for everybody on duty; a tap says the next thing of them."""
    buttons = [
        Button(words(f"run.mark_{mark}", name=name) if mark else name, f"mtr:{meeting}:{person}:{NEXT[mark]}")
        for person, name, mark in called
    ]
    rows = [tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3)]
    if any(mark is None for _, _, mark in called):
        rows.append((Button(words("run.rest_here"), f"mta:{meeting}"),))
    lines = [words("run.roll")]
    if on_leave:
        lines.append(words("run.on_leave", names=listed(words, on_leave)))
    return "\n".join(lines), tuple(rows)


def look(words: Words, groups: Sequence[Sequence[str]], points: Sequence[str]) -> Part:
    """Who looks at whom, and at what."""
    pairs = listed(words, [words("run.pair").join(group) for group in groups])
    return "\n".join([*([pairs] if pairs else []), *points]), ()


def review(words: Words, meeting: int, praise: Sequence[str], points: Sequence[str], *, held: bool) -> Part:
    """Last night, praise first; who has to do it again is not named."""
    if not points:
        return words("run.no_review"), ()
    lines = [words("review.praise", names=listed(words, praise))] if praise else []
    lines.append(words("review.point", checkpoints=listed(words, points)))
    done: Rows = () if held else ((Button(words("review.done"), f"mtd:{meeting}"),),)
    return "\n".join([*lines, *([words("review.thanks")] if held else [])]), done


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The shared question with its answers: how many chose each option, of how many it was asked."""

    shown: Shown
    counts: Sequence[int]
    of: int
    why: str

    @property
    def answered(self) -> int:
        return sum(self.counts)

    @property
    def right(self) -> int:
        return sum(self.counts[i] for i in self.shown.right)


def to_ask(words: Words, meeting: int, n: int) -> Part:
    """Before the question goes out."""
    return words("run.to_ask", n=n), ((Button(words("run.ask"), f"mts:{meeting}"),),)


def asked(words: Words, meeting: int, unit_id: int, result: Result) -> Part:
    """While it is answered: the count, and no name."""
    again, show = Button(words("run.again"), f"mt:{unit_id}"), Button(words("run.reveal"), f"mtv:{meeting}")
    count = words("run.count", answered=result.answered, of=result.of)
    return f"{result.shown.stem}\n{count}", ((again, show),)


def all_answered(words: Words, meeting: int, n: int) -> Message:
    """To the host, once nobody is waited for."""
    show = Button(words("run.reveal"), f"mtv:{meeting}")
    return Message(body=words("run.all_answered", n=n), buttons=((show,),))


def revealed(words: Words, result: Result) -> Part:
    """Its result: how many chose what, the right one, and why."""
    texts = result.shown.options or (words("answer.correct"), words("answer.incorrect"))
    lines = [
        words("run.right_option" if i in result.shown.right else "run.option", text=text, n=n)
        for i, (text, n) in enumerate(zip(texts, result.counts, strict=True))
    ]
    return "\n".join([result.shown.stem, *lines, words("verdict.why", why=result.why)]), ()


def no_question(words: Words) -> Part:
    """Nothing fits that nobody has before them today."""
    return words("run.no_question"), ()


def scene(words: Words, names: Sequence[str], checkpoint: str) -> Part:
    """Who plays whom, and what about."""
    if not names:
        return words("run.no_scene"), ()
    keys = ("run.acts", "run.customer", "run.observes")
    lines = [words(key, name=name) for key, name in zip(keys, names, strict=False)]
    return "\n".join([words("run.scene", checkpoint=checkpoint), *lines]), ()


def rule(words: Words, checkpoint: str, lines: Sequence[str], document: str) -> Part:
    """The rule of the day with its source."""
    source = [words("run.source", document=document)] if document else []
    return "\n".join([words("finish.named", checkpoint=checkpoint), *lines, *source]), ()


def question(words: Words, shown: Shown, slot: int, topic: str) -> Message:
    """The shared question on everybody's phone."""
    return ask(words, Card(shown=shown, slot=slot, position=1, of=1, topic=topic, title="run.shared"))


def source(words: Words, question: Question) -> str:
    """Where an answer is written, and since when."""
    clause = f" {question.source.clause}" if question.source.clause else ""
    since = question.valid_from.isoformat()
    return words("verdict.source", document=question.source.document, clause=clause, since=since)


def right(words: Words, question: Question, lead: str = "") -> Message:
    """Right, with the source; nothing more comes."""
    return Message(lead=lead or words("verdict.right", why=question.why), tone=Tone.RIGHT, note=source(words, question))


def unanswered(words: Words, shown: Shown, question: Question) -> Message:
    """To whoever had not answered when the result was shown."""
    body = words("run.it_was", right=key_text(words, shown))
    why = words("verdict.why", why=question.why)
    return Message(title=shown.stem, body=f"{body}\n{why}", note=source(words, question))
