"""`chenlian branch` and `chenlian say`: the day's settings from the command line, by the same rules as in the chat."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.chat.message import plain
from bot.chat.words import Words
from bot.cli.inviting import store_of
from bot.cli.speaking import Told
from bot.config import Settings
from bot.services import branches, closing, hosting, setting
from bot.services.caller import known, local
from bot.store import units
from bot.store.turn import Look, Turn
from bot.views import catalogue
from bot.views import closing as closing_views
from bot.views import hosting as host_views
from bot.views import settings as views
from drills.refused import Refused
from drills.settings import named

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command tells: to a person, and to a program."""

    text: str
    to_json: Any


async def do(settings: Settings, verb: Callable[Concatenate[Turn, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """A use case in a Turn. Raises Told with the sentence of a refusal."""
    try:
        async with store_of(settings) as store:
            return await store.do(verb, *args, **kwargs)
    except Refused as refused:
        raise Told(catalogue()[settings.language](f"refused.{refused.why}", **refused.values)) from None


async def look(settings: Settings, query: Callable[Concatenate[Look, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The same, only reading."""
    try:
        async with store_of(settings) as store:
            return await store.look(query, *args, **kwargs)
    except Refused as refused:
        raise Told(catalogue()[settings.language](f"refused.{refused.why}", **refused.values)) from None


async def listing(settings: Settings) -> Outcome:
    """Every branch."""
    words = catalogue()[settings.language]
    rows = await look(settings, branches.listing)
    return Outcome("\n".join(_line(words, row) for row in rows), [_row(row) for row in rows])


def _line(words: Words, row: branches.Row) -> str:
    times = {"meeting": f"{row.policy.review:%H:%M}", "push": f"{row.policy.push:%H:%M}"}
    line = words("setting.listed", unit=row.unit, dose=row.policy.dose, staff=row.staff, **times)
    return f"{line} · {closing_views.closed_line(words, row.closed, row.today)}" if row.closed else line


def _row(row: branches.Row) -> dict[str, Any]:
    return {
        "unit": row.unit,
        "meeting": f"{row.policy.review:%H:%M}",
        "push": f"{row.policy.push:%H:%M}",
        "close": f"{row.policy.close:%H:%M}",
        "dose": row.policy.dose,
        "staff": row.staff,
        "closed": _closed(row.closed) if row.closed else None,
    }


def _closed(closed: closing_views.Closed) -> dict[str, str]:
    first, last = closed.first.isoformat(), closed.last.isoformat()
    return {"first": first, "last": last, "kind": closed.kind, "reason": closed.reason, "said_by": closed.said_by}


async def page(settings: Settings, unit: str) -> Outcome:
    """One unit in full."""
    words = catalogue()[settings.language]
    found = await look(settings, branches.page, unit)
    lines = [plain(views.screen(words, found.state))]
    lines += [closing_views.closed_line(words, one, found.state.today) for one in found.closed[1:]]
    lines += [f"{words('menu.host')} {host_views.line(words, one, found.state.today)}" for one in found.hosts]
    return Outcome("\n".join(lines), _page(found))


def _page(found: branches.Page) -> dict[str, Any]:
    values = {
        str(v.name): {"value": v.value, "said_by": v.said_by, "own": v.own, "later": v.later}
        for v in found.state.values
    }
    return {
        "unit": found.state.unit,
        "branch": found.state.at_branch,
        "values": values,
        "closed": [_closed(one) for one in found.closed],
        "hosts": [{"day": h.day.isoformat(), "hosts": list(h.hosts), "named": h.named} for h in found.hosts],
    }


async def put(settings: Settings, unit: str, values: Mapping[str, str]) -> str:
    """Set values, all or none."""
    return await do(settings, _put, settings.language, unit, values)


def _put(turn: Turn, language: str, said: str, values: Mapping[str, str]) -> str:
    unit = branches.find(turn, said)
    done = setting.put(turn, unit, {named(name): value for name, value in values.items()}, None)
    return "\n".join(setting.told(turn, turn.words[language], unit, change) for change in done)


async def close(settings: Settings, unit: str, days: tuple[str, str], *, reason: str, no_drill: bool) -> str:
    """No drill on these days."""
    return await do(settings, _close, settings.language, unit, days, reason=reason, no_drill=no_drill)


def _close(turn: Turn, language: str, said: str, days: tuple[str, str], *, reason: str, no_drill: bool) -> str:
    unit = branches.find(turn, said)
    first, last = branches.days(turn, unit, days[0])
    last = branches.day(turn, unit, days[1]) if days[1] else last
    wanted = closing_views.Closed(first=first, last=last, kind="no-drill" if no_drill else "closed", reason=reason)
    done = closing.close(turn, unit, wanted)
    return closing_views.done(turn.words[language], done.closed, local(turn, unit).date(), told=done.told)


async def reopen(settings: Settings, unit: str, day: str) -> str:
    """There is a drill after all."""
    return await do(settings, _reopen, settings.language, unit, day)


def _reopen(turn: Turn, language: str, said: str, which: str) -> str:
    unit = branches.find(turn, said)
    day = branches.day(turn, unit, which)
    told = closing.lift(turn, unit, day)
    return closing_views.lifted(turn.words[language], day, local(turn, unit).date(), told=told)


async def name_host(settings: Settings, unit: str, number: str, day: str) -> str:
    """Who leads the meeting of a day."""
    return await do(settings, _name_host, settings.language, unit, number, day)


def _name_host(turn: Turn, language: str, said: str, number: str, which: str) -> str:
    unit = branches.find(turn, said)
    if unit.level != units.BRANCH:
        raise Refused("not-a-branch", unit=unit.name)
    day, person = branches.day(turn, unit, which), branches.person(turn, number)
    hosting.put(turn, unit, day, known(person.id), None)
    return host_views.done(turn.words[language], person.name, day=day, today=local(turn, unit).date())


async def test(settings: Settings, number: str) -> str:
    """A test letter to somebody on the staff list."""
    return await do(settings, _test, settings.language, number)


def _test(turn: Turn, language: str, number: str) -> str:
    person = branches.person(turn, number)
    unit = units.get(turn, person.unit_id)
    day, at = setting.send_test(turn, person, unit)
    return views.test_sent(turn.words[language], person.name, day=day, at=at, today=local(turn, unit).date())
