"""The wall screen: what everybody in the room reads from five metres. Never a name beside a fault."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.words import Words
from bot.views.boards import Board
from bot.views.meeting import Part, Result
from bot.views.text import letter, listed
from drills.run_sheet import Stage

WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One option: its letter and text, and once the result is shown how many chose it, `share` of a hundred."""

    letter: str
    text: str
    n: str = ""
    share: int = 0
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of the whole branch: `share` of a hundred."""

    label: str
    value: str
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One of the first three places, and who has it."""

    label: str
    names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """One screen, in words: `left` are the stage's seconds (below zero it runs over; None: no stage runs)."""

    language: str
    unit: str
    step: str
    headline: str
    count: str = ""
    lines: Sequence[str] = ()
    bars: Sequence[Bar] = ()
    shown: bool = False
    figures: Sequence[Figure] = ()
    places: Sequence[Place] = ()
    left: int | None = None


def headed(words: Words, *, unit: str, stage: Stage, place: int, of: int, left: int) -> Wall:
    """A stage by its name."""
    name = words(f"run.stage_{stage}")
    return Wall(language=words.language, unit=unit, step=f"{place}/{of}", headline=name, left=left)


def lines(part: Part) -> Sequence[str]:
    """What a stage's card says, line by line."""
    return part[0].split("\n")


def options(words: Words, result: Result) -> Sequence[Bar]:
    """The options to choose from."""
    return [Bar(letter=letter(i), text=text) for i, text in enumerate(_texts(words, result))]


def bars(words: Words, result: Result) -> Sequence[Bar]:
    """The options with their counts, the right one marked."""
    answered = max(result.answered, 1)
    return [
        Bar(
            letter=letter(i),
            text=text,
            n=words("minutes.people", n=n),
            share=n * WHOLE // answered,
            right=i in result.shown.right,
        )
        for i, (text, n) in enumerate(zip(_texts(words, result), result.counts, strict=True))
    ]


def _texts(words: Words, result: Result) -> Sequence[str]:
    return result.shown.options or (words("answer.correct"), words("answer.incorrect"))


def team(words: Words, board: Board) -> Wall:
    """After the meeting: the branch together, and who did best."""
    figures = [_figure(words, "wall.took_part", board.answered, board.expected)]
    if board.asked:
        figures.append(_figure(words, "wall.right", board.right, board.asked))
    places = [
        Place(
            label=words("wall.place", place=place), names=listed(words, [t.name for t in board.top if t.place == place])
        )
        for place in sorted({top.place for top in board.top})
    ]
    headline = words("wall.team")
    return Wall(language=words.language, unit=board.unit, step="", headline=headline, figures=figures, places=places)


def _figure(words: Words, key: str, n: int, of: int) -> Figure:
    return Figure(label=words(key), value=words("wall.of", n=n, of=of), share=n * WHOLE // max(of, 1))
