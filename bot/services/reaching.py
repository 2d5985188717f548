"""Whether we can write somewhere has changed: a chat was blocked, a group has lost us or goes on elsewhere. Whoever
leads the branch hears once of a loss."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

from bot.services.caller import known
from bot.services.duty import deciders
from bot.services.posting import CHANNEL
from bot.store import groups, links, outbox, people, units
from bot.store.tables import GroupChat, Person, Unit
from bot.store.turn import Turn
from bot.views import groups as group_views
from bot.views import people as people_views


def lost(turn: Turn, channel: str, addresses: Iterable[str]) -> None:
    """Nobody can be reached there any more. Whom a branch loses at one time, its leaders hear of in one letter."""
    gone: dict[int, list[Person]] = defaultdict(list)
    for address in addresses:
        owner = links.owner_of(turn, channel, address)
        person = people.find(turn, owner) if owner else None
        if person is not None and person.active:
            links.block(turn, channel, address)
            gone[person.unit_id].append(person)
        group = groups.lose(turn, channel, address)
        if group is not None:
            _tell_of_group(turn, group)
    for unit, persons in gone.items():
        _tell_of_people(turn, units.get(turn, unit), channel, persons)


def regained(turn: Turn, channel: str, address: str) -> GroupChat | None:
    """We may write there again; the unit's group it is, if it is one."""
    links.unblock(turn, channel, address)
    return groups.regain(turn, channel, address)


def _tell_of_people(turn: Turn, unit: Unit, channel: str, gone: Sequence[Person]) -> None:
    for trainer in deciders(turn, unit):
        others = [person for person in gone if person.id != trainer.id]
        if not others:
            continue
        names = [person.name for person in others]
        message = people_views.unreachable(turn.words[trainer.language], names, channel)
        which = sha256(",".join(str(person.id) for person in others).encode()).hexdigest()[:16]
        occasion = f"unreachable/{which}/{turn.now.date()}/{trainer.id}"
        outbox.tell(turn, known(trainer.id), occasion, message)


def _tell_of_group(turn: Turn, group: GroupChat) -> None:
    unit = units.get(turn, group.unit_id)
    for trainer in deciders(turn, unit):
        words = turn.words[trainer.language]
        message = group_views.lost(words, unit=unit.name, title=group.title, by_webhook=group.channel == CHANNEL)
        occasion = f"group-lost/{group.id}/{turn.now:%Y%m%d%H%M%S}/{trainer.id}"
        outbox.tell(turn, known(trainer.id), occasion, message)
