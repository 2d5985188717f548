"""Receiving updates, and the menu: telegram.md §2.6, §2.8."""

import asyncio

import pytest
from telegram import Bot, BotCommandScopeChat, Update
from telegram.error import BadRequest

from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.asking import ask
from tests.fakes.telegram.conftest import Clock


async def test_menus_are_kept_by_scope_and_two_letter_language(fake: TelegramFake, bot: Bot, fang: User) -> None:
    await bot.set_my_commands([("today", "今天的演练")], language_code="zh")
    await bot.set_my_commands([("tonight", "今晚名单")], scope=BotCommandScopeChat(1001))
    assert [one.command for one in await bot.get_my_commands(language_code="zh")] == ["today"]
    assert [one.command for one in await bot.get_my_commands(BotCommandScopeChat("1001"))] == ["tonight"]
    assert await bot.get_my_commands() == ()
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await bot.set_my_commands([("today", "今天")], language_code="zh-hans")
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([("今天", "今天")])


async def test_chat_actions_are_accepted_where_the_bot_may_write(fake: TelegramFake, bot: Bot, fang: User) -> None:
    assert await bot.send_chat_action(1001, "typing")
    with pytest.raises(BadRequest, match="Wrong parameter action"):
        await bot.send_chat_action(1001, "dancing")


async def test_every_update_is_one_python_telegram_bot_can_read(fake: TelegramFake, bot: Bot, fang: User) -> None:
    await fang.say("/me@chenlian_fake_bot 我")
    await fang.tap_raw("a", 1)
    fang.block()
    fang.unblock()
    numbers = list(fake.updates)
    assert numbers == list(range(numbers[0], numbers[0] + 5))
    read = [Update.de_json(raw, bot) for raw in fake.updates.values()]
    assert [update.effective_user and update.effective_user.id for update in read] == [1001] * 5
    assert read[1].message
    assert list(read[1].message.parse_entities().values()) == ["/me@chenlian_fake_bot"]


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(
    fake: TelegramFake, bot: Bot, fang: User
) -> None:
    second = await fang.say("二")
    assert [update.update_id for update in await bot.get_updates(limit=1)] == [second - 1]
    assert len(await bot.get_updates()) == 2
    assert fake.confirmed == 0
    assert [update.update_id for update in await bot.get_updates(offset=second)] == [second]
    assert await bot.get_updates(offset=second + 1) == ()
    assert fake.confirmed == second + 1


async def test_a_confirmed_update_can_be_delivered_once_more(fake: TelegramFake, bot: Bot, fang: User) -> None:
    number = await fang.say("二")
    assert await bot.get_updates(offset=number + 1) == ()
    fake.redeliver(number)
    assert [update.update_id for update in await bot.get_updates(offset=number + 1)] == [number]
    assert await bot.get_updates(offset=number + 1) == ()


async def test_a_long_poll_ends_with_the_first_update(fake: TelegramFake, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await fake.wait_called("getUpdates")
    await fake.user(1001).start()
    async with asyncio.timeout(20):
        (hello,) = await poll
    assert hello.message


async def test_a_poll_whose_client_hung_up_takes_nothing_away(fake: TelegramFake) -> None:
    gone = asyncio.create_task(ask(fake, "getUpdates", timeout=30))
    await fake.wait_called("getUpdates")
    gone.cancel()
    number = await fake.user(1001).start()
    _, body = await ask(fake, "getUpdates", timeout=1)
    assert [update["update_id"] for update in body["result"]] == [number]


async def test_leaving_the_fake_does_not_wait_for_the_poll(fake: TelegramFake) -> None:
    async with TelegramFake() as other, asyncio.timeout(20):
        poll = asyncio.create_task(ask(other, "getUpdates", timeout=30))
        await other.wait_called("getUpdates")
        await other.__aexit__()
        assert await poll == (200, {"ok": True, "result": []})


async def test_a_second_poller_ends_the_first(fake: TelegramFake) -> None:
    first = asyncio.create_task(ask(fake, "getUpdates", timeout=30))
    await fake.wait_called("getUpdates")
    assert await ask(fake, "getUpdates") == (200, {"ok": True, "result": []})
    status, body = await first
    assert (status, body["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


async def test_a_webhook_ends_polling_until_it_is_deleted(fake: TelegramFake) -> None:
    poll = asyncio.create_task(ask(fake, "getUpdates", timeout=30))
    await fake.wait_called("getUpdates")
    assert (await ask(fake, "setWebhook", url="http://bank.example.cn/"))[0] == 400
    assert (await ask(fake, "setWebhook", url="https://bank.example.cn/", secret_token="s3-_"))[0] == 200
    assert fake.webhook == {"url": "https://bank.example.cn/", "secret_token": "s3-_"}
    assert (await poll)[1]["description"] == "Conflict: terminated by setWebhook request"
    assert (await ask(fake, "getUpdates"))[0] == 409
    await fake.user(1001).start()
    assert (await ask(fake, "getWebhookInfo"))[1]["result"]["pending_update_count"] == 1
    await ask(fake, "deleteWebhook", drop_pending_updates=True)
    assert await ask(fake, "getUpdates") == (200, {"ok": True, "result": []})


async def test_presses_wait_150_seconds_and_messages_a_day(fake: TelegramFake, fang: User, clock: Clock) -> None:
    await fang.tap_raw("a", 1)
    for wait, left in [(149, ["message", "callback_query"]), (2, ["message"]), (24 * 3600, [])]:
        clock.seconds += wait
        _, body = await ask(fake, "getUpdates")
        assert [list(update)[1] for update in body["result"]] == left


async def test_allowed_updates_are_remembered(fake: TelegramFake, fang: User) -> None:
    await ask(fake, "getUpdates", allowed_updates=["message"])
    fang.block()
    _, body = await ask(fake, "getUpdates")
    assert [list(update)[1] for update in body["result"]] == ["message"]
