"""A branch's group: linked by somebody who may, moved, let go. The group speaks the language of whoever linked it."""

from dataclasses import dataclass

from bot.chat.message import Message, Reply
from bot.services.caller import Caller, known
from bot.services.deciding import branch
from bot.services.leading import CHOICE
from bot.services.live import language
from bot.store import groups, units
from bot.store.tables import GroupChat, Unit
from bot.store.turn import Reader, Turn
from bot.views import groups as views
from drills.people import Act
from drills.refused import Refused

SHOWN = 3
"""Groups that are listed; whoever leads more asks in the group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The group something is asked in."""

    channel: str
    address: str
    title: str = ""
    changes: bool = True


def explain(turn: Reader, who: Caller) -> Reply:
    """In the private chat: how to do it, and which groups are linked."""
    every = {group.id: (unit, group) for path in _paths(who) for unit, group in groups.below(turn, path, SHOWN)}
    linked = [(unit, group.title, group.gone_at is None) for unit, group in every.values()]
    return Reply(message=views.explain(who.words, linked[:SHOWN]))


def link(turn: Turn, who: Caller, place: Place, wanted: str = "") -> Reply:
    """Link a group to the branch this person leads; if they lead several, to one that they choose or have named."""
    branches = led(turn, who, wanted)
    here = groups.at(turn, place.channel, place.address)
    if here is not None and not wanted and here.unit_id in {unit.id for unit in branches}:
        return connect(turn, who, place, here.unit_id)
    if len(branches) == 1:
        return connect(turn, who, place, known(branches[0].id))
    if not 0 < len(branches) <= CHOICE:
        return Reply(message=views.name_it(who.words, wanted))
    return Reply(message=views.choose(who.words, [(unit.name, known(unit.id)) for unit in branches], who.id))


def led(turn: Reader, who: Caller, wanted: str) -> list[Unit]:
    """The branches this person may link groups to, one more than can be chosen from at most."""
    paths = _paths(who)
    if not paths:
        raise Refused("link-no-right")
    found = {unit.id: unit for path in paths for unit in units.branches_called(turn, path, wanted, CHOICE + 1)}
    exact = [unit for unit in found.values() if unit.name == wanted]
    return exact or list(found.values())


def _paths(who: Caller) -> list[str]:
    return sorted({h.path for h in who.held if who.may(Act.LINK_GROUP, h.path)})


def connect(turn: Turn, who: Caller, place: Place, unit_id: int, *, moving: bool = False) -> Reply:
    """Make a group this branch's. If either has another already: offer to change that, or (`moving`) change it."""
    unit = branch(turn, who, unit_id, Act.LINK_GROUP)
    if unit.level != units.BRANCH:
        raise Refused("unknown")
    groups.hold(turn, unit_id)
    here = groups.at(turn, place.channel, place.address)
    if here is not None and here.unit_id == unit_id:
        groups.regain(turn, place.channel, place.address)
        here.title = place.title or here.title
        return Reply(message=views.linked_already(who.words, unit.name))
    before = groups.of_unit(turn, unit_id, place.channel)
    offer = _offer(turn, who, unit, here, before)
    if offer is not None and not moving:
        return Reply(message=offer)
    if here is not None:
        groups.unlink(turn, here)
    if before is not None:
        leave(turn, before, unit)
    group = GroupChat(
        unit_id=unit_id,
        channel=place.channel,
        address=place.address,
        title=place.title,
        linked_by=who.id,
        linked_at=turn.now,
        changes=place.changes,
    )
    if not groups.link(turn, group):  # somebody was quicker
        return connect(turn, who, place, unit_id)
    policy = turn.in_force(unit.path).policy
    return Reply(message=views.linked(who.words, unit=unit.name, push=policy.push, closes=policy.close))


def _offer(turn: Reader, who: Caller, unit: Unit, here: GroupChat | None, before: GroupChat | None) -> Message | None:
    """What has to be asked before. Raises Refused where the group is a branch's that this person does not lead."""
    words, unit_id = who.words, known(unit.id)
    if here is not None:
        other = units.get(turn, here.unit_id)
        if not who.may(Act.LINK_GROUP, other.path):
            raise Refused("link-others")
        return views.instead(words, unit=unit.name, unit_id=unit_id, asker=who.id, other=other.name)
    if before is not None and before.gone_at is None:
        return views.instead(words, unit=unit.name, unit_id=unit_id, asker=who.id, title=before.title)
    return None


def leave(turn: Turn, before: GroupChat, unit: Unit) -> None:
    """The branch goes on in another group; the one it had hears so."""
    groups.unlink(turn, before)
    message = views.left(language(turn, before), unit.name)
    groups.tell_group(turn, before, f"group-left/{before.id}", message)


def chosen(turn: Turn, who: Caller, place: Place, unit_id: int, asker: int, *, moving: bool = False) -> Reply:
    """A button of these was pressed. Raises Refused when it was somebody else's to press."""
    if who.id != asker:
        raise Refused("link-asker")
    reply = connect(turn, who, place, unit_id, moving=moving)
    return Reply(message=reply.message, replaces=True)


def unlink(turn: Turn, who: Caller, place: Place) -> Reply:
    """Let a group go. Raises Refused for the group of a branch this person does not lead."""
    here = groups.at(turn, place.channel, place.address)
    if here is None:
        return Reply(message=views.not_linked(who.words))
    unit = units.get(turn, here.unit_id)
    if not who.may(Act.LINK_GROUP, unit.path):
        raise Refused("link-no-right")
    groups.unlink(turn, here)
    return Reply(message=views.unlinked(who.words, unit.name))
