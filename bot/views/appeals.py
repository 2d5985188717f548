"""Appeals in words: the ground, the judge's card, the ruling, and what everybody else hears of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.quiz import key_text, said_text
from bot.views.text import clock, day_name, listed, share
from drills.appeals import Because, Ground, Outcome
from drills.cases import Event
from drills.marking import Shown
from drills.questions import Question

SHORT = 24
OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An appeal as it was made: `ground` a drills.appeals.Ground, or what was `said`; `mark`: against a mark, not a
    case."""

    id: int
    ground: str
    said: str
    due: date
    mark: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How it ended: a drills.appeals.Outcome, and why it was kept (Because, or what was `said`)."""

    outcome: str
    because: str
    said: str


def stem(shown: Shown) -> str:
    """The beginning of a question, as something is called in a sentence."""
    text = shown.stem
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is appealed: what it is called, what is to be known of it, and whether it is a `mark` (or a case)."""

    name: str
    lines: Sequence[str]
    mark: bool


def of_mark(words: Words, shown: Shown, said: str, question: Question | None) -> Subject:
    """The mark of one answer: the question, what was `said`, what is right, and why."""
    told = answered(words, shown, said)
    why = [words("verdict.why", why=question.why)] if question else []
    return Subject(name=stem(shown), lines=(shown.stem, told, *why), mark=True)


def answered(words: Words, shown: Shown, said: str) -> str:
    """What somebody said to a question, and what is right."""
    return words("appeal.answer", said=said_text(words, shown, said), right=key_text(words, shown))


def grounds(words: Words, name: str, *, key: str, mark: bool) -> Message:
    """On what ground."""
    which = (Ground.KEY, Ground.DONE) if mark else (Ground.DONE, Ground.CAUSE)
    buttons = [Button(words(f"appeal.ground_{ground}"), f"apm:{key}:{ground}") for ground in which]
    own = Button(words("appeal.ground_words"), f"apo:{key}")
    title = words("appeal.title", name=name)
    return Message(title=title, body=words("appeal.grounds"), buttons=(tuple(buttons), (own,)))


def write(words: Words, name: str) -> Message:
    """The ground is written next."""
    return Message(title=words("appeal.title", name=name), body=words("appeal.write"))


def made(words: Words, row: Paper, name: str, *, judges: Sequence[str], frozen: bool, today: date) -> Message:
    """To the person: who judges, until when, and what stands still."""
    body = [words("appeal.made_body", judges=listed(words, judges), due=day_name(words, row.due, today))]
    if frozen:
        body.append(words("appeal.made_frozen"))
    back = Button(words("appeal.take_back"), f"apb:{row.id}")
    return Message(title=words("appeal.made", name=name), body="\n".join(body), buttons=((back,),))


def frozen(words: Words, *, name: str, about: str, due: date) -> Message:
    """To who decides on the branch."""
    return Message(body=words("appeal.frozen", name=name, about=about, due=day_name(words, due)))


def ground(words: Words, row: Paper) -> str:
    """What the person says against it."""
    return row.said or words(f"appeal.ground_{row.ground}")


def card(  # noqa: PLR0913 -- the card and what is said over it
    words: Words, row: Paper, what: Subject, *, name: str, unit: str, today: date, lead: str = ""
) -> Message:
    """One appeal before its judge."""
    rows = (
        (words("appeal.said"), ground(words, row)),
        (words("appeal.due"), day_name(words, row.due, today)),
    )
    key = "mark" if what.mark else "case"
    uphold = Button(words(f"appeal.uphold_{key}"), f"aju:{row.id}")
    strike = (Button(words("appeal.strike"), f"ajs:{row.id}"),) if what.mark else ()
    keep = Button(words(f"appeal.keep_{key}"), f"ajk:{row.id}")
    return Message(
        lead=words(f"appeal.lead_{lead}") if lead else "",
        title=words("appeal.card", name=name, unit=unit),
        body="\n".join(what.lines if what.mark else (words("appeal.against", name=what.name), *what.lines)),
        rows=rows,
        note=words(f"appeal.note_{key}"),
        buttons=((uphold, *strike), (keep,)),
    )


