"""The auditor: what was due, worked out from roster and calendar, against what the channel recorded. Not the outbox."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.rehearsal.channel import Delivered
from bot.rehearsal.town import Town
from bot.rehearsal.troupe import ZONE


@dataclass(frozen=True, slots=True)
class Findings:
    """Letters delivered (one that changes a message is a letter too), and what was wrong: repeats are letters whose
    receipt a crash destroyed, duplicates any others seen twice or promised twice; losses are things due that never
    came, answers among them."""

    letters: int
    repeats: int
    duplicates: int
    losses: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the record is held against: `asked` are the events handed in with their address, `said` the slots somebody
    was seen to answer, `kept` those whose answer is in the database, `destroyed` how often a letter's receipt died."""

    asked: Iterable[tuple[str, str]] = ()
    said: Iterable[int] = ()
    kept: Iterable[int] = ()
    destroyed: Mapping[int, int] = field(default_factory=Counter)


def kind_of(seen: Delivered) -> str:
    """What a letter is, read from its buttons as a person would; in a group, whose address begins with a minus, the
    board is what has rows, and the count before it has none."""
    if seen.message is None or seen.event:
        return ""
    if seen.address.startswith("-"):
        return "board" if seen.message.rows else ""
    verbs = {b.data.partition(":")[0] for row in seen.message.buttons for b in row}
    if {"sd", "off"} <= verbs:
        return "push"
    if "gd" in verbs:
        return "reminder"
    return "summary" if "wo" in verbs and verbs & {"u", "b"} else ""


def audit(record: Sequence[Delivered], town: Town, days: Sequence[date], evidence: Evidence) -> Findings:
    """Compare what came with what was due."""
    copies = Counter(seen.letter for seen in record if seen.letter)
    repeats = sum(min(n - 1, evidence.destroyed.get(letter, 0)) for letter, n in copies.items())
    twice = sum(n - 1 for n in copies.values()) - repeats
    came: dict[tuple[str, date, str], set[int]] = defaultdict(set)
    for seen in record:
        came[kind_of(seen), seen.at.astimezone(ZONE).date(), seen.address].add(seen.letter)
    promised_twice = sum(len(letters) - 1 for (kind, _, _), letters in came.items() if kind)
    replies = {(seen.event, seen.letter) for seen in record if seen.event and seen.letter}
    promised_twice += len(replies) - len({event for event, _ in replies})
    missing = [f"{kind} {day} {address}" for kind, day, address in _due(town, days) if (kind, day, address) not in came]
    answered = {seen.event for seen in record if seen.event}
    missing += [f"reply to {event} for {address}" for event, address in evidence.asked if event not in answered]
    missing += [f"answer to slot {slot}" for slot in sorted(set(evidence.said) - set(evidence.kept))]
    return Findings(
        letters=len(copies),
        repeats=repeats,
        duplicates=twice + promised_twice,
        losses=len(missing),
        missing=tuple(missing[:20]),
    )


def _due(town: Town, days: Sequence[date]) -> Iterable[tuple[str, date, str]]:
    """A push for everybody with a post on each working day, a board for every branch's group; a summary for every
    manager from the second day on."""
    for i, day in enumerate(days):
        for group in town.groups.values():
            yield "board", day, group
        for member in town.plan.cast:
            address = str(town.people[member.name])
            if member.post:
                yield "push", day, address
            if member.role == "manager" and i > 0:
                yield "summary", day, address
