"""A branch's WeCom group, known by its webhook's key: it is written to and never answers, so it is linked elsewhere, on
the command line or in somebody's private chat."""

from hashlib import sha256

from bot.chat.message import Message, Reply
from bot.chat.words import Words
from bot.services.caller import Caller, known
from bot.services.linking import leave, led
from bot.services.live import language
from bot.store import groups, units
from bot.store.tables import GroupChat, Unit
from bot.store.turn import Reader, Turn
from bot.views import groups as views
from drills.people import Act
from drills.refused import Refused

CHANNEL = "wecom-group"


def paste(turn: Turn, who: Caller, key: str, wanted: str = "") -> Reply:
    """Somebody sends the address of a group's webhook: from now on it is the group of the branch they lead, or of the
    one they have named beside it. What it was before gives way: nobody pastes an address by chance."""
    branches = led(turn, who, wanted)
    if len(branches) != 1:
        return Reply(message=views.name_beside(who.words, wanted))
    group = link(turn, branches[0], key, who)
    closes = turn.in_force(branches[0].path).policy.close
    which = sha256(key.encode()).hexdigest()[:12]  # a database may give a number again, and a key is a secret
    first = greeting(turn, language(turn, group), branches[0])
    groups.tell_group(turn, group, f"group-linked/{group.linked_at.timestamp():.0f}/{which}", first)
    return Reply(message=views.posts(who.words, unit=branches[0].name, closes=closes))


def greeting(turn: Reader, words: Words, unit: Unit) -> Message:
    """The first words in a branch's group. Raises Refused for a unit that is no branch."""
    if unit.level != units.BRANCH:
        raise Refused("not-a-branch", unit=unit.name)
    return views.greeting(words, unit=unit.name, closes=turn.in_force(unit.path).policy.close)


def link(turn: Turn, unit: Unit, key: str, who: Caller | None = None) -> GroupChat:
    """Make the group this branch's; nobody we know does so on the command line. Raises Refused for a unit that is no
    branch, and for the group of another branch that `who` does not lead."""
    if unit.level != units.BRANCH:
        raise Refused("not-a-branch", unit=unit.name)
    groups.hold(turn, known(unit.id))
    here = groups.at(turn, CHANNEL, key)
    if here is not None and here.unit_id == unit.id:
        if here.gone_at is not None:
            here.gone_at, here.linked_at = None, turn.now
        return here
    if here is not None:
        if who is not None and not who.may(Act.LINK_GROUP, units.get(turn, here.unit_id).path):
            raise Refused("post-others")
        groups.unlink(turn, here)
    before = groups.of_unit(turn, known(unit.id), CHANNEL)
    if before is not None:
        leave(turn, before, unit)
    group = GroupChat(
        unit_id=known(unit.id),
        channel=CHANNEL,
        address=key,
        linked_by=who.id if who else None,
        linked_at=turn.now,
        changes=False,
    )
    if not groups.link(turn, group):  # somebody was quicker
        return link(turn, unit, key, who)
    return group


def remove(turn: Turn, unit: Unit) -> bool:
    """Nothing goes into the branch's WeCom group any more. False where it has none."""
    group = groups.of_unit(turn, known(unit.id), CHANNEL)
    if group is not None:
        groups.unlink(turn, group)
    return group is not None
