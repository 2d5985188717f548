"""The page in a real Chromium: what a person sees, taps and types."""

import pytest
from playwright.async_api import Browser, expect

from bot.chat.message import Message
from tests.web.canned import LI, SUN, WANG, ZHAO, Canned, words
from tests.web.probes import FITS, SMALL
from tests.web.visiting import DESK, PHONE, chromium, visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

__all__ = ["chromium"]


async def test_the_marks_are_there_and_three_phones_side_by_side(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        for person in (WANG, ZHAO, 21):
            await expect(seen.phone(person)).to_be_visible()
            await expect(seen.phone(person).locator("[data-letter][data-version]").last).to_be_visible()
        await expect(seen.page.locator("[data-act=advance]")).to_have_text(
            f"{words()('web.next')}{words()('web.colon')}晨会 08:15"
        )
        await expect(seen.page.locator("[data-stop]")).to_have_count(6)
        await expect(seen.key(WANG, "a:0:B")).to_be_visible()


async def test_a_tap_changes_the_bubble_in_place(chromium: Browser) -> None:
    async with visit(chromium, still=False) as seen:
        await seen.page.evaluate("window.unloaded = 0")
        row = seen.phone(WANG).locator("[data-letter]", has=seen.page.locator('[data-data="a:0:B"]'))
        letter, version = await row.get_attribute("data-letter"), await row.get_attribute("data-version")
        await row.evaluate("row => { window.row = row; }")
        await seen.key(WANG, "a:0:B").click()
        same = seen.phone(WANG).locator(f'[data-letter="{letter}"]')
        await expect(same.locator(".lead")).to_have_text("✓对。钞票当面点清，离柜后说不清。")
        await expect(same.locator("h3")).to_have_text("2/5 · 资费")
        assert await same.get_attribute("data-version") != version
        assert await same.evaluate("row => row === window.row")
        assert await seen.page.evaluate("window.unloaded") == 0


async def test_a_double_tap_answers_one_question(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        await seen.key(WANG, "a:0:B").dblclick(delay=5)
        await expect(seen.phone(WANG).locator("h3").last).to_have_text("2/5 · 资费")
        await seen.page.wait_for_timeout(200)
        await expect(seen.phone(WANG).locator("h3").last).to_have_text("2/5 · 资费")


async def test_the_clock_moves_to_the_next_step_and_to_a_named_one(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        await seen.page.locator("[data-act=advance]").click()
        await expect(seen.clock).to_have_text("08:15")
        await expect(seen.phone(WANG).locator(".status time")).to_have_text("08:15")
        await expect(seen.page.locator("[data-stop=push]")).to_be_disabled()
        await seen.page.locator("[data-stop=list]").click()
        await expect(seen.clock).to_have_text("09:00")
        await expect(seen.page.locator("[data-stop=list]")).to_have_attribute("aria-current", "step")
        await expect(seen.key(ZHAO, "confirm:7")).to_be_visible()
        await seen.page.locator("[data-stop=summary]").click()
        await expect(seen.page.locator("[data-act=advance]")).to_be_disabled()


async def test_one_phone_sees_what_another_did(chromium: Browser) -> None:
    async with visit(chromium, stage=Canned(at=2)) as seen:
        await seen.page.locator("[data-act=advance]").click()
        await seen.key(ZHAO, "confirm:7").click()
        await expect(seen.phone(WANG).locator("h3").last).to_have_text("今晚 17:40 补练")
        await expect(seen.page.locator("#announce")).to_contain_text("王芳: 今晚 17:40 补练")


async def test_a_typed_text_stands_on_the_right_and_the_field_is_free_again(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        field_ = seen.phone(WANG).locator(".composer [name=text]")
        await field_.fill("12.5 元")
        await field_.press("Enter")
        await expect(seen.phone(WANG).locator(".mine")).to_contain_text("12.5 元")
        await expect(field_).to_have_value("")
        await expect(field_).to_be_focused()


async def test_a_draft_waits_while_another_person_is_looked_at(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        await seen.phone(WANG).locator(".composer [name=text]").fill("没写完")
        await seen.phone(WANG).locator(f'[data-pick="{LI}"]').click()
        await expect(seen.phone(LI).locator("h2")).to_have_text("李强")
        await expect(seen.phone(LI).locator(f'[data-pick="{LI}"]')).to_be_focused()
        await seen.phone(LI).locator(f'[data-pick="{WANG}"]').click()
        await expect(seen.phone(WANG).locator(".composer [name=text]")).to_have_value("没写完")


async def test_a_menu_chip_is_a_tap(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        await seen.phone(WANG).locator("[data-chip='/me']").click()
        await expect(seen.phone(WANG).locator("h3").last).to_have_text("我的")


async def test_a_refusal_is_a_toast_and_nothing_moves(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        seen.stage.threads[WANG].clear()
        await seen.key(WANG, "a:0:B").click()
        await expect(seen.phone(WANG).locator(".toast")).to_have_text("这张卡不是您的")
        await expect(seen.phone(WANG).locator(".empty")).to_be_visible()


async def test_nothing_scrolls_sideways_and_targets_are_large(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        for width, height in (PHONE, (360, 740), (820, 1180), (1024, 768), DESK, (1920, 1080)):
            await seen.page.set_viewport_size({"width": width, "height": height})
            await seen.page.wait_for_function(FITS, arg=[width, height])  # it hears of its new size a moment later
            await expect(seen.page.locator("[data-act=advance]")).to_be_in_viewport(ratio=1)
            await expect(seen.phone(WANG).locator(".composer button")).to_be_in_viewport(ratio=1)
            assert await seen.page.evaluate(SMALL) == []


async def test_on_a_phone_one_person_at_a_time_with_dots_for_the_others(chromium: Browser) -> None:
    async with visit(chromium, PHONE) as seen:
        face = seen.page.locator("#faces [data-pick]")
        await expect(seen.phone(WANG)).to_be_visible()
        await expect(seen.phone(ZHAO)).not_to_be_visible()
        await face.and_(seen.page.locator(f'[data-pick="{ZHAO}"]')).click()
        await expect(seen.phone(WANG)).not_to_be_visible()
        await expect(seen.phone(ZHAO)).to_be_visible()
        wang = face.and_(seen.page.locator(f'[data-pick="{WANG}"]'))
        await expect(wang).not_to_have_attribute("data-unread", "")
        seen.stage.post(WANG, Message(body="还有 3 题没答。"))
        await expect(wang).to_have_attribute("data-unread", "")
        await expect(wang).to_have_attribute("aria-label", f"王芳, {words()('web.unread')}")
        await wang.click()
        await expect(wang).not_to_have_attribute("data-unread", "")
        await seen.page.reload()
        await expect(seen.phone(WANG)).to_be_visible()
        await expect(seen.page.locator(f'#faces [data-pick="{SUN}"]')).to_have_attribute("data-unread", "")


async def test_on_a_phone_the_bar_unfolds(chromium: Browser) -> None:
    async with visit(chromium, PHONE) as seen:
        await expect(seen.page.locator("[data-stop=list]")).not_to_be_visible()
        await seen.page.locator("[data-act=steps]").click()
        await seen.page.locator("[data-skin-choice=wecom]").click()
        await seen.page.locator("[data-stop=list]").click()
        await expect(seen.clock).to_have_text("09:00")
        await expect(seen.page.locator("[data-stop=list]")).not_to_be_visible()


async def test_on_wecom_letters_press_a_card_and_the_menu_opens_and_closes_by_keyboard(chromium: Browser) -> None:
    async with visit(chromium, cookie="skin=wecom") as seen:
        phone, keys = seen.phone(WANG), seen.page.keyboard
        await seen.key(WANG, "a:0:A").focus()
        await keys.press("b")
        await expect(phone.locator("h3").last).to_have_text("2/5 · 资费")
        await expect(phone.locator(".over")).to_have_text("✓ 对")
        more, inside = phone.locator("summary"), phone.locator("details button").first
        await more.focus()
        await keys.press("Enter")
        await expect(inside).to_be_visible()
        await keys.press("Escape")
        await expect(inside).not_to_be_visible()
        await phone.locator("[data-chip='/me']").click()
        await expect(phone.locator(".card.body").last).to_contain_text("46/48")


async def test_the_phones_change_platform_at_once_and_keep_what_one_writes(chromium: Browser) -> None:
    async with visit(chromium) as seen:
        await seen.phone(WANG).locator(".composer [name=text]").fill("没写完")
        await seen.page.locator("[data-skin-choice=wecom]").click()
        await expect(seen.phone(WANG).locator(".template").last).to_be_visible()
        await expect(seen.phone(WANG).locator(".composer [name=text]")).to_have_value("没写完")
        await seen.page.reload()
        await expect(seen.phone(WANG).locator(".template").last).to_be_visible()
        await seen.page.locator("[data-skin-choice=telegram]").click()
        await expect(seen.key(WANG, "a:0:B")).to_be_visible()
        await expect(seen.page.locator(".foot")).to_have_count(0)
