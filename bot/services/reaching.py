"""Whether we can write somewhere has changed: a chat was blocked, a group has lost us or goes on elsewhere. Whoever
leads the branch hears once of a loss."""

from bot.services.caller import known
from bot.services.duty import deciders
from bot.services.posting import CHANNEL
from bot.store import groups, links, outbox, people, units
from bot.store.tables import GroupChat, Person
from bot.store.turn import Turn
from bot.views import groups as group_views
from bot.views import people as people_views


def lost(turn: Turn, channel: str, address: str) -> None:
    """Nobody can be reached there any more."""
    owner = links.owner_of(turn, channel, address)
    person = people.find(turn, owner) if owner else None
    if person is not None and person.active:
        links.block(turn, channel, address)
        _tell_of_person(turn, person)
    group = groups.lose(turn, channel, address)
    if group is not None:
        _tell_of_group(turn, group)


def regained(turn: Turn, channel: str, address: str) -> GroupChat | None:
    """We may write there again; the unit's group it is, if it is one."""
    links.unblock(turn, channel, address)
    return groups.regain(turn, channel, address)


def _tell_of_person(turn: Turn, person: Person) -> None:
    unit = units.get(turn, person.unit_id)
    for trainer in deciders(turn, unit, known(person.id)):
        message = people_views.unreachable(turn.words[trainer.language], person.name)
        outbox.tell(turn, known(trainer.id), f"unreachable/{person.id}/{turn.now.date()}/{trainer.id}", message)


def _tell_of_group(turn: Turn, group: GroupChat) -> None:
    unit = units.get(turn, group.unit_id)
    for trainer in deciders(turn, unit):
        words = turn.words[trainer.language]
        message = group_views.lost(words, unit=unit.name, title=group.title, by_webhook=group.channel == CHANNEL)
        occasion = f"group-lost/{group.id}/{turn.now:%Y%m%d%H%M%S}/{trainer.id}"
        outbox.tell(turn, known(trainer.id), occasion, message)
