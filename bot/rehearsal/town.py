"""The bank that is rehearsed: its tree of units, its people and their roles, written through the store."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.store import groups, units
from bot.store.tables import GroupChat, Link, Person, RoleHeld, Unit
from bot.store.turn import Turn
from drills.people import Post, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """One person to be: where (a unit's name), with what post and role, and how much they know."""

    name: str
    unit: str
    post: str = ""
    role: Role = Role.STAFF
    ability: float = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A bank on paper: the chain of units above the branches, the branches, the people."""

    above: Sequence[str]
    branches: Sequence[str]
    cast: Sequence[Cast]


@dataclass(slots=True)
class Town:
    """The bank as it was built: ids by name, the plan, and the addresses of the branches' groups."""

    plan: Plan
    people: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)

    def of(self, branch: str, *, drilled: bool = True) -> list[Cast]:
        """The cast of one branch."""
        return [c for c in self.plan.cast if c.unit == branch and bool(c.post) == drilled]


def build(turn: Turn, plan: Plan, *, channel: str, joined: date) -> Town:
    """Write the bank; everybody is reached on `channel` at the address that is their id."""
    town = Town(plan)
    above: Unit | None = None
    made: dict[str, Unit] = {}
    for name in plan.above:
        above = made[name] = units.add(turn, name, above)
    for name in plan.branches:
        made[name] = units.add(turn, name, above)
    town.units = {name: unit.id or 0 for name, unit in made.items()}
    for number, member in enumerate(plan.cast, 1):
        town.people[member.name] = enrol(turn, member, made[member.unit], number, channel=channel, joined=joined)
    return town


def enrol(turn: Turn, member: Cast, unit: Unit, number: int, *, channel: str, joined: date) -> int:
    """Write one person with their role, reached at the address that is their id; the id."""
    unit_id = unit.id or 0
    person = Person(
        unit_id=unit_id, staff_number=f"{1000 + number}", name=member.name, post=member.post, joined_on=joined
    )
    turn.session.add(person)
    turn.session.flush()
    person_id = person.id or 0
    turn.session.add(RoleHeld(person_id=person_id, role=member.role, unit_id=unit_id))
    turn.session.add(Link(person_id=person_id, channel=channel, address=str(person_id), linked_at=turn.now))
    turn.session.flush()
    return person_id


def link_groups(turn: Turn, town: Town, *, channel: str) -> Town:
    """Every branch gets its group, linked by its trainer, at an address that is nobody's."""
    for branch in town.plan.branches:
        trainer = next(c.name for c in town.of(branch, drilled=False) if c.role is Role.TRAINER)
        unit = town.units[branch]
        town.groups[branch] = f"-{unit}"
        group = GroupChat(
            unit_id=unit,
            channel=channel,
            address=town.groups[branch],
            title=f"{branch}晨会群",
            linked_by=town.people[trainer],
            linked_at=turn.now,
        )
        groups.link(turn, group)
    return town


def plain(branches: int, staff: int) -> Plan:
    """A bank of so many like branches: most are tellers, a lobby manager, a guard; a trainer and a head each."""
    above = ("总行", "省分行", "市分行", "县支行")
    names = [f"网点{n:03d}" for n in range(1, branches + 1)]
    cast = [Cast(name="市行经理", unit="市分行", role=Role.MANAGER), Cast(name="管理员", unit="总行", role=Role.ADMIN)]
    for branch in names:
        posts = [Post.LOBBY, Post.GUARD, *([Post.TELLER] * staff)][:staff]
        cast += [Cast(name=f"{branch}-{i:03d}", unit=branch, post=post) for i, post in enumerate(posts, 1)]
        cast.append(Cast(name=f"{branch}-培训师", unit=branch, role=Role.TRAINER))
        cast.append(Cast(name=f"{branch}-主任", unit=branch, role=Role.MANAGER))
    return Plan(above=above, branches=names, cast=cast)


def demo(path: Path) -> Plan:
    """The bank of `content/demo.yaml`."""
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    levels = ("head", "province", "city", "county")
    cast = [Cast(name=p["name"], unit=data[p["unit"]], role=Role(p["role"])) for p in data["people"]]
    for branch in data["branches"]:
        cast += [
            Cast(name=s["name"], unit=branch["name"], post=s["post"], ability=s["ability"]) for s in branch["staff"]
        ]
        cast.append(Cast(name=branch["trainer"], unit=branch["name"], role=Role.TRAINER))
        cast.append(Cast(name=branch["manager"], unit=branch["name"], role=Role.MANAGER))
    return Plan(above=[data[level] for level in levels], branches=[b["name"] for b in data["branches"]], cast=cast)
