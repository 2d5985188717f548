"""The corp's departments, members and tags, and what of them an app may see (§6.1)."""

from dataclasses import dataclass, field

ROOT = 1
ACTIVE, DISABLED, NOT_ACTIVATED, LEFT = 1, 2, 4, 5


@dataclass
class Department:
    id: int
    name: str
    parent: int


@dataclass
class Person:
    """A member. The userid is kept as given and compared without regard to its letters' case (§0.4)."""

    userid: str
    name: str
    departments: list[int]
    position: str = ""
    status: int = ACTIVE
    licensed: bool = True

    @property
    def key(self) -> str:
        return self.userid.lower()


@dataclass
class Directory:
    """Everybody there is, by lower-case userid."""

    departments: dict[int, Department] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    tags: dict[int, set[str]] = field(default_factory=dict)

    def find(self, userid: object) -> Person | None:
        found = self.people.get(str(userid).lower())
        return found if found and found.status not in {DISABLED, LEFT} else None

    def below(self, department: int) -> list[int]:
        """The department and all under it."""
        found = [department] if department in self.departments else []
        for each in found:
            found += [one.id for one in self.departments.values() if one.parent == each]
        return found

    def above(self, department: int) -> list[int]:
        """The department and all over it."""
        found = []
        while department in self.departments:
            found.append(department)
            department = self.departments[department].parent
        return found

    def members(self, department: int) -> list[Person]:
        """Who is in it or under it."""
        wanted = set(self.below(department))
        return [one for one in self.people.values() if self.find(one.userid) and wanted & set(one.departments)]


@dataclass
class Scope:
    """An app's visible range: who sees it, and whom its token reads and writes to [path/90665].
    `users` are lower-case userids."""

    users: set[str] = field(default_factory=set)
    parties: set[int] = field(default_factory=lambda: {ROOT})
    tags: set[int] = field(default_factory=set)

    def find(self, directory: Directory, userid: str) -> Person | None:
        """The member of this id, if the app sees them."""
        found = directory.find(userid)
        return found if found and self._covers(directory, found) else None

    def people(self, directory: Directory) -> dict[str, Person]:
        """Everybody in it, by lower-case userid."""
        return {key: one for key in directory.people if (one := self.find(directory, key))}

    def _covers(self, directory: Directory, person: Person) -> bool:
        if person.key in self.users or any(person.key in directory.tags.get(tag, ()) for tag in self.tags):
            return True
        return any(self.parties.intersection(directory.above(each)) for each in person.departments)

    def departments(self, directory: Directory) -> list[int]:
        """The departments in it, with all under them."""
        return sorted({each for party in self.parties for each in directory.below(party)})
