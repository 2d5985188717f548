"""Opening the demo: lived through once, fourteen days of it, then kept in a file that is opened again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from bot.chat.site import Site
from bot.chat.words import Words
from bot.content import digest, load
from bot.rehearsal import demo, town
from bot.rehearsal.clock import Clock
from bot.rehearsal.ringing import CHANNEL, DemoChannel
from bot.rehearsal.theatre import Theatre
from bot.rehearsal.troupe import ZONE, Troupe, everybody
from bot.store import answers, editions, outbox, people
from bot.store.migrate import migrate
from bot.store.store import Store
from bot.store.tables import LetterRow
from bot.store.turn import InForce, Reader

Progress = Callable[[int, int], None]
SEED = 20261123


@dataclass(frozen=True, slots=True)
class Place:
    """Where the demo lives: its folder, the content it shows, every language's Words, the real clock, its pages."""

    folder: Path
    content: Path
    words: Mapping[str, Words]
    wall: Callable[[], datetime]
    site: Site | None = None

    @property
    def database(self) -> Path:
        """The file that keeps the demo's bank."""
        return self.folder / "demo.db"


async def open_demo(place: Place, progress: Progress, *, fresh: bool = False) -> demo.DemoStage:
    """The demo's stage, its bank lived through if it is not there yet. Raises StoreTrouble if its file is unfit."""
    place.folder.mkdir(parents=True, exist_ok=True)
    if fresh or not place.database.exists():
        await _make(place, progress)
    clock = Clock(datetime.fromtimestamp(0, UTC))
    store = await _store(place, place.database, clock)
    clock.move(await store.look(_latest))
    return await _stage(place, store, clock)


async def _make(place: Place, progress: Progress) -> None:
    """Live the history in a file beside, and put it in place only when it is whole."""
    draft = place.folder / "demo.draft.db"
    for path in place.folder.glob("demo*.db*"):
        path.unlink()
    clock = Clock(datetime.fromtimestamp(0, UTC))
    store = await _store(place, draft, clock)
    try:
        await _live(place, store, clock, progress)
    finally:
        await store.close()
    draft.replace(place.database)


async def _live(place: Place, store: Store, clock: Clock, progress: Progress) -> None:
    rules = await store.look(_rules)
    days = demo.history_days(rules.calendar)
    clock.move(demo.opening(days[0], rules.policy))
    plan = town.demo(place.content / "demo.yaml")
    await store.do(town.build, plan, channel=CHANNEL, joined=days[0])
    stage = await _stage(place, store, clock)
    troupe = stage.troupe
    troupe.acts = everybody
    for i, day in enumerate(days):
        if day == days[-1]:
            for name in demo.STUMBLERS:
                person = troupe.town.people[name]
                troupe.minds[str(person)].stumbling = await store.look(_never_missed, person)
        clock.move(demo.opening(day, rules.policy))
        await troupe.live(day)
        progress(i + 1, len(days))
    for moment in (rules.policy.summary, rules.policy.push):
        await stage.theatre.wake_at(datetime.combine(demo.TODAY, moment, ZONE))


async def _store(place: Place, file: Path, clock: Clock) -> Store:
    url = f"sqlite:///{file}"
    migrate(url)
    started = place.wall()
    name = f"demo {started.isoformat()}"
    store = Store(url, clock=clock, wall=place.wall, words=place.words, process=name, site=place.site)
    await store.start()
    body = load(place.content).body
    await store.do(editions.publish, body, digest(body))
    return store


async def _stage(place: Place, store: Store, clock: Clock) -> demo.DemoStage:
    rules = await store.look(_rules)
    plan = town.demo(place.content / "demo.yaml")
    built = town.Town(plan, await store.look(_ids))
    channel = DemoChannel(clock)
    theatre = Theatre(store, clock, channel)
    minds = dict(demo.minds(built))
    troupe = Troupe(theatre, built, minds, Random(SEED), rules.policy)
    if clock().astimezone(ZONE).date() >= demo.TODAY:
        for name in demo.STUMBLERS:
            minds[str(built.people[name])].blind = await store.look(_missed_last, built.people[name], demo.TODAY)
        for letter in await store.look(_recent, list(built.people.values())):
            channel.restore(letter)
    return await demo.stage(troupe, channel, rules.calendar, place.words["zh-CN"])


def _never_missed(turn: Reader, person: int) -> frozenset[str]:
    """The critical checkpoints somebody has not got wrong so far."""
    critical = {code for code, point in _rules(turn).bank.checkpoints.items() if point.critical}
    return frozenset(critical - {given.checkpoint for given in answers.of_person(turn, person) if not given.right})


def _missed_last(turn: Reader, person: int, before: date) -> frozenset[str]:
    """The critical checkpoints somebody got wrong on their last day before this one, and never earlier."""
    checkpoints = _rules(turn).bank.checkpoints
    given = [g for g in answers.of_person(turn, person) if g.day < before and not g.right and g.counted]
    last = max((g.day for g in given), default=before)
    earlier = {g.checkpoint for g in given if g.day < last}
    return frozenset(g.checkpoint for g in given if g.day == last and checkpoints[g.checkpoint].critical) - earlier


def _rules(turn: Reader) -> InForce:
    return turn.in_force("/")


def _ids(turn: Reader) -> dict[str, int]:
    return {p.name: p.id or 0 for p in people.below(turn, "/1/")}


def _latest(turn: Reader) -> datetime:
    return outbox.last_sent(turn) or turn.now


def _recent(turn: Reader, persons: list[int]) -> list[LetterRow]:
    return [letter for person in persons for letter in outbox.of_person(turn, person, turn.now - demo.RESTORED)]
