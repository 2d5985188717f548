"""Who stays tonight and why: for the person, for the trainer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.text import clock, day_name, listed, some, whole_percent
from drills.policy import Policy

DOUBTS = 2  # buttons that report a question, side by side


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why somebody is on the list, in values: the rule, the days of the answers behind it, its figures, and
    what made it come `again`, if it does. `source` says how a finding was seen (drills.findings.Seen)."""

    rule: str
    checkpoint: str
    days: tuple[date, ...]
    right: int = 0
    asked: int = 0
    again: str = ""
    source: str = ""


def reason(words: Words, cause: Cause, policy: Policy, today: date) -> str:
    """The sentence told to the person; of a case that comes again, why it does."""
    if cause.again:
        return words(f"rule.{cause.again}")
    return words(
        f"rule.{cause.rule}",
        days=listed(words, dict.fromkeys(day_name(words, d, today) for d in cause.days)),
        times=len(cause.days),
        window=policy.rolling_days,
        right=cause.right,
        asked=cause.asked,
        rate=whole_percent(policy.rolling_rate),
        source=_source(words, cause),
    )


def _source(words: Words, cause: Cause) -> str:
    return words(f"seen.{cause.source}") if cause.source else ""


def short_reason(words: Words, cause: Cause, policy: Policy, today: date) -> str:
    """The same in a trainer's list."""
    if cause.again:
        return words(f"rule_short.{cause.again}", checkpoint=cause.checkpoint)
    key = f"rule_short.{cause.rule}"
    return words(
        key,
        checkpoint=cause.checkpoint,
        times=len(cause.days),
        days=listed(words, dict.fromkeys(day_name(words, d, today) for d in cause.days)),
        window=policy.rolling_days,
        right=cause.right,
        asked=cause.asked,
        source=_source(words, cause),
    )


def stay(words: Words, *, case: int, cause: Cause, policy: Policy, today: date) -> Message:
    """Told as soon as it is confirmed."""
    look = (Button(words("stay.material"), f"m:{case}"), Button(words("stay.why"), f"w:{case}"))
    return Message(
        title=words("stay.title", time=clock(policy.evening), checkpoint=cause.checkpoint),
        body=words("stay.body") + "\n" + words("stay.reason", reason=reason(words, cause, policy, today)),
        buttons=(look, (Button(words("stay.busy"), f"x:{case}"),)),
    )


def moved(words: Words, *, case: int, checkpoint: str, evening: date, policy: Policy) -> Message:
    """The evening was moved."""
    day = day_name(words, evening)
    title = words("stay.moved", day=day, time=clock(policy.evening), checkpoint=checkpoint)
    look = (Button(words("stay.material"), f"m:{case}"), Button(words("stay.why"), f"w:{case}"))
    return Message(title=title, body=words("stay.moved_body"), buttons=(look,))


