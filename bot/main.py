"""The one place that wires real things together, and the only one that reads the clock."""

import asyncio
import gc
import logging
import os
import random
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from socket import socket
from typing import Any

from bot.chat.channel import Channel
from bot.chat.incoming import Incoming
from bot.chat.site import Site, site_of
from bot.config import Settings
from bot.content import Loaded, Problem, digest, load
from bot.edge.pace import unless
from bot.edge.platform import Platform
from bot.files import vault_of
from bot.jobs import awake
from bot.lines import lines_of
from bot.rehearsal.demo import DemoStage
from bot.rehearsal.opening import Place, Progress, open_demo
from bot.router import group_menu_of, hear, menu_of, park, welcome
from bot.services import courier, day, following, wall
from bot.services.following import Contacts
from bot.store import editions
from bot.store.migrate import migrate
from bot.store.outbox import Claimed
from bot.store.presence import leave, living
from bot.store.store import Store
from bot.store.trouble import StoreTrouble
from bot.telegram.start import telegram_edge
from bot.views import catalogue
from bot.views.wall import Wall
from bot.web.app import build
from bot.web.demo import Show
from bot.web.server import reserve
from bot.web.server import serve as serve_web
from bot.web.wall import See
from bot.wecom.skin import WeComSkin

log = logging.getLogger(__name__)
LANGUAGE = "zh-CN"
OVERDUE = timedelta(seconds=90)
PATIENCE = 3  # seconds that replies in hand may still take at the end


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class BadContent(Exception):
    """The content folder has problems; every one of them is in `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def sound_content(settings: Settings) -> Loaded:
    """The shipped content. Raises BadContent where something is wrong with it."""
    loaded = load(settings.content_dir)
    if loaded.problems:
        raise BadContent(loaded.problems)
    return loaded


async def prepare(settings: Settings) -> None:
    """Bring the schema to the newest version and put the shipped content in force. Raises BadContent, StoreTrouble."""
    loaded = sound_content(settings)
    url = settings.database_url.get_secret_value()
    await asyncio.to_thread(migrate, url)
    async with Store(url, clock=now, wall=now, words=catalogue(), process=process_name()) as store:
        await store.do(editions.publish, loaded.body, digest(loaded.body))


def site(settings: Settings) -> Site | None:
    """The way to our own pages, as the settings say."""
    return site_of(settings.public_url, settings.secret)


async def bot_name(token: str, api_url: str) -> str:
    """What Telegram calls the bot of this token. Raises ChannelRefused, SendError."""
    async with telegram_edge(token, api_url, random.Random()) as edge:
        return await edge.name()


def process_name() -> str:
    """A name for this process that no other one ever has."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"


@dataclass(slots=True)
class Switchboard:
    """Events in, letters out: what an event brings is sent at once, beside the next event."""

    store: Store
    channels: dict[str, Channel] = field(default_factory=dict)
    language: str = LANGUAGE
    contacts: Contacts | None = None
    _ticked: datetime | None = None
    _ticking: bool = False
    _sending: set[asyncio.Task[None]] = field(default_factory=set)
    _ending: asyncio.Event | None = None
    _replies: courier.Replies = field(init=False)

    def __post_init__(self) -> None:
        self._replies = courier.Replies(self.store, self.channels)

    async def hear(self, incoming: Incoming) -> None:
        """Return once the event's Turn is on disk; the reply is on its way."""
        self._send(await hear(self.store, incoming, self.language, self.fetch))

    async def fetch(self, channel: str, media: str, most: int) -> bytes:
        """A file that somebody sent on a channel. Raises SendError."""
        return await self.channels[channel].fetch(media, most)

    async def hear_failed(self, incoming: Incoming, error: BaseException) -> None:
        """The event broke us: it is put aside under a reference, and the person is told that number."""
        self._send(await park(self.store, incoming, error, secrets.token_hex(3)))

    def _send(self, letters: Sequence[Claimed]) -> None:
        if letters:
            task = asyncio.create_task(self._replies.send(letters))
            self._sending.add(task)
            task.add_done_callback(self._sent)

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a reply could not be sent; the courier will", exc_info=task.exception())

    async def tick(self) -> None:
        """Take the steps that are due; trouble is logged, and the next tick tries again."""
        self._ticking = True
        try:
            if await _guarded(day.tick(self.store), "the tick"):
                self._ticked = now()
        finally:
            self._ticking = False

    async def deliver(self) -> None:
        """Send the letters that are due."""
        work = courier.deliver(self.store, self.channels, ending=self._ending, more=lambda: self._ticking)
        await _guarded(work, "the courier")

    async def follow(self) -> None:
        """Do what has changed in WeCom's contacts."""
        if self.contacts is not None:
            await _guarded(following.sweep(self.store, self.contacts, welcome), "following WeCom's contacts")

    async def run(self, platforms: Sequence[Platform], serving: Coroutine[Any, Any, None], stop: asyncio.Event) -> None:
        """Listen, tick and deliver while the web is served, until `stop`. Then in this order: nothing more is heard,
        what the courier has in hand goes out, the replies do, and this process says that it ends."""
        self._ending = stop
        self.channels |= {platform.channel.name: platform.channel for platform in platforms}
        async with _loaded(), awake(self.tick, self.deliver, self.follow), asyncio.TaskGroup() as group:
            group.create_task(serving)
            for platform in platforms:
                group.create_task(self._listen(platform, stop))
        await self.finish()

    async def _listen(self, platform: Platform, stop: asyncio.Event) -> None:
        every = catalogue().items()
        await platform.hang_menu({language: menu_of(words) for language, words in every})
        await platform.hang_menu({language: group_menu_of(words) for language, words in every}, in_groups=True)
        await platform.listen(self.hear, self.hear_failed, stop=stop)

    async def finish(self) -> None:
        """Let the replies in hand go out, then say that this process ends."""
        if self._sending:
            await asyncio.wait(set(self._sending), timeout=PATIENCE)
        await self.store.do(leave)

    async def ready(self) -> list[str]:
        """What keeps the program from being ready; nothing when it is."""
        try:
            await self.store.look(editions.current)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is the answer
            return [f"database: {type(error).__name__}"]
        if self._ticked is None or now() - self._ticked > OVERDUE:
            return ["clock: no tick lately"]
        return []


