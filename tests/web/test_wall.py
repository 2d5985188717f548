"""The wall screen in a real Chromium at 1920×1080: read from five metres, and it catches up by itself."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
from playwright.async_api import Browser, Page, expect

from bot.views.wall import Bar, Figure, Place, Wall
from bot.web.app import build
from tests.web.canned import Canned, words
from tests.web.probes import FAINT
from tests.web.serving import nothing_amiss, serving
from tests.web.visiting import chromium

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
__all__ = ["chromium"]

SMALLEST = """() => [...document.querySelectorAll("body *")]
    .filter(e => e.offsetParent !== null || e.closest("svg") === null)
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent.trim().slice(0, 20)])"""
OPTIONS = ("递出前当客户面点清", "请客户自己数", "放进点钞机再说", "先办下一位")
QUESTION = Wall(
    language="zh-CN",
    unit="城东支行",
    step="4/7",
    headline="客户取现 5 万元，离柜前您先做哪一步？",
    count="已答 5 / 6",
    bars=[Bar(letter=letter, text=text) for letter, text in zip("ABCD", OPTIONS, strict=True)],
    left=154,
)
RESULT = replace(
    QUESTION,
    count="",
    shown=True,
    bars=[
        Bar(letter=bar.letter, text=bar.text, n=f"{n} 人", share=n * 16, right=n == 4)
        for bar, n in zip(QUESTION.bars, (4, 1, 1, 0), strict=True)
    ],
    lines=["为什么：钞票当面点清，离柜后说不清。", "依据：某网点服务规范 第三条，2020-01-01 起。"],
    left=-30,
)
TEAM = Wall(
    language="zh-CN",
    unit="城东支行",
    step="",
    headline="今天的我们",
    figures=[Figure(label="参与", value="6 / 6", share=100), Figure(label="答对", value="26 / 30", share=86)],
    places=[Place(label="第 1 名", names="王芳"), Place(label="第 2 名", names="孙丽、何静")],
)
TIED = replace(
    TEAM,
    figures=[Figure(label="参与", value="29 / 30", share=96), Figure(label="答对", value="131 / 145", share=90)],
    places=[
        Place(label=f"第 {n} 名", names="、".join(["王小芳", "李国强", "孙丽", "何静", "马超"][: 6 - n]))
        for n in (1, 2, 3)
    ],
)
LONG = replace(
    QUESTION,
    headline="客户持存折和身份证来办 5 万元现金支取，您审核后发现证件有效期只剩三天，客户又说其中 2 万元"
    "要换成零钞带走，后面还排着六位客户。离柜之前，您先做哪一步？",
    bars=[Bar(letter=letter, text="请客户先到等候区坐下，办完后面几位再回来当面点清零钞"[:26]) for letter in "ABCD"],
)
ROLL = Wall(language="zh-CN", unit="城东支行", step="1/7", headline="点名", count="到 5 / 6", left=42)
LOOK = Wall(
    language="zh-CN",
    unit="城东支行",
    step="2/7",
    headline="互看仪容",
    lines=[
        "王芳 和 李强、孙丽 和 何静",
        "工号牌戴在左胸，端正",
        "黑色皮鞋，脚趾和脚跟都包住",
        "首饰不多：一对耳钉、一枚戒指、一块手表",
    ],
    left=95,
)


@dataclass
class Screen:
    """What the page is told."""

    wall: Wall | None

    async def see(self, _meeting: int, _query: Mapping[str, str]) -> Wall | None:
        return self.wall


@asynccontextmanager
async def on_the_wall(chromium: Browser, wall: Wall | None) -> AsyncIterator[tuple[Page, Screen]]:
    screen = Screen(wall)
    app = build(None, words(), nothing_amiss, see=screen.see)
    async with serving(Canned(), app) as address:
        context = await chromium.new_context(viewport={"width": 1920, "height": 1080})
        page = await context.new_page()
        await page.goto(f"{address}/meeting/7")
        yield page, screen
        await context.close()


@pytest.mark.parametrize(
    "wall",
    [QUESTION, RESULT, TEAM, TIED, LONG, ROLL, LOOK],
    ids=["question", "result", "team", "tied", "long", "roll", "dress"],
)
async def test_it_is_read_from_five_metres_and_nothing_is_cut_off(chromium: Browser, wall: Wall) -> None:
    async with on_the_wall(chromium, wall) as (page, _):
        await expect(page.locator("h1")).to_have_text(wall.headline)
        sizes = {text: size for size, text in await page.evaluate(SMALLEST)}
        assert min(sizes.values()) >= 36, sizes
        assert sizes[wall.headline[:20]] >= 64
        assert all(sizes[bar.text[:20]] >= 48 for bar in wall.bars)
        assert await page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
            1920,
            1080,
        ]
        assert await page.evaluate(FAINT) == []


async def test_the_right_one_is_marked_by_shape_and_it_runs_over_in_a_word(chromium: Browser) -> None:
    async with on_the_wall(chromium, RESULT) as (page, _):
        await expect(page.locator("li.right b")).to_have_text("✓")
        await expect(page.locator("li.right")).to_contain_text("4 人")
        await expect(page.locator("#clock")).to_have_text("超时 0:30")


async def test_it_changes_without_a_reload_and_survives_a_lost_connection(chromium: Browser) -> None:
    async with on_the_wall(chromium, QUESTION) as (page, screen):
        await expect(page.locator("#clock")).to_have_text("2:34")
        await page.context.set_offline(True)
        await expect(page.locator("#offline")).to_be_visible()
        await expect(page.locator(".count")).to_have_text("已答 5 / 6")
        await expect(page.locator("#clock")).to_have_text("2:33")
        screen.wall = TEAM
        await page.context.set_offline(False)
        await expect(page.locator("h1")).to_have_text("今天的我们")
        await expect(page.locator("#offline")).to_be_hidden()
        await expect(page.locator("#clock")).to_be_hidden()


async def test_a_bad_link_says_in_words_what_to_do(chromium: Browser) -> None:
    async with on_the_wall(chromium, None) as (page, _):
        await expect(page.locator("h1")).to_contain_text("请主持人在晨会卡片上再打开大屏")
