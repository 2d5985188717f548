"""The page in a real Chromium: reading, contrast, hints, the keyboard, a lost line."""

import pytest
from playwright.async_api import Browser, expect

from bot.chat.message import Message
from tests.web.canned import WANG, ZHAO, Canned, words
from tests.web.probes import FAINT
from tests.web.visiting import DESK, PHONE, chromium, visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

__all__ = ["chromium"]


async def test_the_reader_s_place_is_kept(chromium: Browser) -> None:
    stage = Canned()
    for number in range(20):
        stage.post(WANG, Message(body=f"第 {number} 条"))
    async with visit(chromium, stage=stage) as seen:
        thread = seen.phone(WANG).locator(".thread")
        at_end = "t => t.scrollHeight - t.scrollTop - t.clientHeight < 2"
        assert await thread.evaluate(at_end)
        await thread.evaluate("t => { t.scrollTop = 200; }")
        stage.post(WANG, Message(body="新的一条"))
        await expect(seen.phone(WANG).locator(".below")).to_be_visible()
        assert await thread.evaluate("t => t.scrollTop") == 200
        await seen.phone(WANG).locator(".below").click()
        await expect(seen.phone(WANG).locator(".below")).not_to_be_visible()
        stage.post(WANG, Message(body="再来一条"))
        await expect(seen.phone(WANG).get_by_text("再来一条")).to_be_in_viewport()
        assert await thread.evaluate(at_end)


async def test_a_lost_connection_is_said_and_caught_up(chromium: Browser) -> None:
    stage = Canned()
    async with visit(chromium, stage=stage) as seen:
        queue = stage.listeners[0]
        stage.listeners.clear()
        stage.post(WANG, Message(body="断线时来的"))
        stage.listeners.append(queue)
        stage.hush()  # the stream ends, the browser comes back by itself
        await expect(seen.phone(WANG).get_by_text("断线时来的")).to_be_visible()
        await seen.page.context.set_offline(offline=True)
        await seen.key(WANG, "a:0:B").click()
        await expect(seen.phone(WANG).locator(".toast")).to_have_text(words()("web.offline"))
        await seen.page.context.set_offline(offline=False)
        seen.complaints.clear()  # the browser itself notes the lost connection


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_text_is_readable(chromium: Browser, *, dark: bool) -> None:
    async with visit(chromium, dark=dark) as seen:
        await seen.key(WANG, "a:0:B").click()
        await seen.phone(WANG).locator(".composer [name=text]").fill("早")
        await seen.phone(WANG).locator(".composer button").click()
        await expect(seen.phone(WANG).locator(".mine")).to_be_visible()
        for over in (False, True):
            if over:
                seen.stage.at = 4
                await seen.page.locator("[data-act=advance]").click()
                await expect(seen.page.locator("[data-act=advance]")).to_be_disabled()
            for width, height in (DESK, PHONE):
                await seen.page.set_viewport_size({"width": width, "height": height})
                for skin, feet in (("wecom", 3), ("telegram", 0)):
                    await seen.page.locator(f"[data-skin-choice={skin}]").dispatch_event("click")
                    await expect(seen.page.locator(".foot")).to_have_count(feet)
                    assert await seen.page.evaluate(FAINT) == [], (over, width, skin)
            await seen.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})


async def test_theme_and_skin_are_remembered(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        paper = "getComputedStyle(document.body).backgroundColor"
        assert await seen.page.evaluate(paper) == "rgb(250, 248, 244)"
        await seen.page.locator("[data-act=theme]").click()
        wecom = seen.page.locator("[data-skin-choice=wecom]")
        await wecom.click()
        await expect(wecom).to_have_attribute("aria-pressed", "true")  # it is kept once the phones are drawn
        assert await seen.page.evaluate(paper) == "rgb(20, 24, 29)"
        await seen.page.reload()
        assert await seen.page.evaluate(paper) == "rgb(20, 24, 29)"
        await expect(wecom).to_have_attribute("aria-pressed", "true")


async def test_each_hint_goes_for_good_once_done(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        hint = seen.page.locator(".hint:visible")
        await expect(hint).to_have_count(3)
        await seen.key(WANG, "a:0:B").click()
        await expect(hint).to_have_count(2)
        await seen.page.locator("[data-act=advance]").click()
        await expect(hint).to_have_text([words()("web.hint.trainer", name="赵敏")])
        await seen.page.reload()
        await expect(hint).to_have_count(1)
        await hint.get_by_role("button", name=words()("web.dismiss")).click()
        await seen.page.reload()
        await expect(seen.phone(WANG)).to_be_visible()
        await expect(hint).to_have_count(0)


async def test_on_a_phone_hints_come_one_at_a_time(chromium: Browser) -> None:
    async with visit(chromium, PHONE) as seen:
        hint = seen.page.locator(".hint:visible")
        await expect(hint).to_have_text([words()("web.hint.clock")])
        await seen.page.locator("[data-act=advance]").click()
        await expect(hint).to_have_text([words()("web.hint.answer", name="王芳")])
        await seen.page.locator(f'#faces [data-pick="{ZHAO}"]').click()
        await expect(hint).to_have_count(0)


async def test_a_day_by_keyboard_alone(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        keys = seen.page.keyboard

        async def tab_to(selector: str) -> None:
            for _ in range(60):
                await keys.press("Tab")
                if await seen.page.evaluate("s => document.activeElement.matches(s)", selector):
                    outline = "getComputedStyle(document.activeElement).outlineStyle"
                    assert await seen.page.evaluate(outline) == "solid"
                    return
            pytest.fail(f"Tab does not reach {selector}")

        await tab_to("[data-act=advance]")
        await keys.press("Enter")
        await expect(seen.clock).to_have_text("08:15")
        await expect(seen.page.locator("[data-act=advance]")).to_be_focused()
        await tab_to('[data-data="a:0:A"]')
        await keys.press("b")
        await expect(seen.phone(WANG).locator("h3", has_text="2/5")).to_be_visible()
        assert await seen.page.evaluate("!!document.activeElement.closest('[data-letter]')")
        await keys.press("1")
        await expect(seen.key(WANG, "next:1")).to_be_visible()
        assert await seen.page.evaluate("!!document.activeElement.closest('[data-letter]')")
        await tab_to(".composer [name=text]")
        await keys.type("abc 1")
        await keys.press("Enter")
        await expect(seen.phone(WANG).locator(".mine")).to_contain_text("abc 1")


async def test_the_page_is_light(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        weights = await seen.page.evaluate(
            """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
                .filter(({ initiatorType }) => initiatorType !== "fetch")
                .map(({ name, decodedBodySize }) => [name, decodedBodySize])"""
        )
        assert len(weights) > 5
        assert sum(size for _, size in weights) <= 60 * 1024, weights
