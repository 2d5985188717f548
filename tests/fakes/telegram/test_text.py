"""Text, its markup and its length: telegram.md §2.5, §2.7."""

import pytest
from telegram import Bot

from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.asking import ask


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("<b> </b>", "message text is empty"),
        ("字" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("清<br>点", 'can\'t parse entities: Unsupported start tag "br" at byte offset 3'),
        ("1 < 2", 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ("<b>清点", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("<b>清点</i>", 'can\'t parse entities: Unmatched end tag at byte offset 9, expected "</b>", found "</i>"'),
        ("清点</b>", "can't parse entities: Unexpected end tag at byte offset 6"),
        ("<a href='x", "can't parse entities: Unclosed start tag at byte offset 0"),
        ("<i>a</i ", "can't parse entities: Unclosed end tag at byte offset 4"),
    ],
)
async def test_text_that_telegram_refuses_is_refused(fake: TelegramFake, fang: User, text: str, why: str) -> None:
    status, body = await ask(fake, "sendMessage", chat_id=1001, text=text, parse_mode="HTML")
    assert (status, body["description"]) == (400, f"Bad Request: {why}")


async def test_length_counts_after_entities_are_parsed(fake: TelegramFake, fang: User) -> None:
    text = "<b>" + "&lt;" * 4096 + "</b>"
    assert (await ask(fake, "sendMessage", chat_id=1001, text=text, parse_mode="HTML"))[0] == 200
    assert fang.messages[0].text == "<" * 4096


async def test_markup_becomes_entities_in_utf16_units_and_people_see_plain_text(
    fake: TelegramFake, bot: Bot, fang: User
) -> None:
    marked = '\n😀 <b>王<i>芳</i></b> <a href="https://bank.example.cn">规</a> <tg-spoiler>x</tg-spoiler>&nbsp;&#x27; '
    sent = await bot.send_message(1001, marked, parse_mode="HTML")
    (seen,) = fang.messages
    assert (seen.text, seen.html) == ("😀 王芳 规 x&nbsp;'", marked)
    assert {(one.type, text) for one, text in sent.parse_entities().items()} == {
        ("bold", "王芳"),
        ("italic", "芳"),
        ("text_link", "规"),
        ("spoiler", "x"),
    }


async def test_text_without_parse_mode_is_left_alone(fake: TelegramFake, bot: Bot, fang: User) -> None:
    await bot.send_message(1001, "<b>1 & 2</b>")
    (seen,) = fang.messages
    assert (seen.text, seen.html) == ("<b>1 & 2</b>", "&lt;b&gt;1 &amp; 2&lt;/b&gt;")
