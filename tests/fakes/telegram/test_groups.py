"""Groups: telegram.md §2.5, §2.6."""

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.fakes.telegram import Group, TelegramFake, User
from tests.fakes.telegram.asking import ask

BOARD = InlineKeyboardMarkup([[InlineKeyboardButton("我", callback_data="me")]])


@pytest.fixture
def min_(fake: TelegramFake) -> User:
    return fake.user(1002, "赵敏")


@pytest.fixture
def group(fake: TelegramFake, min_: User) -> Group:
    """The branch's group, a basic one, with its trainer in it and without the bot."""
    group = fake.group("城东支行", supergroup=False)
    group.join(min_)
    return group


async def news(bot: Bot, after: int = 0) -> list[Update]:
    return list(await bot.get_updates(offset=after))


def kinds(fake: TelegramFake) -> list[Any]:
    """What each update is; of a message, what stands in it."""
    plain = {"message_id", "from", "chat", "date", "entities"}
    return [
        sorted(update["message"].keys() - plain) if "message" in update else list(update)[1]
        for update in fake.updates.values()
    ]


async def test_the_bot_is_put_into_a_group_and_hears_by_whom(
    fake: TelegramFake, bot: Bot, group: Group, min_: User
) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(group.id, "榜")
    group.add_bot(by=min_, payload="link-1")
    change, note, start = await news(bot)
    assert change.my_chat_member
    assert change.my_chat_member.from_user.id == 1002
    assert (change.my_chat_member.chat.title, change.my_chat_member.chat.type) == ("城东支行", "group")
    assert change.my_chat_member.old_chat_member.status == "left"
    assert change.my_chat_member.new_chat_member.status == "member"
    assert note.message
    assert [one.id for one in note.message.new_chat_members] == [bot.id]
    assert start.message
    assert start.message.text == "/start@chenlian_fake_bot link-1"
    sent = await bot.send_message(group.id, "榜", reply_markup=BOARD)
    assert (await group.wait_for(lambda message: message.text == "榜")).id == sent.message_id
    query = await group.tap(min_, "我")
    assert fake.updates[query.update_id]["callback_query"]["message"]["chat"]["id"] == group.id


async def test_the_bot_is_put_out_and_let_in_again(fake: TelegramFake, bot: Bot, group: Group, min_: User) -> None:
    group.add_bot()
    group.put_bot_out(by=min_)
    change, note = await news(bot)
    assert change.my_chat_member
    assert change.my_chat_member.new_chat_member.status == "kicked"
    assert note.message
    assert note.message.left_chat_member
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "榜")
    assert await group.say(min_, "/board") is None
    group.add_bot(by=min_, admin=True)
    await bot.send_message(group.id, "榜")
    assert await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(group.id, "榜")


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("早上好", False),
        ("@chenlian_fake_bot 早", False),
        ("/board", True),
        ("/board@Chenlian_Fake_Bot", True),
        ("/board@other_bot", False),
    ],
)
async def test_privacy_mode_lets_only_commands_through(
    fake: TelegramFake, group: Group, min_: User, text: str, heard: bool
) -> None:
    group.add_bot()
    assert (await group.say(min_, text) is not None) is heard
    fake.privacy = False
    assert await group.say(min_, text) is not None
    assert (await ask(fake, "getMe"))[1]["result"]["can_read_all_group_messages"] is True


async def test_answers_to_the_bot_and_an_admin_bot_hear_all(
    fake: TelegramFake, bot: Bot, group: Group, min_: User
) -> None:
    group.add_bot()
    await bot.send_message(group.id, "榜")
    assert await group.say(min_, "好", reply_to=group.messages[0])
    (reply,) = await news(bot)
    assert reply.message
    assert reply.message.reply_to_message
    assert reply.message.reply_to_message.text == "榜"
    assert await group.say(min_, "早") is None
    group.promote_bot(min_)
    assert await group.say(min_, "早")


async def test_an_anonymous_admin_has_no_face(fake: TelegramFake, bot: Bot, group: Group) -> None:
    group.add_bot()
    await group.say_anonymously("/link")
    (update,) = await news(bot)
    assert update.message
    assert update.message.from_user
    assert (update.message.from_user.username, update.message.from_user.is_bot) == ("GroupAnonymousBot", True)
    assert update.message.sender_chat
    assert update.message.sender_chat.id == group.id


