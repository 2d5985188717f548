"""A morning on WeCom's cards in a real Chromium, on the real bank of the demo."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.rehearsal.demo import DemoStage
from bot.web.app import build
from tests.fixtures.demo import made, opened
from tests.web.canned import words
from tests.web.probes import FAINT, FITS, SMALL
from tests.web.serving import nothing_amiss, serving
from tests.web.skins import show
from tests.web.visiting import DESK, PHONE, chromium, looking

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

__all__ = ["chromium", "made"]
NEWEST = """() => {
  const row = [...document.querySelectorAll(".phone[data-seat=staff] [data-letter]:not(.mine)")].at(-1);
  return `${row.dataset.key} ${row.dataset.version}`;
}"""
CHANGED = f"before => ({NEWEST})() !== before"
MOST = 15  # presses for five questions, each of them wrong, and a few more


@pytest_asyncio.fixture(loop_scope="module")
async def stage(made: Path, tmp_path: Path) -> AsyncIterator[DemoStage]:
    """Monday 08:03 on a copy of the made bank."""
    shutil.copytree(made / "var", tmp_path, dirs_exist_ok=True)
    async with opened(tmp_path, made) as stage:
        yield stage


class Fang:
    """王芳's phone on WeCom."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.phone = page.locator(".phone[data-seat=staff]")
        self.newest = self.phone.locator("[data-letter]:not(.mine)").last

    async def answer(self) -> bool:
        """Answer what stands there, whatever it asks; False once the sitting is over."""
        before = await self.page.evaluate(NEWEST)
        if await self.newest.locator(".ticks").count():
            await self.newest.locator(".ticks input").first.check()
            await self.newest.locator(".submit").click()
        elif await self.presses("n", "a").count():
            await self.presses("n", "a").first.click()
        elif await self.presses("/book").count():
            return False
        else:
            await self.write("15")
        await self.page.wait_for_function(CHANGED, arg=before)
        return True

    def presses(self, *verbs: str) -> Locator:
        """The buttons of these verbs on the newest card."""
        return self.newest.locator(
            ", ".join(f'button[data-data^="{verb}:"], button[data-data="{verb}"]' for verb in verbs)
        )

    async def write(self, text: str) -> None:
        await self.phone.locator(".foot label:visible").click()
        await self.phone.locator(".composer [name=text]").fill(text)
        await self.phone.locator(".composer [name=text]").press("Enter")
        await expect(self.phone.locator(".mine").last).to_contain_text(text)
        await self.phone.locator(".foot label:visible").click()


async def test_a_sitting_is_answered_on_cards_and_none_of_them_twice(chromium: Browser, stage: DemoStage) -> None:
    app = build(show(stage, words(), first=True), words(), nothing_amiss)
    async with serving(stage, app) as address, looking(chromium, address) as (page, _):
        fang = Fang(page)
        await fang.presses("sd").click()
        await expect(fang.newest.locator("h3, .body").first).to_contain_text("1/5")
        answers = 1
        while await fang.answer():
            answers += 1
            assert answers < MOST
        await expect(fang.newest.locator("h3")).to_contain_text("5 题对")
        this_morning = fang.phone.locator('[data-letter]:has([data-data^="a:"])')
        await expect(this_morning).to_have_count(0)
        rows = await fang.phone.locator("[data-key]").evaluate_all("rows => rows.map(row => row.dataset.key)")
        for width, height in (PHONE, DESK):
            await page.set_viewport_size({"width": width, "height": height})
            await page.wait_for_function(FITS, arg=[width, height])
            for dark in (False, True):
                await page.emulate_media(color_scheme="dark" if dark else "light")
                assert await page.evaluate(FAINT) == [], (width, dark)
            assert await page.evaluate(SMALL) == []
        await page.reload()
        assert await fang.phone.locator("[data-key]").evaluate_all("rows => rows.map(row => row.dataset.key)") == rows
        await page.locator("[data-skin-choice=telegram]").click()
        await expect(fang.phone.locator(".keys").last).to_be_visible()
        await expect(fang.newest.locator("h3").last).to_contain_text("5 题对")
