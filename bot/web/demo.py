"""The demo page: three phones, a clock that can be moved, and a stream that says what changed."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.chat.message import Message, Tone
from bot.chat.words import Words
from bot.edge.skin import Skin
from bot.rehearsal.stage import SEATS, Bubble, Player, Scene, Stage
from bot.web.cards import CARD, TICKED, Piece, chat_of, readable
from bot.web.paper import templates
from bot.web.posted import Advance, Kind, Press, Say, Tap, done, read

log = logging.getLogger(__name__)

SKINS = ("telegram", "wecom")
HEARTBEAT, BREATH = 15.0, 0.1  # seconds
MARKS = {Tone.RIGHT: "✓", Tone.WRONG: "✗"}
COOKIE = "chenlian_demo"


@dataclass(frozen=True, slots=True)
class Show:
    """What the page shows: a stage, how WeCom would show its letters, and whether WeCom is what one sees first."""

    stage: Stage
    skin: Skin
    wecom: bool = False

    @property
    def kept(self) -> str:
        """The name under which a browser keeps its choice: it counts for a program begun in the same way."""
        return "wecom-skin" if self.wecom else "skin"


Handler = Callable[[Request], Awaitable[Response]]


class Demo:
    """The page's addresses over one stage."""

    def __init__(self, show: Show, words: Words, version: str) -> None:
        self._show, self._stage, self._words = show, show.stage, words
        self._pages = templates(words=words, version=version, verdict=verdict, letter_of=letter_of)
        self._pages.globals.update(skin_kept=show.kept, wecom_menu=readable(show.skin.menu), readable=readable)

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/demo", self._kindly(self._page)),
            Route("/demo/scene", self._kindly(self._scene)),
            Route("/demo/phone/{person:int}", self._kindly(self._phone)),
            Route("/demo/tap", self._kindly(self._tap), methods=["POST"]),
            Route("/demo/press", self._kindly(self._press), methods=["POST"]),
            Route("/demo/say", self._kindly(self._say), methods=["POST"]),
            Route("/demo/advance", self._kindly(self._advance), methods=["POST"]),
            Route("/demo/events", self._events),
        ]

    def _kindly(self, handler: Handler) -> Handler:
        """The handler, its refusals and accidents told in one sentence."""

        async def kind(request: Request) -> Response:
            try:
                return await handler(request)
            except Kind as refusal:
                return JSONResponse({"error": self._words(refusal.key)}, refusal.status)
            except Exception:
                log.exception("the demo could not answer")
                return JSONResponse({"error": self._words("web.error.failed")}, 500)

        return kind

    def _render(self, template: str, **values: object) -> HTMLResponse:
        return HTMLResponse(self._pages.get_template(template).render(**values), headers={"cache-control": "no-store"})

    async def _page(self, request: Request) -> Response:
        scene = await self._stage.scene()
        threads = {player.id: await self._stage.thread(player.id) for player in scene.players}
        kept = _kept(request)
        skin, shown = self._skin(kept), _shown(scene, kept)
        return self._render(
            "page.html",
            scene=scene,
            players=scene.players,
            lineup=_lineup(scene),
            threads=threads if skin == "telegram" else {player.id: await self._chat(player.id) for player in shown},
            tops=_tops(scene, threads),
            shown=shown,
            theme=kept.get("theme", ""),
            skin=skin,
            view=kept.get("view") if kept.get("view") in SEATS else SEATS[0],
        )

    async def _scene(self, request: Request) -> Response:
        """The bar and the faces; asked for `tops`, with everybody's newest letter (every thread is read)."""
        scene = await self._stage.scene()
        asked = scene.players if "tops" in request.query_params else ()
        threads = {player.id: await self._stage.thread(player.id) for player in asked}
        return self._render("scene.html", scene=scene, lineup=_lineup(scene), tops=_tops(scene, threads))

    async def _phone(self, request: Request) -> Response:
        scene = await self._stage.scene()
        player = _player(scene, request.path_params["person"])
        skin = self._skin(_kept(request))
        thread = await (self._stage.thread(player.id) if skin == "telegram" else self._chat(player.id))
        return self._render("phone.html", scene=scene, players=scene.players, player=player, thread=thread, skin=skin)

    async def _chat(self, person: int) -> tuple[Piece, ...]:
        return chat_of(await self._stage.told(person), self._show.skin)

    def _skin(self, kept: Mapping[str, str]) -> str:
        """The chosen one; else what one sees first."""
        chosen = kept.get(self._show.kept)
        return chosen if chosen in SKINS else SKINS[self._show.wecom]

    async def _tap(self, request: Request) -> Response:
        tap = await read(request, Tap)
        _player(await self._stage.scene(), tap.person)
        return done(request, toast=await self._stage.tap(tap.person, tap.letter, tap.data))

    async def _press(self, request: Request) -> Response:
        """A press on a card, told as WeCom tells it. On an answered one its app lets nobody press again."""
        press = await read(request, Press)
        _player(await self._stage.scene(), press.person)
        on = next((piece for piece in await self._chat(press.person) if piece.id == press.card), None)
        if on is None or on.card is None or on.grey:
            raise Kind(409, "web.error.card")
        data = self._show.skin.tapped(press.key, on.card["card_type"], press.by_question())
        handle = {CARD: on.id, TICKED: "\n".join(press.chosen)}
        return done(request, toast=await self._stage.tap(press.person, on.letter, data, handle))

    async def _say(self, request: Request) -> Response:
        say = await read(request, Say)
        _player(await self._stage.scene(), say.person)
        return done(request, toast=await self._stage.say(say.person, say.text))

    async def _advance(self, request: Request) -> Response:
        stop = (await read(request, Advance)).stop or None
        scene = await self._stage.scene()
        if scene.done:
            raise Kind(409, "web.over")
        if stop and not any(s.key == stop and s.state == "ahead" for s in scene.stops):
            raise Kind(409, "web.error.past")
        scene = await self._stage.advance(stop)
        return done(request, toast="", day=scene.day, clock=scene.clock, next=scene.next_label, done=scene.done)

    async def _events(self, _request: Request) -> Response:
        return StreamingResponse(
            _stream(self._stage), media_type="text/event-stream", headers={"x-accel-buffering": "no"}
        )