async def test_a_group_becomes_a_supergroup_under_another_id(
    fake: TelegramFake, bot: Bot, group: Group, min_: User
) -> None:
    group.add_bot()
    old = group.id
    new = group.upgrade(by=min_)
    leaving, coming = await news(bot)
    assert leaving.message
    assert (leaving.message.chat.id, leaving.message.migrate_to_chat_id) == (old, new)
    assert coming.message
    assert (coming.message.chat.id, coming.message.migrate_from_chat_id) == (new, old)
    assert coming.message.chat.type == "supergroup"
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old, "榜")
    assert moved.value.new_chat_id == new == group.id
    first = await bot.send_message(new, "榜")
    assert (first.message_id, [message.text for message in group.messages]) == (2, ["榜"])


async def test_people_come_and_go_and_the_title_changes(fake: TelegramFake, group: Group, min_: User) -> None:
    fang = fake.user(1001, "王芳")
    group.add_bot()
    group.join(fang, by=min_)
    group.leave(fang)
    group.rename("城东支行晨会", by=min_)
    assert kinds(fake) == [["new_chat_members"], ["left_chat_member"], ["new_chat_title"]]
    assert group.title == "城东支行晨会"
    with pytest.raises(AssertionError, match="is not in"):
        await group.say(fang, "早")


async def test_in_a_group_the_bot_deletes_what_is_its_own_or_as_an_admin(
    fake: TelegramFake, bot: Bot, group: Group, min_: User
) -> None:
    group.add_bot()
    said = fake.updates[await group.say(min_, "/board") or 0]["message"]["message_id"]
    own = await bot.send_message(group.id, "榜")
    group.mute()
    await bot.edit_message_text("新榜", group.id, own.message_id)
    assert await bot.delete_message(group.id, own.message_id)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group.id, said)
    group.promote_bot(min_)
    assert await bot.delete_message(group.id, said)
    group.put_bot_out()
    with pytest.raises(Forbidden, match="bot was kicked"):
        await bot.delete_message(group.id, said)


async def test_the_bot_answers_a_message_that_is_there(fake: TelegramFake, bot: Bot, group: Group, min_: User) -> None:
    group.add_bot()
    said = fake.updates[await group.say(min_, "/board") or 0]["message"]["message_id"]
    sent = await bot.send_message(group.id, "榜", reply_parameters=ReplyParameters(said))
    assert sent.reply_to_message
    assert sent.reply_to_message.text == "/board"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(group.id, "榜", reply_parameters=ReplyParameters(999))
    lost = await bot.send_message(
        group.id, "榜", reply_parameters=ReplyParameters(999, allow_sending_without_reply=True)
    )
    assert lost.reply_to_message is None


async def test_the_bot_can_ask_who_is_who(fake: TelegramFake, bot: Bot, group: Group, min_: User) -> None:
    group.add_bot(admin=True)
    head = fake.user(1003, "陈主任")
    group.promote(head, creator=True)
    assert (await bot.get_chat(group.id)).title == "城东支行"
    assert await bot.get_chat_member_count(group.id) == 3
    assert [one.user.id for one in await bot.get_chat_administrators(group.id)] == [1003, bot.id]
    statuses = {one: (await bot.get_chat_member(group.id, one)).status for one in (1002, 1003, bot.id)}
    assert statuses == {1002: "member", 1003: "creator", bot.id: "administrator"}
    assert (await bot.get_chat_member(group.id, fake.user(1009).id)).status == "left"
    with pytest.raises(BadRequest, match="Participant_id_invalid"):
        await bot.get_chat_member(group.id, 4)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(1009)


async def test_every_update_of_a_group_is_one_python_telegram_bot_can_read(
    fake: TelegramFake, bot: Bot, group: Group, min_: User
) -> None:
    group.add_bot(by=min_)
    group.promote_bot(min_)
    await bot.send_message(group.id, "榜", reply_markup=BOARD)
    await group.tap_raw(min_, "forged", 999)
    group.upgrade(by=min_)
    group.put_bot_out(by=min_, kicked=False)
    assert len([Update.de_json(raw, bot) for raw in fake.updates.values()]) == 8
