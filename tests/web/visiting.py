"""A page of the demo, open in a real Chromium."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, async_playwright, expect

from tests.fixtures.browser import chromium_path
from tests.web.canned import Canned
from tests.web.serving import serving

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 20_000  # milliseconds: a busy machine is no mistake
expect.set_options(timeout=PATIENCE)
DESK, PHONE = (1440, 900), (390, 844)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        yield browser
        await browser.close()


@dataclass
class Visit:
    """A page open on a stage, and what its console complained of."""

    page: Page
    stage: Canned
    address: str
    complaints: list[str] = field(default_factory=list)

    def phone(self, person: int) -> Locator:
        return self.page.locator(f'.phone[data-person="{person}"]')

    def key(self, person: int, data: str) -> Locator:
        return self.phone(person).locator(f'[data-data="{data}"]')

    @property
    def clock(self) -> Locator:
        return self.page.locator("#bar .clock")


@asynccontextmanager
async def visit(
    chromium: Browser,
    size: tuple[int, int] = DESK,
    *,
    stage: Canned | None = None,
    dark: bool = False,
    cookie: str = "",
    still: bool = True,
) -> AsyncIterator[Visit]:
    stage = stage or Canned()
    async with (
        serving(stage) as address,
        looking(chromium, address, size, dark=dark, cookie=cookie, still=still) as (page, complaints),
    ):
        yield Visit(page, stage, address, complaints)


@asynccontextmanager
async def looking(
    chromium: Browser,
    address: str,
    size: tuple[int, int] = DESK,
    *,
    dark: bool = False,
    cookie: str = "",
    still: bool = True,
) -> AsyncIterator[tuple[Page, list[str]]]:
    """The page and what its console complains of, which must be nothing in the end."""
    context = await chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce" if still else "no-preference",
    )
    if cookie:
        await context.add_cookies([{"name": "chenlian_demo", "value": cookie, "url": f"{address}/demo"}])
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(f"{address}/demo")
    await page.wait_for_selector("body[data-live]")  # caught up: from here on it only listens
    yield page, complaints
    await context.close()
    assert complaints == []
