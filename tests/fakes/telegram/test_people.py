"""What people send, who they are, and what menu they see: telegram.md §2.6."""

import pytest
from telegram import (
    Bot,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest

from tests.fakes.telegram import TelegramFake, User


async def test_odd_things_arrive_as_what_they_are(fake: TelegramFake, bot: Bot, fang: User) -> None:
    sent = {
        "sticker": await fang.send_sticker(),
        "voice": await fang.send_voice(),
        "photo": await fang.send_photo(caption="看"),
        "video": await fang.send_video(),
        "video_note": await fang.send_video_note(),
        "contact": await fang.send_contact(),
        "location": await fang.send_location(),
        "document": await fang.send_document("名单.xlsx", b"PK"),
    }
    for kind, number in sent.items():
        update = Update.de_json(fake.updates[number], bot)
        assert update.message
        assert update.message.text is None
        assert update.message[kind], kind


async def test_what_is_forwarded_says_from_whom(fake: TelegramFake, bot: Bot, fang: User) -> None:
    hidden = await fang.forward("发的现金要点吗", of="某人")
    known = await fang.forward("点", of=fake.user(1002, "李强").sender())
    await bot.send_message(1001, "第1题")
    card = await fang.forward(fang.messages[0])
    origins = [fake.updates[number]["message"]["forward_origin"] for number in (hidden, known, card)]
    assert [origin["type"] for origin in origins] == ["hidden_user", "user", "user"]
    assert [origin.get("sender_user", {}).get("id") for origin in origins] == [None, 1002, bot.id]


async def test_a_message_can_be_edited_and_answered(fake: TelegramFake, bot: Bot, fang: User) -> None:
    first = await fang.say("一")
    edited = fake.updates[await fang.edit(first, "二")]["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("二", fake.updates[first]["message"]["message_id"])
    assert edited["edit_date"]
    sent = await bot.send_message(1001, "题")
    reply = fake.updates[await fang.say("点", reply_to=fang.messages[0])]["message"]
    assert reply["reply_to_message"]["message_id"] == sent.message_id
    fang.delete(fang.messages[0])
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("已答", 1001, sent.message_id)


async def test_two_phones_are_one_account(fake: TelegramFake, bot: Bot, fang: User) -> None:
    tablet = fang.another_phone("en")
    await bot.send_message(
        1001, "题", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]])
    )
    presses = [await phone.tap("A") for phone in (fang, tablet)]
    assert [message.text for message in tablet.messages] == ["题"]
    senders = [fake.updates[press.update_id]["callback_query"]["from"] for press in presses]
    assert [(sender["id"], sender["language_code"]) for sender in senders] == [(1001, "zh-hans"), (1001, "en")]


async def test_a_changed_name_comes_with_the_next_message(fake: TelegramFake, fang: User) -> None:
    fang.rename("芳芳", "王", "fangfang")
    sender = fake.updates[await fang.say("早")]["message"]["from"]
    assert sender == {
        "id": 1001,
        "is_bot": False,
        "first_name": "芳芳",
        "last_name": "王",
        "username": "fangfang",
        "language_code": "zh-hans",
    }
    assert fang.name == "芳芳"


async def test_a_phone_shows_the_nearest_menu_in_its_own_language_first(
    fake: TelegramFake, bot: Bot, fang: User
) -> None:
    everybody = BotCommandScopeAllPrivateChats()
    assert fang.menu == []
    await bot.set_my_commands([("help", "Help")])
    await bot.set_my_commands([("today", "Today")], everybody)
    await bot.set_my_commands([("today", "今天")], everybody, "zh")
    tablet = fang.another_phone("en")
    assert (fang.menu, tablet.menu) == ([("today", "今天")], [("today", "Today")])
    await bot.set_my_commands([("tonight", "Tonight")], BotCommandScopeChat(1001))
    assert (fang.menu, tablet.menu) == ([("tonight", "Tonight")], [("tonight", "Tonight")])
    await bot.delete_my_commands(BotCommandScopeChat(1001))
    await bot.delete_my_commands(everybody)
    await bot.set_my_commands([], everybody, "zh")
    assert fang.menu == [("help", "Help")]


async def test_in_a_group_leaders_may_have_a_menu_of_their_own(fake: TelegramFake, bot: Bot, fang: User) -> None:
    group = fake.group("城东支行")
    group.add_bot()
    head = fake.user(1002, "陈主任")
    group.join(fang, head)
    group.promote(head)
    await bot.set_my_commands([("board", "榜")], BotCommandScopeAllGroupChats())
    await bot.set_my_commands([("link", "绑定")], BotCommandScopeChatAdministrators(group.id))
    assert (group.menu(fang), group.menu(head)) == ([("board", "榜")], [("link", "绑定")])
