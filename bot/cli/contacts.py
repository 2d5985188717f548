"""`chenlian roster wecom`: the staff list from WeCom's contacts, shown, then done."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from bot.chat.words import Words
from bot.cli.rostering import MOST_TOLD, as_json
from bot.cli.speaking import Told
from bot.config import Settings
from bot.main import now, process_name
from bot.router import welcome
from bot.services import branches, contacts, roster
from bot.services.caller import known
from bot.sheets.problems import report, told
from bot.sheets.saying import parts, unchanged, who
from bot.store.store import Store
from bot.store.turn import Look
from bot.views import catalogue
from bot.views import contacts as views
from bot.wecom.client import Keys
from bot.wecom.contacts import Contacts, contacts_of
from bot.wecom.trouble import RATE, Unreachable, WeComTrouble
from bot.wecom.trouble import Refused as WeComRefused
from drills.contacts import Book, Department, Doubt
from drills.refused import Refused

SAID = {
    "right": frozenset({48002, 48009, 60031}),
    "range": frozenset({60011, 60003}),
    "address": frozenset({60020}),
    "rate": RATE,
}
"""What has to be set right in the console, by WeCom's errcode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of the contacts."""

    words: Words
    plan: contacts.Plan
    applied: bool = False
    leavers: bool = False

    @property
    def exit_code(self) -> int:
        """0 where nothing is wrong; doubts are nothing wrong."""
        return 1 if self.plan.listed.problems else 0

    def to_json(self) -> dict[str, Any]:
        """The published form: that of a list from a file, and what contacts have besides."""
        plan, language = self.plan, self.words.language
        return as_json(plan.listed, language, applied=self.applied, leavers=self.leavers) | {
            "renamed": [{"before": "/".join(chain), "after": name} for chain, name in plan.renamed],
            "linked": [{"number": number, "userid": userid} for number, userid in plan.linked.items()],
            "doubts": [self._doubt(doubt) for doubt in plan.doubts],
        }

    def _doubt(self, doubt: Doubt) -> dict[str, Any]:
        member, message = doubt.member, views.doubted(self.words, doubt)
        return {
            "userid": member.userid,
            "name": member.name,
            "position": member.position,
            "unit": "/".join(doubt.place),
            "why": doubt.why.value,
            "message": message,
        }

    def text(self) -> str:
        """What a person reads."""
        words, language, plan = self.words, self.words.language, self.plan.listed
        if plan.problems:
            return report(plan.problems, len(self.plan.lines), language)
        changes = plan.changes if self.leavers else replace(plan.changes, leavers=())
        shown = [(part.said, part.lines) for part in parts(changes, plan.units, language, leavers=True)]
        if plan.changes.leavers and not self.leavers:
            missing = tuple(who(entry, language) for entry in plan.changes.leavers)
            shown.append((words("contacts.missing", n=len(missing)), missing))
        if self.plan.renamed:
            renamed = tuple(f"{chain[-1]} → {name}" for chain, name in self.plan.renamed)
            shown.append((words("contacts.renamed", n=len(renamed)), renamed))
        if self.plan.linked:
            shown.append((words("contacts.linked", n=len(self.plan.linked)), ()))
        if self.plan.doubts:
            doubts = tuple(views.doubted(words, doubt) for doubt in self.plan.doubts)
            shown.append((words("contacts.doubts", n=len(doubts)), doubts))
        lines = [line for said, each in shown for line in (said, *_some(each))]
        return "\n".join([*lines, unchanged(plan.changes, language), told("plan", self._end, language)])

    @property
    def _end(self) -> str:
        return "done" if self.applied else "dry"


def _some(lines: tuple[str, ...]) -> list[str]:
    return [*(f"  {line}" for line in lines[:MOST_TOLD]), *(["  …"] if len(lines) > MOST_TOLD else [])]


async def take(
    settings: Settings,
    *,
    apply: bool,
    leavers: bool,
    department: int,
    unit: str,
    tell: Callable[[int, int], None],
) -> Outcome:
    """Read the contacts, compare them with the people there are and, where that is asked, do it. Raises Told."""
    words = catalogue()[settings.language]
    url = settings.database_url.get_secret_value()
    async with (
        contacts_of(_keys(settings, words), settings.wecom_api_url, Random()) as reader,
        Store(url, clock=now, wall=now, words=catalogue(), process=process_name()) as store,
    ):
        try:
            roots = await store.look(_roots, department, unit)
            book = await _whole(reader, store, roots, tell)
            if apply:
                planned = await store.do(contacts.apply, book, roots, welcome, leavers=leavers)
            else:
                planned = await store.look(contacts.plan, book, roots)
        except WeComTrouble as trouble:
            raise Told(why(words, trouble)) from None
        except roster.NotSound as error:
            planned, apply = contacts.Plan(listed=roster.Plan(problems=error.problems)), False
        except Refused as refused:
            hint = await _in_sight(reader, words) if refused.why in {"contacts-no-root", "contacts-root-gone"} else ""
            raise Told(words(f"refused.{refused.why}", **refused.values) + hint) from None
    return Outcome(words=words, plan=planned, applied=apply and not planned.listed.problems, leavers=leavers)


def _keys(settings: Settings, words: Words) -> Keys:
    if settings.wecom_agent_id is None or settings.wecom_secret is None:
        raise Told(words("contacts.no_app"))
    return Keys(settings.wecom_corp_id, settings.wecom_agent_id, settings.wecom_secret.get_secret_value())


def _roots(turn: Look, department: int, unit: str) -> dict[int, int]:
    unit_id = known(branches.find(turn, unit).id) if unit else 0
    return dict(contacts.chosen(turn, department, unit_id))


async def _whole(reader: Contacts, store: Store, roots: dict[int, int], tell: Callable[[int, int], None]) -> Book:
    """The book, with those of ours whom it does not hold asked for one by one: a tag may show them to our app."""
    book = await reader.book(tell)
    asked = {userid: await reader.read_member(userid) for userid in await store.look(contacts.unseen, book, roots)}
    missing = frozenset(userid for userid, member in asked.items() if member is None)
    members = (*book.members, *filter(None, asked.values()))
    return Book(departments=book.departments, members=members, missing=missing)


async def _in_sight(reader: Contacts, words: Words) -> str:
    """The topmost departments in sight, one of which is probably meant."""
    try:
        departments = await reader.read_departments()
    except WeComTrouble as trouble:
        raise Told(why(words, trouble)) from None
    there = {department.id for department in departments}
    tops = [each for each in departments if each.parent not in there]
    named = [_named(each) for each in tops[:MOST_TOLD]] or [words("contacts.none_in_sight")]
    return "".join(f"\n  {each}" for each in named)


def _named(department: Department) -> str:
    return f"{department.id}  {department.name}"


def why(words: Words, trouble: WeComTrouble) -> str:
    """Why the contacts can't be read, and what to switch on where."""
    if isinstance(trouble, WeComRefused):
        what = next((what for what, codes in SAID.items() if trouble.errcode in codes), "other")
        return words(f"contacts.closed_{what}", code=trouble.errcode)
    if isinstance(trouble, Unreachable):
        return words("contacts.unreachable", why=str(trouble))
    return str(trouble)
