"""The fake Telegram is one to a product's client too; its parts are tested beside them in telegram/."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden
from telegram.ext import Application, CommandHandler, ContextTypes

from tests.fakes.telegram import TelegramFake

SCENE = InlineKeyboardMarkup([[InlineKeyboardButton("当面清点", callback_data="a|1")]])


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[TelegramFake]:
    async with TelegramFake() as fake:
        yield fake


@pytest_asyncio.fixture
async def bot(fake: TelegramFake) -> AsyncIterator[Bot]:
    async with Bot(fake.token, base_url=f"{fake.url}/bot") as bot:
        yield bot


async def test_python_telegram_bot_talks_to_it_as_to_telegram(fake: TelegramFake, bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.is_bot, me.username) == (True, "chenlian_fake_bot")
    fang = fake.user(1001, "王芳")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(1001, "早上好")

    first = await fang.start("invite-1")
    (hello,) = await bot.get_updates(timeout=1)
    assert hello.message
    assert hello.message.text == "/start invite-1"
    assert hello.message.from_user
    assert hello.message.from_user.language_code == "zh-hans"
    card = await bot.send_message(1001, "<b>第1题</b> 1 &lt; 2", parse_mode="HTML", reply_markup=SCENE)

    query = await fang.tap("当面清点")
    (press,) = await bot.get_updates(offset=first + 1, timeout=1)
    assert press.callback_query
    assert press.callback_query.data == "a|1"
    await press.callback_query.answer("答对了", show_alert=True)
    assert (await query.wait(), query.alert) == ("答对了", True)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(query.id)

    await bot.edit_message_text("已答对", 1001, card.message_id)
    seen = await fang.wait_for(lambda message: message.text == "已答对")
    assert (seen.history, seen.buttons) == (["第1题 1 < 2"], [])


async def test_python_telegram_bot_hears_its_refusals_as_telegrams(fake: TelegramFake, bot: Bot) -> None:
    fang = fake.user(1001, "王芳")
    await fang.start()
    with pytest.raises(BadRequest, match="is too long"):
        await bot.send_message(1001, "字" * 4097)
    fang.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1001, "还在吗")
    await bot.set_webhook("https://bank.example.cn/telegram/webhook")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()


async def test_an_application_polls_it_and_comes_to_rest(fake: TelegramFake) -> None:
    async def greet(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        await update.message.reply_text("早上好")

    application = Application.builder().token(fake.token).base_url(f"{fake.url}/bot").build()
    application.add_handler(CommandHandler("start", greet))
    assert application.updater
    async with application:
        await application.start()
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        fang = fake.user(1001, "王芳")
        number = await fang.start()
        await fang.wait_for(lambda message: message.text == "早上好")
        await application.updater.stop()
        await application.stop()
    assert fake.confirmed == number + 1