@asynccontextmanager
async def _loaded() -> AsyncIterator[None]:
    """What is loaded by now stays. Else the garbage collector would look through all of it every few hundred answers,
    and nobody would be heard meanwhile: a tenth of a second, on a slow machine far more."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def _guarded(work: Awaitable[int], name: str) -> bool:
    """Whether it was done. A database that is unwell fills no log with tracebacks."""
    try:
        await work
    except StoreTrouble as trouble:
        log.error("%s failed and will be tried again: %s", name, trouble)  # noqa: TRY400 -- as said
        return False
    except Exception:
        log.exception("%s failed; it will be tried again", name)
        return False
    return True


async def serve(settings: Settings, ready: Callable[[int], None]) -> None:
    """Everything in one process, until SIGTERM or SIGINT."""
    url = settings.database_url.get_secret_value()
    with reserve(settings.host, settings.port) as listening:
        if url.startswith("sqlite"):
            await prepare(settings)
        vault = vault_of(settings.secret)
        async with Store(
            url, clock=now, wall=now, words=catalogue(), process=process_name(), site=site(settings), vault=vault
        ) as store:
            board = Switchboard(store, language=settings.language)
            words = catalogue()[settings.language]

            async def elsewhere() -> bool:
                return len(await store.look(living)) > 1

            async with stop_signals() as stop, lines_of(settings, words, random.Random(), now, elsewhere) as lines:
                board.channels |= lines.mute
                board.contacts = lines.contacts
                app = build(None, words, board.ready, lines.hooks, seeing(store), store)
                await board.run(lines.platforms, serve_web(app, listening, stop, ready), stop)


def seeing(store: Store) -> See:
    """What the wall screen shows, as the store has it."""

    async def see(meeting: int, query: Mapping[str, str]) -> Wall | None:
        return await store.look(wall.screen, meeting, query)

    return see


async def demo(
    settings: Settings,
    *,
    port: int,
    fresh: bool,
    progress: Progress,
    ready: Callable[[int], None],
    wecom: bool = False,
) -> None:
    """The whole product on a made-up bank, until SIGTERM or SIGINT. `wecom`: one sees it on WeCom first."""
    sound_content(settings)
    with reserve("127.0.0.1", port) as listening:
        here = site_of(f"http://127.0.0.1:{listening.getsockname()[1]}", secrets.token_urlsafe())
        place = Place(settings.var_dir / "demo", settings.content_dir, catalogue(), now, here)
        async with stop_signals() as stop:
            stage = await unless(stop, open_demo(place, progress, fresh=fresh))
            if stage is not None:
                await _show(stage, listening, stop, ready, wecom=wecom)


async def _show(
    stage: DemoStage, listening: socket, stop: asyncio.Event, ready: Callable[[int], None], *, wecom: bool
) -> None:
    store, words = stage.theatre.store, catalogue()[LANGUAGE]
    show = Show(stage, WeComSkin(words("wecom.choose"), words("wecom.more"), menu_of(words)), wecom=wecom)

    async def well() -> list[str]:
        await store.look(editions.current)
        return []

    try:
        app = build(show, words, well, see=seeing(store), store=store)
        await serve_web(app, listening, stop, ready, stage.hush)
    finally:
        await store.close()


@asynccontextmanager
async def stop_signals() -> AsyncIterator[asyncio.Event]:
    """An event that is set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    try:
        yield stop
    finally:
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)
