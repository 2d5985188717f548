"""Files as proof, in words: the question whether they may be kept, what came of one, one's own, and judging by them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol, Self
from zoneinfo import ZoneInfo

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.text import clock, day_name, some
from drills.proofs import MEGA
from drills.scenes import Point

LOOKS = 3
"""So many viewings of a file are named; a phone is narrow."""
_TENTHS = 10


class Kept(Protocol):
    """A file as the store keeps it."""

    kind: str
    media: str
    size: int
    evening: date
    at: datetime
    until: datetime
    gone_at: datetime | None
    gone_why: str


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked, at an instant in the reader's zone."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file: when it came, until when it is kept, why it has gone (empty: it is there), who looked."""

    kind: str
    media: str
    size: int
    evening: date
    at: datetime
    until: date
    gone: str = ""
    looked: Sequence[Look] = ()

    @classmethod
    def of(cls, proof: Kept, zone: ZoneInfo, looked: Sequence[Look] = ()) -> Self:
        """As a reader in this zone sees it."""
        return cls(
            kind=proof.kind,
            media=proof.media,
            size=proof.size,
            evening=proof.evening,
            at=proof.at.astimezone(zone),
            until=proof.until.astimezone(zone).date(),
            gone=proof.gone_why if proof.gone_at else "",
            looked=looked,
        )


def _size(size: int) -> str:
    """In MiB with one decimal, never none: 2.1 MB."""
    tenths = max(1, (size * _TENTHS + MEGA // 2) // MEGA)
    return f"{tenths // _TENTHS}.{tenths % _TENTHS} MB"


def ask(words: Words, *, days: int, lead: str = "") -> Message:
    """Whether this person's files may be kept: what, for whom, how long, and that a no costs nothing."""
    buttons = (Button(words("proofs.agree"), "pfy"), Button(words("proofs.decline"), "pfn"))
    body = words("proofs.ask", days=days)
    return Message(lead=lead, title=words("proofs.ask_title"), body=body, note=words("proofs.free"), buttons=(buttons,))


def invited(words: Words, *, days: int, most: int, megabytes: int) -> Message:
    """To whoever agreed: a file may be sent."""
    body = words("proofs.invited", most=most, megabytes=megabytes, days=days)
    return Message(title=words("proofs.invited_title"), body=body, buttons=((_mine(words),),))


def declined(words: Words, stand: str, *, most: int) -> Message:
    """Nothing was fetched, and why."""
    return Message(body=words(f"proofs.{stand}", most=most))


def kept(words: Words, kind: str, size: int, *, until: date, judged: bool) -> Message:
    """It was kept; until when, and what comes next."""
    body = words("proofs.kept", kind=words(f"proofs.kind_{kind}"), size=_size(size), day=day_name(words, until))
    following = words("proofs.to_judge" if judged else "proofs.go_on")
    return Message(body=f"{body}\n{following}", buttons=((_mine(words),),))


def _mine(words: Words) -> Button:
    return Button(words("proofs.mine"), "pfm")


def with_own(words: Words, message: Message) -> Message:
    """One's own figures, with the way to one's files."""
    return replace(message, buttons=(*message.buttons, (_mine(words),)))


def with_count(words: Words, message: Message, n: int, *, case: int = 0) -> Message:
    """A card, with how many files there are of its evening, and the way to them where it is one case's."""
    if not n:
        return message
    rows = (*message.rows, (words("proofs.files"), words("proofs.count", n=n)))
    more = ((Button(words("proofs.look"), f"pfs:{case}"),),) if case else ()
    return replace(message, rows=rows, buttons=(*message.buttons, *more))


def own(words: Words, files: Sequence[File], *, since: date | None, days: int, lead: str = "") -> Message:
    """What one agreed to, what is kept, who looked."""
    if since is None:
        body, button = words("proofs.own_no", days=days), Button(words("proofs.agree"), "pfy")
    else:
        body, button = (
            words("proofs.own_yes", day=day_name(words, since), days=days),
            Button(words("proofs.back"), "pfn"),
        )
    rows = tuple((_named(words, file), _fate(words, file)) for file in files)
    return Message(lead=lead, title=words("proofs.own_title"), body=body, rows=rows, buttons=((button,),))


def _named(words: Words, file: File) -> str:
    kind = words(f"proofs.kind_{file.kind}")
    return words("proofs.named", day=day_name(words, file.evening), kind=kind, size=_size(file.size))


def _fate(words: Words, file: File) -> str:
    looks = [
        words("proofs.looked", name=look.name, day=day_name(words, look.at.date()), time=clock(look.at.time()))
        for look in file.looked
    ]
    state = words(f"proofs.gone_{file.gone}") if file.gone else words("proofs.until", day=day_name(words, file.until))
    if file.gone and not looks:
        return state
    return words("proofs.fate", state=state, seen=some(words, looks, LOOKS) if looks else words("proofs.unseen"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """An evening to judge by its files and a rubric; `open`: it still waits for that."""

    case: int
    name: str
    checkpoint: str
    files: Sequence[File]
    rubric: Sequence[Point]
    open: bool


def judging(words: Words, values: Judging, *, link: str, minutes: int) -> Message:
    """The files, with the link to the page that shows them; what to look for; and the two buttons that judge."""
    rows = tuple((str(n), _state(words, file)) for n, file in enumerate(values.files, 1))
    there = any(not file.gone for file in values.files)
    judge = (Button(words("judge.pass"), f"jp:{values.case}"), Button(words("judge.fail"), f"jf:{values.case}"))
    buttons = ((Button(words("proofs.open"), url=link),) if there else (), judge if values.open else ())
    return Message(
        title=_title(words, values),
        body="\n".join(_points(words, values)),
        rows=rows or ((words("proofs.files"), words("proofs.none")),),
        note=words("proofs.trail", minutes=minutes) if there else "",
        buttons=tuple(row for row in buttons if row),
    )


def _title(words: Words, values: Judging) -> str:
    return words("proofs.title", name=values.name, checkpoint=values.checkpoint)


def _points(words: Words, values: Judging) -> list[str]:
    points = [words("proofs.required" if p.required else "proofs.point", text=p.text) for p in values.rubric]
    return [words("proofs.points"), *points] if points else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One file on the page: what stands above it, and where it is (nothing: it has gone)."""

    label: str
    media: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page of one evening's files, in words."""

    language: str
    title: str
    points: Sequence[str]
    files: Sequence[Shown]
    note: str
    take: str


def page(words: Words, values: Judging, sources: Sequence[str]) -> Page:
    """The files themselves, and what to look for."""
    files = [
        Shown(label=f"{n} {_state(words, file)}", media=file.media, source=source)
        for n, (file, source) in enumerate(zip(values.files, sources, strict=True), 1)
    ]
    return Page(
        language=words.language,
        title=_title(words, values),
        points=_points(words, values),
        files=files,
        note=words("proofs.noted"),
        take=words("proofs.take"),
    )


def _state(words: Words, file: File) -> str:
    kind, size = words(f"proofs.kind_{file.kind}"), _size(file.size)
    if file.gone:
        return words("proofs.was", kind=kind, gone=words(f"proofs.gone_{file.gone}"))
    return words("proofs.sent", kind=kind, size=size, day=day_name(words, file.at.date()), time=clock(file.at.time()))


def more(words: Words, *, case: int, name: str, checkpoint: str) -> Message:
    """To whoever judges: another file has come."""
    body = words("proofs.more", name=name, checkpoint=checkpoint)
    return Message(body=body, buttons=((Button(words("proofs.look"), f"pfs:{case}"),),))