def excused(words: Words, *, checkpoint: str) -> Message:
    """The trainer let it go."""
    return Message(title=words("stay.excused", checkpoint=checkpoint), body=words("stay.excused_body"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One answer behind a case: the day, the question, what was said and what was right, already in words."""

    slot: int
    day: date
    stem: str
    said: str
    right: str
    was_right: bool


def ask_now(words: Words, *, checkpoint: str, code: str) -> Message:
    """A first miss of a critical item that has not been answered right since."""
    button = Button(words("finish.retry"), f"rc:{code}")
    return Message(body=words("finish.critical", checkpoint=checkpoint), buttons=((button,),))


def why(
    words: Words, *, cause: Cause, proofs: Sequence[Proof], policy: Policy, today: date, may: int | None = None
) -> Message:
    """Why am I on the list: the rule, the answers, the dates."""
    rule = words(
        f"rule_full.{cause.rule}",
        window=policy.repeat_days if cause.rule == "critical-again" else policy.rolling_days,
        min=policy.rolling_min,
        rate=whole_percent(policy.rolling_rate),
    )
    told = cause.rule == "critical-again" and proofs and not cause.again  # the answers themselves say it
    lines = [rule] if told else [reason(words, cause, policy, today), rule]
    for proof in proofs:
        key = "why.answer_right" if proof.was_right else "why.answer"
        lines.append(
            f"{day_name(words, proof.day, today)}　{proof.stem}\n{words(key, said=proof.said, right=proof.right)}"
        )
    wrong = [proof for proof in proofs if not proof.was_right][:DOUBTS]
    doubts = tuple(
        Button(words("why.doubt", day=day_name(words, proof.day, today)), f"d:{proof.slot}") for proof in wrong
    )
    appeal = (Button(words("appeal.why"), f"ap:c:{may}"),) if may else ()
    return Message(
        title=words("why.title", checkpoint=cause.checkpoint),
        body="\n".join(lines),
        note=words("why.note") if doubts else "",
        buttons=tuple(row for row in (doubts, appeal) if row),
    )


def not_listed(words: Words, policy: Policy) -> Message:
    """Nobody waits for this person tonight, and how the list comes about."""
    rate = whole_percent(policy.rolling_rate)
    body = words("why.none_body", repeat=policy.repeat_days, window=policy.rolling_days, rate=rate)
    return Message(title=words("why.none"), body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One case on the trainer's list. `reason` is in words, `state` a drills.cases.State value."""

    case: int
    person: int
    name: str
    checkpoint: str
    reason: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonight:
    """The trainer's list: cases, who had no answer, who to keep an eye on, who answered once more in chat."""

    unit: int
    day: date
    duty: int
    cases: Sequence[Line] = ()
    makeup: Sequence[str] = ()
    twice: Sequence[str] = ()
    now: Sequence[str] = ()
    watch: Sequence[str] = ()


def tonight(words: Words, listing: Tonight, policy: Policy, *, done: str = "") -> Message:
    """Who stays tonight and why; one tap for all."""
    asked = [c for c in listing.cases if c.state == "proposed"]
    others = [c for c in listing.cases if c.state != "proposed"]
    lines = [f"{c.name} · {c.reason}" for c in asked]
    lines += [
        words("tonight.state", name=c.name, checkpoint=c.checkpoint, state=words(f"state.{c.state}")) for c in others
    ]
    for key, names in (
        ("now", listing.now),
        ("makeup", listing.makeup),
        ("twice", listing.twice),
        ("watch", listing.watch),
    ):
        if names:
            lines.append(words(f"tonight.{key}", names=some(words, list(names)), until=clock(policy.makeup_until)))
    settle = words(f"tonight.settle_{policy.unconfirmed}", settle=clock(policy.settle)) if asked else ""
    return Message(
        lead=done,
        title=_tonight_title(words, listing, asked),
        body="\n".join(lines),
        note=settle,
        buttons=_tonight_buttons(words, listing, asked),
    )


def _tonight_title(words: Words, listing: Tonight, asked: Sequence[Line]) -> str:
    if asked:
        return words("tonight.title", n=_people(asked), duty=listing.duty)
    staying = [c for c in listing.cases if c.state not in {"excused", "lapsed", "appealed", "withdrawn"}]
    if staying:
        return words("tonight.title_final", n=_people(staying), duty=listing.duty)
    return words("tonight.title_none", duty=listing.duty)


def _people(lines: Sequence[Line]) -> int:
    """Two cases of one person keep one person."""
    return len({line.person for line in lines})


def _tonight_buttons(words: Words, listing: Tonight, asked: Sequence[Line]) -> tuple[tuple[Button, ...], ...]:
    key = f"{listing.unit}:{listing.day:%Y%m%d}"
    rows: list[tuple[Button, ...]] = []
    if asked:
        rows.append((Button(words("tonight.all"), f"ok:{key}"), Button(words("tonight.each"), f"c:{asked[0].case}")))
    if listing.makeup:
        rows.append((Button(words("tonight.nudge"), f"nu:{key}"),))
    return tuple(rows)


def lapsed(words: Words, n: int) -> Message:
    """Proposals nobody confirmed in time."""
    return Message(body=words("tonight.lapsed", n=n))


def case(  # noqa: PLR0913 -- the card and what is said over it
    words: Words,
    line: Line,
    *,
    evening: str,
    next_open: str,
    following: int | None,
    lead: str = "",
    sure: bool = False,
) -> Message:
    """One case before the trainer: confirm (`sure`: a second time), move, or excuse."""
    title = words("case.title", name=line.name, checkpoint=line.checkpoint)
    rows = (
        (words("case.reason"), line.reason),
        (words("case.state"), words(f"state.{line.state}")),
        (words("case.evening"), evening),
    )
    excuse = Button(words("case.excuse"), f"ce:{line.case}")
    postpone = Button(words("case.postpone", day=next_open), f"cp:{line.case}")
    more = (Button(words("case.next"), f"c:{following}"),) if following else ()
    buttons: tuple[tuple[Button, ...], ...] = (more,)
    if line.state == "proposed":
        confirm = (
            Button(words("case.sure"), f"cyy:{line.case}") if sure else Button(words("case.confirm"), f"cy:{line.case}")
        )
        buttons = ((confirm, excuse), (postpone, *more))
    elif line.state in {"confirmed", "called", "again"}:
        buttons = ((postpone, excuse), more)
    return Message(lead=lead, title=title, rows=rows, buttons=tuple(row for row in buttons if row))