async def _stream(stage: Stage) -> AsyncIterator[str]:
    """Server-sent events, until the stage ends them. The first, `hello`, comes once we listen: the page then catches
    up on what it missed. When much happens at once, each person is named once a breath."""
    queue: asyncio.Queue[int | None] = asyncio.Queue()

    async def pump() -> None:
        try:
            async for person in stage.listen():
                queue.put_nowait(person)
        finally:
            queue.put_nowait(None)

    pumping = asyncio.create_task(pump())
    try:
        await asyncio.sleep(0)  # the listener is subscribed once it has run to its first wait
        yield "retry: 1500\nevent: hello\ndata: {}\n\n"
        while True:
            try:
                named = {await asyncio.wait_for(queue.get(), HEARTBEAT)}
            except TimeoutError:
                yield ": still here\n\n"
                continue
            while not queue.empty():
                named.add(queue.get_nowait())
            yield "".join(f'data: {{"person": {person}}}\n\n' for person in named if person is not None)
            if None in named:
                return
            await asyncio.sleep(BREATH)
    finally:
        pumping.cancel()
        await asyncio.gather(pumping, return_exceptions=True)


def _player(scene: Scene, person: int) -> Player:
    for player in scene.players:
        if player.id == person:
            return player
    raise Kind(404, "web.error.person")


def _kept(request: Request) -> dict[str, str]:
    """What this browser chose: theme, skin, view, and a person for each seat. The address may say otherwise."""
    return dict(parse_qsl(request.cookies.get(COOKIE, ""))) | dict(request.query_params)


def _shown(scene: Scene, kept: dict[str, str]) -> list[Player]:
    """One player for each seat: the chosen one, else the first."""
    seated = {seat: [player for player in scene.players if player.seat == seat] for seat in SEATS}
    return [
        next((player for player in players if str(player.id) == kept.get(seat)), players[0])
        for seat, players in seated.items()
        if players
    ]


def _lineup(scene: Scene) -> list[Player]:
    """Everybody in a row: the first of each seat, so that the three seats are in sight, then the others."""
    leaders = _shown(scene, {})
    return leaders + [p for seat in SEATS for p in scene.players if p.seat == seat and p not in leaders]


def _tops(scene: Scene, threads: dict[int, tuple[Bubble, ...]]) -> dict[int, tuple[int, int]]:
    """The newest letter of each person, and the newest of the days before: what a first visit counts as read."""

    def newest(bubbles: Iterable[Bubble]) -> int:
        return max((bubble.version for bubble in bubbles if bubble.id > 0 and not bubble.mine), default=0)

    def today(bubble: Bubble) -> bool:
        return re.search(rf"(?<!\w){re.escape(bubble.day)}(?!\w)", scene.day) is not None

    return {person: (newest(thread), newest(b for b in thread if not today(b))) for person, thread in threads.items()}


def verdict(message: Message) -> tuple[str, str]:
    """The lead parted into its mark and its words; a mark stands beside the colour even where the words lack it."""
    lead = message.lead.strip()
    mark = next((mark for mark in MARKS.values() if mark in lead), "")
    if mark:
        return (mark, lead.removeprefix(mark).strip()) if lead.startswith(mark) else ("", lead)
    return MARKS.get(message.tone, ""), lead


def letter_of(index: int) -> str:
    return chr(ord("A") + index)