def because(words: Words, row: Paper, what: Subject) -> Message:
    """It is kept: for what reason."""
    buttons = tuple(
        Button(words(f"appeal.because_{why}"), f"ajn:{row.id}:{why}") for why in (Because.RULE, Because.SEEN)
    )
    more = (Button(words("appeal.because_words"), f"ajo:{row.id}"), Button(words("setting.back"), f"aj:{row.id}"))
    title = words("appeal.title", name=what.name)
    return Message(title=title, body=words("appeal.because"), buttons=(buttons, more))


def reason(words: Words, end: End) -> str:
    """Why it was kept."""
    return end.said or words(f"appeal.because_{end.because}")


def judged(words: Words, row: Paper, end: End, *, name: str) -> Message:
    """To the judge."""
    return Message(body=words(f"appeal.judged_{_verdict(end, mark=row.mark)}", name=name))


def _verdict(end: End, *, mark: bool) -> str:
    return f"{end.outcome}_{'mark' if mark else 'case'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What became of a case: `state` where it stands now, `evening` the one it would be trained on."""

    checkpoint: str
    event: Event
    state: str
    evening: date


def ruled(  # noqa: PLR0913 -- the ruling and what follows from it
    words: Words,
    end: End,
    what: Subject,
    *,
    judge: str,
    became: Sequence[Became],
    evening: time,
    today: date,
) -> Message:
    """To the person: how it was judged, why, and what follows."""
    lines = [words(f"appeal.ruled_{_verdict(end, mark=what.mark)}", name=what.name)]
    if end.outcome == Outcome.KEPT:
        lines.append(words("appeal.ruled_because", why=reason(words, end), judge=judge))
    lines += [_became(words, one, evening, today) for one in became]
    title = words("appeal.ruled_kept" if end.outcome == Outcome.KEPT else "appeal.ruled_upheld")
    return Message(title=title, body="\n".join(dict.fromkeys(lines)))


def _became(words: Words, one: Became, evening: time, today: date) -> str:
    stays = one.event is Event.REJECT and one.state in {"confirmed", "again"}
    key = "goes_on_evening" if stays else f"became_{one.event}"
    when = {"day": day_name(words, one.evening, today), "time": clock(evening)}
    return words(f"appeal.{key}", checkpoint=one.checkpoint, **when)


def told(words: Words, end: End, what: Subject, *, name: str, became: Sequence[Became]) -> Message:
    """To whoever saw the old verdict."""
    lines = [words(f"appeal.told_{_verdict(end, mark=what.mark)}", name=name, about=what.name)]
    if what.mark:
        lines += [words(f"appeal.became_{one.event}", checkpoint=one.checkpoint) for one in became]
    return Message(body="\n".join(dict.fromkeys(lines)))


def corrected(words: Words, board: Message) -> Message:
    """A board that the group saw is another one now."""
    return replace(board, lead=words("appeal.corrected"))


def figure(
    words: Words, *, unit: str, unit_id: int, day: date, before: tuple[int, int], now: tuple[int, int]
) -> Message:
    """A figure that a letter told is another one now."""
    body = words("appeal.figure", unit=unit, day=day_name(words, day), before=share(*before), now=share(*now))
    look = Button(words("menu.board"), f"b:{unit_id}:{day:%Y%m%d}")
    return Message(body=body, buttons=((look,),))


def home(
    words: Words,
    *,
    waiting: Sequence[tuple[Paper, str, str]],
    own: Sequence[tuple[Paper, End | None, str]],
    may: Sequence[tuple[str, str]],
    today: date,
) -> Message:
    """What waits for one's own judgement, how one's own appeals stand, and what may be appealed."""
    lines, buttons = [], []
    for row, name, about in waiting:
        lines.append(words("appeal.home_waits", name=name, about=about, due=day_name(words, row.due, today)))
        buttons.append((Button(words("appeal.home_judge", name=name), f"aj:{row.id}"),))
    for row, end, name in own:
        how = words(f"appeal.state_{end.outcome if end else OPEN}", due=day_name(words, row.due, today))
        lines.append(words("appeal.home_own", name=name, how=how))
        if end is None:
            buttons.append((Button(words("appeal.take_back"), f"apb:{row.id}"),))
    buttons += [(Button(words("appeal.home_may", name=name), f"ap:{key}"),) for name, key in may]
    if not lines and not may:
        lines.append(words("appeal.home_none"))
    note = words("appeal.home_note") if may else ""
    return Message(title=words("appeal.home"), body="\n".join(lines), note=note, buttons=tuple(buttons))
