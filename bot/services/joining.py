"""A single-use code links a chat to a person. Guessing is slowed; a wrong and an expired code look the same."""

import re
import unicodedata
from datetime import datetime, timedelta
from hashlib import sha256

from bot.chat.incoming import Incoming
from bot.services.caller import Caller, known
from bot.store import links, people, units
from bot.store.tables import Person
from bot.store.turn import Turn
from drills.people import Act
from drills.refused import Refused

GUESS_WINDOW = timedelta(hours=1)
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""What a code is made of: 32 signs that are told apart on paper. Whoever reads O, I or L means 0 or 1."""
LENGTH = 12
"""Signs of a code: 60 bits."""
_MEANT = str.maketrans("oil", "011")
_BETWEEN = re.compile(r"[\s\u2010-\u2015-]+")
_CODE = re.compile(f"[{LETTERS}]{{{LENGTH}}}")


def plain(said: str) -> str:
    """A code as it was drawn, however somebody typed it: in capitals, in groups, in the wide signs of a Chinese
    keyboard. "" for what is no code of this shape."""
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", said)).lower().translate(_MEANT)
    return bare if _CODE.fullmatch(bare) else ""


def code_hash(code: str) -> str:
    """What is kept of a code."""
    return sha256((plain(code) or code.strip()).encode()).hexdigest()


def invite(turn: Turn, person_id: int, code: str, *, by: int | None = None) -> datetime:
    """Write an invitation for a person, and say until when it holds; the code itself (at least 60 bits, drawn by the
    caller) is not kept."""
    person = people.get(turn, person_id)
    hours = turn.in_force(units.get(turn, person.unit_id).path).policy.invitation_hours
    return links.invite(turn, person_id, code_hash(code), by, turn.now + timedelta(hours=hours)).expires_at


def invite_as(turn: Turn, who: Caller, person_id: int, code: str) -> None:
    """The same, asked for by somebody who must be allowed to invite on the person's unit."""
    person = people.get(turn, person_id)
    who.need(Act.INVITE, units.get(turn, person.unit_id).path)
    invite(turn, person_id, code, by=who.id)


def join(turn: Turn, incoming: Incoming, code: str) -> Person | Refused:
    """Link this chat to the person the code is for. A refusal is returned, not raised: the guess must be kept."""
    policy = turn.in_force("/").policy
    since = turn.now - GUESS_WINDOW
    if links.guesses(turn, since, incoming.channel, incoming.address) >= policy.guesses_per_hour:
        return Refused("slow-down")
    owner = links.owner_of(turn, incoming.channel, incoming.address)
    invitation = links.invitation(turn, code_hash(code))
    invited = people.get(turn, invitation.person_id) if invitation else None
    if invitation is not None and owner not in {None, invitation.person_id}:
        return Refused("linked-other")
    if invitation is None or invited is None or not invited.active:
        return _guessed(turn, incoming)
    if owner == invited.id and invitation.used_at is not None:
        return invited  # their own link, opened once more
    if not links.use(turn, known(invitation.id)):
        return _guessed(turn, incoming)
    links.attach(turn, invitation.person_id, incoming.channel, incoming.address)
    return invited


def _guessed(turn: Turn, incoming: Incoming) -> Refused:
    """A wrong code. When guesses come from everywhere they are slowed too; a right code is heard all the same."""
    links.guessed(turn, incoming.channel, incoming.address)
    everywhere = links.guesses(turn, turn.now - GUESS_WINDOW)
    return Refused("slow-down" if everywhere > turn.in_force("/").policy.guesses_altogether else "bad-code")
