"""A file as proof of an evening: whether one may be taken from somebody now, keeping it, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.chat.incoming import Incoming
from bot.chat.message import Reply
from bot.services import caseflow, judging
from bot.services.caller import Caller, known, local
from bot.store import cases, inbox, links, outbox, people, proofs, recordings, units
from bot.store.tables import Proof, TrainingCase, Unit
from bot.store.turn import Reader, Turn
from bot.views import proofs as views
from drills.cases import Event, State
from drills.policy import Policy
from drills.proofs import MEGA, MOST, PROVED, Type, kept_until
from drills.recordings import EVENING
from drills.refused import Refused

WAITS = (State.CALLED, State.TRAINING, State.PROVING, State.PROVEN)
"""The evening has begun, and nobody has judged it yet."""
WHILE = timedelta(minutes=3)
"""Ten pictures at once are declined once."""
URGENT = 3


class Stand(StrEnum):
    """Whether a file may be taken from somebody now, or why not."""

    NOTHING = "nothing"  # no evening of theirs asks for proof
    REFERENCES = "references"  # their unit notes recordings only
    CLOSED = "closed"  # the program has no key to seal files with, or no page to show them on
    ASK = "ask"  # they have not agreed
    FULL = "full"  # there are enough of this evening's
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands, for which case; `days` is what the person agreed to."""

    stand: Stand
    case: TrainingCase | None = None
    policy: Policy
    days: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file is welcome, of so many bytes at most."""

    person: int
    most: int


@dataclass(frozen=True, slots=True)
class Clip:
    """A file as it was brought: checked, hashed, sealed."""

    type: Type
    size: int
    digest: str
    sealed: bytes


def about(person_id: int, digest: str) -> str:
    """Under what a file is sealed: it opens as this person's and with this hash, or not at all."""
    return f"{person_id}/{digest}"


def standing(turn: Reader, person_id: int) -> Standing:
    """How it stands with somebody. Nothing is asked of a person whose evening needs no proof (domain LG-07)."""
    waiting = _waiting(turn, person_id)
    case = max(waiting, key=lambda one: one.evening) if waiting else None
    if case is None:
        return Standing(stand=Stand.NOTHING, policy=turn.in_force("/").policy)
    policy = turn.in_force(units.get(turn, case.unit_id).path).policy
    agreed = proofs.consent(turn, person_id)
    if policy.proof != "files":
        stand = Stand.REFERENCES
    elif turn.vault is None or turn.site is None:
        stand = Stand.CLOSED
    elif agreed is None or not agreed.given:
        stand = Stand.ASK
    else:
        full = len(_kept(turn, case)) >= MOST
        return Standing(stand=Stand.FULL if full else Stand.OPEN, case=case, policy=policy, days=agreed.days)
    return Standing(stand=stand, case=case, policy=policy)


def _waiting(turn: Reader, person_id: int) -> list[TrainingCase]:
    return [case for case in cases.of_person(turn, person_id, WAITS) if case.rule in PROVED]


def _kept(turn: Reader, case: TrainingCase) -> Sequence[Proof]:
    return [proof for proof in proofs.of_evening(turn, case.person_id, case.evening) if proof.gone_at is None]


def wanted(turn: Reader, incoming: Incoming) -> Wanted | None:
    """Whether the file of this event is worth fetching at all; None also for an event that was heard before."""
    person = links.person_at(turn, incoming.channel, incoming.address)
    if person is None or inbox.knows(turn, incoming):
        return None
    now = standing(turn, known(person.id))
    return Wanted(known(person.id), now.policy.proof_megabytes * MEGA) if now.stand is Stand.OPEN else None


def declined(turn: Turn, who: Caller) -> bool:
    """Say kindly why nothing was fetched, once for a burst. False: none of this concerns them."""
    now = standing(turn, who.id)
    if now.stand is Stand.NOTHING:
        return False
    if now.stand is Stand.ASK:
        message = views.ask(who.words, days=now.policy.proof_days, lead=who.words("proofs.unkept"))
    else:
        message = views.declined(who.words, now.stand, most=MOST)
    window = int(turn.now.timestamp() // WHILE.total_seconds())
    once = f"unkept/{now.stand}/{who.id}/{window}"
    outbox.tell(turn, who.id, once, message, urgency=outbox.REPLY_URGENCY)
    return True


def keep(turn: Turn, who: Caller, clip: Clip) -> Reply:
    """Keep a file; with it the evening is proved. Raises Refused where it may not be taken any more: then nothing of it
    is kept."""
    proofs.alone(turn, who.id)
    now = standing(turn, who.id)
    case = now.case
    if now.stand is not Stand.OPEN or case is None:
        raise Refused("proof-changed")
    unit = units.get(turn, case.unit_id)
    proof = Proof(
        person_id=who.id,
        unit_id=case.unit_id,
        evening=case.evening,
        kind=clip.type.kind,
        media=clip.type.media,
        size=clip.size,
        digest=clip.digest,
        at=turn.now,
        until=kept_until(turn.now, now.policy.proof_days, now.days),
    )
    proofs.keep(turn, proof, clip.sealed)
    _follow(turn, unit, proof)
    until = proof.until.astimezone(local(turn, unit).tzinfo).date()
    done = State(case.state) is State.PROVEN
    return Reply(message=views.kept(who.words, clip.type.kind, clip.size, until=until, judged=done))


def _follow(turn: Turn, unit: Unit, proof: Proof) -> None:
    """Evenings that waited for proof go to whoever judges; one that was there already has one file more."""
    for case in _waiting(turn, proof.person_id):
        if case.evening != proof.evening:
            continue
        if State(case.state) is State.PROVING:
            _prove(turn, unit, case)
        elif State(case.state) is State.PROVEN:
            judging.tell_more(turn, unit, case, known(proof.id))


def settle(turn: Turn, unit: Unit, case: TrainingCase) -> None:
    """The evening has ended just now: where it waits for proof, a file or recordings that were there before are it."""
    if State(case.state) is not State.PROVING:
        return
    there = recordings.of_evening(turn, case.unit_id, case.evening)
    if _kept(turn, case) or all(part in there for part in EVENING):
        _prove(turn, unit, case)


def _prove(turn: Turn, unit: Unit, case: TrainingCase) -> None:
    caseflow.step(turn, case, Event.PROVE, note="by file" if _kept(turn, case) else "")
    judging.ask(turn, unit, case)


def invite(turn: Turn, unit: Unit, day: date) -> None:
    """With the evening's card: who agreed hears that they may send a file; who was never asked is asked, once; whoever
    said no hears nothing of it."""
    policy = turn.in_force(unit.path).policy
    if policy.proof != "files" or turn.vault is None or turn.site is None:
        return
    called = cases.of_unit(turn, known(unit.id), [State.CALLED], evening_by=day)
    for person_id in {case.person_id for case in called if case.rule in PROVED}:
        words, agreed = turn.words[people.get(turn, person_id).language], proofs.consent(turn, person_id)
        if agreed is None:
            message = views.ask(words, days=policy.proof_days)
            outbox.tell(turn, person_id, f"consent/{person_id}", message, urgency=URGENT)
        elif agreed.given:
            message = views.invited(words, days=agreed.days, most=MOST, largest=policy.proof_megabytes)
            outbox.tell(turn, person_id, f"proof/{person_id}/{day}", message, urgency=URGENT)


def clear(turn: Turn) -> int:
    """Delete what has been kept long enough; how many files that were."""
    return proofs.let_go(turn, proofs.over(turn), "over")
