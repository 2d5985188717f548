"""Where a letter goes: groups, groups that have moved, messages that can't be changed, and the menu of a chat."""

import pytest

from bot.chat.channel import Letter, Receipt
from bot.chat.message import Button, Message
from bot.telegram.start import TelegramEdge
from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.groups import Group

COUNT = Message(body="已答完 3/6", buttons=((Button("资费", url="https://example.org/fees"),),))
BOARD = Message(title="城东支行", body="6/6")
MENU = (("today", "今天"), ("me", "我的"))


@pytest.fixture
def group(fake: TelegramFake) -> Group:
    group = fake.group("城东支行", supergroup=False)
    group.add_bot()
    return group


async def one(edge: TelegramEdge, letter: Letter) -> Receipt:
    (receipt,) = await edge.channel.send([letter])
    return receipt


def handle(receipt: Receipt) -> dict[str, str]:
    assert receipt.error is None
    return dict(receipt.handle)


async def test_a_group_gets_its_letter_and_its_change(edge: TelegramEdge, group: Group) -> None:
    sent = await one(edge, Letter(id=1, address=str(group.id), message=COUNT, urgency=7))
    assert handle(sent)["chat_id"] == str(group.id)
    changed = Letter(id=2, address=str(group.id), message=BOARD, urgency=6, handle=sent.handle, replaces=True)
    assert await one(edge, changed) == Receipt(2, sent.handle)
    assert [message.text for message in group.messages] == ["城东支行\n6/6"]


async def test_a_group_that_has_moved_gets_it_where_it_is_now(edge: TelegramEdge, fang: User, group: Group) -> None:
    sent = await one(edge, Letter(id=1, address=str(group.id), message=COUNT, urgency=7))
    old = str(group.id)
    new = group.upgrade(by=fang)
    later = await one(edge, Letter(id=2, address=old, message=COUNT, urgency=7))
    assert (later.moved, handle(later)["chat_id"]) == (str(new), str(new))
    edit = Letter(id=3, address=old, message=BOARD, urgency=6, handle=sent.handle, replaces=True)
    anew = await one(edge, edit)
    assert (anew.moved, handle(anew)["chat_id"]) == (str(new), str(new)), "nothing can be changed across a move"
    assert group.messages[-1].text == "城东支行\n6/6"


async def test_a_move_is_told_even_if_the_new_place_says_no(
    fake: TelegramFake, edge: TelegramEdge, fang: User, group: Group
) -> None:
    old, new = str(group.id), group.upgrade(by=fang)
    group.mute()
    receipt = await one(edge, Letter(id=1, address=old, message=COUNT, urgency=7))
    assert receipt.error
    assert (receipt.error.gone, receipt.moved) == (True, str(new))


async def test_a_moved_group_does_not_keep_a_person_from_an_answer(
    edge: TelegramEdge, fang: User, group: Group
) -> None:
    """Somebody pressed a button in the group, the answer is for their own chat."""
    sent = await one(edge, Letter(address=str(group.id), message=COUNT))
    group.upgrade(by=fang)
    receipt = await one(edge, Letter(address="1001", message=BOARD, handle=sent.handle, replaces=True))
    assert (handle(receipt)["chat_id"], receipt.moved) == ("1001", "")


@pytest.mark.parametrize("how", ["put out", "left", "deleted", "muted"])
async def test_a_group_that_lost_us_is_gone(edge: TelegramEdge, group: Group, how: str) -> None:
    match how:
        case "put out":
            group.put_bot_out()
        case "left":
            group.put_bot_out(kicked=False)
        case "deleted":
            group.delete()
        case _:
            group.mute()
    receipt = await one(edge, Letter(address=str(group.id), message=COUNT, urgency=7))
    assert receipt.error
    assert (receipt.error.permanent, receipt.error.gone) == (True, True)


@pytest.mark.parametrize("why", ["message can't be edited", "message to edit not found", "MESSAGE_ID_INVALID"])
async def test_a_message_too_old_to_change_comes_anew(
    fake: TelegramFake, edge: TelegramEdge, fang: User, why: str
) -> None:
    sent = await one(edge, Letter(address="1001", message=COUNT))
    fake.fail_next("editMessageText", 400, f"Bad Request: {why}")
    anew = await one(edge, Letter(address="1001", message=BOARD, handle=sent.handle, replaces=True))
    assert handle(anew)["message_id"] != sent.handle["message_id"]
    assert [message.text for message in fang.messages] == ["已答完 3/6", "城东支行\n6/6"]


async def test_a_chats_menu_is_hung_once_and_again_when_it_differs(
    fake: TelegramFake, edge: TelegramEdge, fang: User, group: Group
) -> None:
    welcome = Message(body="早", menu=MENU)
    for _ in range(2):
        await one(edge, Letter(address="1001", message=welcome))
    assert fang.menu == [("today", "今天"), ("me", "我的")]
    await one(edge, Letter(address="1001", message=Message(body="早")))
    assert len(fake.called("setMyCommands")) == 1
    await one(edge, Letter(address="1001", message=Message(body="早", menu=MENU[:1])))
    assert fang.menu == [("today", "今天")]
    await one(edge, Letter(address=str(group.id), message=welcome))
    assert len(fake.called("setMyCommands")) == 2, "a group has none of its own"


async def test_a_menu_that_is_not_taken_costs_no_letter_and_comes_next_time(
    fake: TelegramFake, edge: TelegramEdge, fang: User
) -> None:
    welcome = Message(body="早", menu=MENU)
    fake.fail_next("setMyCommands", 400, "Bad Request: BOT_COMMAND_INVALID")
    assert (await one(edge, Letter(address="1001", message=welcome))).error is None
    assert (await one(edge, Letter(address="1001", message=welcome))).error is None
    assert fang.menu == [("today", "今天"), ("me", "我的")]
    fang.deactivate()
    assert (await one(edge, Letter(address="1001", message=welcome))).error
    assert len(fake.called("setMyCommands")) == 2
