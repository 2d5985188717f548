"""Joiners, movers, leavers: what the console changes, and who hears of it (§3.3, §3.5)."""

from collections.abc import Callable

from tests.fakes.wecom.callbacks import Delivery
from tests.fakes.wecom.contacts import ACTIVE, DISABLED, LEFT, Department, Person
from tests.fakes.wecom.refusals import JSON
from tests.fakes.wecom.world import World


class Staff:
    """Every change gives the deliveries it caused: subscribe and unsubscribe to each app whose range it touched, and
    change_contact to the contacts-sync assistant, with ids only, as for addresses given after 2022-08-15."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._directory = world.directory

    def department(self, number: int, name: str, parent: int = 1) -> list[Delivery]:
        self._directory.departments[number] = Department(number, name, parent)
        return [self._world.tell_contacts("create_party", {"Id": number, "ParentId": parent})]

    def rename_department(self, number: int, name: str) -> list[Delivery]:
        """Its id alone is told, not its name (§3.5)."""
        self._directory.departments[number].name = name
        return [self._world.tell_contacts("update_party", {"Id": number})]

    def close_department(self, number: int) -> list[Delivery]:
        """One without members and without departments below it."""
        assert not self._directory.members(number)
        del self._directory.departments[number]
        return [self._world.tell_contacts("delete_party", {"Id": number})]

    def join(self, person: Person) -> list[Delivery]:
        def act() -> None:
            self._directory.people[person.key] = person

        return self._change(act, "create_user", person)

    def move(self, person: Person, *departments: int) -> list[Delivery]:
        def act() -> None:
            person.departments = list(departments)

        return self._change(act, "update_user", person)

    def rename(self, person: Person, name: str) -> list[Delivery]:
        """Nobody hears of a new name (§3.5)."""
        person.name = name
        return []

    def change_userid(self, person: Person, userid: str) -> list[Delivery]:
        """The corp gives somebody another id; the old one is told beside the new."""
        old, key = person.userid, person.key
        person.userid = userid
        self._directory.people[person.key] = self._directory.people.pop(key)
        for tagged in self._directory.tags.values():
            if key in tagged:
                tagged.remove(key)
                tagged.add(person.key)
        for chat in [each for each in self._world.chats if isinstance(each, tuple) and each[1] == key]:
            self._world.chats[chat[0], person.key] = self._world.chats.pop(chat)
        fields: JSON = {"UserID": old, "NewUserID": userid, "Department": _joined(person)}
        return [self._world.tell_contacts("update_user", fields)]

    def disable(self, person: Person) -> list[Delivery]:
        return self._set_status(person, DISABLED)

    def enable(self, person: Person) -> list[Delivery]:
        return self._set_status(person, ACTIVE)

    def leave(self, person: Person) -> list[Delivery]:
        def act() -> None:
            person.status = LEFT
            del self._directory.people[person.key]

        return self._change(act, "delete_user", person)

    def tag(self, number: int, *people: Person) -> list[Delivery]:
        """From now on the tag stands for these."""

        def act() -> None:
            self._directory.tags[number] = {one.key for one in people}

        added = ",".join(one.userid for one in people)
        return [*self._around(act), self._world.tell_contacts("update_tag", {"TagId": number, "AddUserItems": added})]

    def show_to(self, number: int, *, users: set[str], parties: set[int]) -> list[Delivery]:
        """Change an app's visible range."""

        def act() -> None:
            scope = self._world.agents[number].scope
            scope.users, scope.parties, scope.tags = {each.lower() for each in users}, parties, set()

        return self._around(act)

    def _set_status(self, person: Person, status: int) -> list[Delivery]:
        def act() -> None:
            person.status = status

        return self._around(act)

    def _change(self, act: Callable[[], None], change: str, person: Person) -> list[Delivery]:
        told = self._around(act)
        department: JSON = {} if change == "delete_user" else {"Department": _joined(person)}
        return [*told, self._world.tell_contacts(change, {"UserID": person.userid} | department)]

    def _around(self, act: Callable[[], None]) -> list[Delivery]:
        """Do it, and tell each app who entered its range and who left."""
        agents = [one for one in self._world.agents.values() if not one.is_contacts]
        before = {one.number: one.scope.people(self._directory) for one in agents}
        act()
        told = []
        for agent in agents:
            was, now = before[agent.number], agent.scope.people(self._directory)
            for event, who in (("subscribe", now.keys() - was), ("unsubscribe", was.keys() - now)):
                for key in sorted(who):
                    userid = (now.get(key) or was[key]).userid
                    told.append(self._world.tell_event(agent, userid, event, {"EventKey": ""}))
        return told


def _joined(person: Person) -> str:
    return ",".join(str(each) for each in person.departments)
