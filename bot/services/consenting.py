"""One's own files: whether they may be kept, what is kept, who looked at it. A tap gives or takes back the consent;
taken back, everything goes at once."""

from collections import defaultdict
from zoneinfo import ZoneInfo

from bot.chat.message import Reply
from bot.services import proving
from bot.services.caller import Caller, known
from bot.store import proofs
from bot.store.turn import Reader, Turn
from bot.views import proofs as views

SHOWN = 3


def concerns(turn: Reader, who: Caller) -> bool:
    """Whether files are anything to this person: their unit takes some, or they were asked once."""
    return who.rules.policy.proof == "files" or proofs.consent(turn, who.id) is not None


def page(turn: Reader, who: Caller, *, lead: str = "") -> Reply:
    """What I agreed to, my files, and who looked."""
    agreed, zone = proofs.consent(turn, who.id), ZoneInfo(who.unit.timezone)
    sent = proofs.of_person(turn, who.id, SHOWN)
    looked: dict[int, list[views.Look]] = defaultdict(list)
    for viewing, name in proofs.viewings(turn, [known(proof.id) for proof in sent]):
        looked[viewing.proof_id].append(views.Look(name, viewing.at.astimezone(zone)))
    files = [views.File.of(proof, zone, looked[known(proof.id)]) for proof in sent]
    since = agreed.at.astimezone(zone).date() if agreed and agreed.given else None
    message = views.own(
        who.words, files, since=since, days=agreed.days if agreed else who.rules.policy.proof_days, lead=lead
    )
    return Reply(message=message, replaces=True)


def agree(turn: Turn, who: Caller) -> Reply:
    """Files of this person may be kept, for as long as they were told."""
    proofs.alone(turn, who.id)
    days, before = who.rules.policy.proof_days, proofs.consent(turn, who.id)
    if before is None or not before.given or before.days != days:
        proofs.say(turn, who.id, given=True, days=days)
    welcome = proving.standing(turn, who.id).stand is proving.Stand.OPEN
    return page(turn, who, lead=who.words("proofs.agreed_now" if welcome else "proofs.agreed"))


def refuse(turn: Turn, who: Caller) -> Reply:
    """They may not, or no longer: what was kept is deleted with the same word."""
    proofs.alone(turn, who.id)
    before = proofs.consent(turn, who.id)
    if before is None or before.given:
        proofs.say(turn, who.id, given=False, days=0)
    gone = proofs.let_go(turn, proofs.kept_of(turn, who.id), "withdrawn")
    lead = who.words("proofs.withdrawn", n=gone) if gone else who.words("proofs.refused")
    return page(turn, who, lead=lead)
