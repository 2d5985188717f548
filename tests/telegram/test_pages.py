"""Buttons that open a page: one of the world, our private chat, or where we are added to a group."""

from bot.chat.channel import Letter
from bot.chat.message import ADD_TO_GROUP, PRIVATE_CHAT, Button, Message
from bot.telegram.start import TelegramEdge
from tests.fakes.telegram import TelegramFake, User

FEES = Button("资费", url="https://example.org/fees")
HELP = Message(
    body="怎么连",
    buttons=(
        (Button("加到群里", url=ADD_TO_GROUP),),
        (Button("去私聊", url=PRIVATE_CHAT), FEES),
        (Button("榜", "/board"),),
    ),
)


async def test_a_page_that_only_telegram_knows_is_opened_by_our_name(
    fake: TelegramFake, edge: TelegramEdge, fang: User
) -> None:
    await edge.channel.send([Letter(address="1001", message=HELP)])
    keyboard = fang.messages[-1].buttons
    me = "https://t.me/chenlian_fake_bot"
    assert [[button.url for button in row] for row in keyboard] == [
        [f"{me}?startgroup=link"],
        [me, "https://example.org/fees"],
        [None],
    ]
    await edge.channel.send([Letter(address="1001", message=HELP)])
    assert len(fake.called("getMe")) == 1, "our name is asked for once"


async def test_without_our_name_such_a_button_is_left_out_and_the_words_say_it(
    fake: TelegramFake, edge: TelegramEdge, fang: User
) -> None:
    fake.fail_next("getMe", 502, "Bad Gateway")
    receipt = (await edge.channel.send([Letter(id=4, address="1001", message=HELP)]))[0]
    assert receipt.error is None
    assert fang.messages[-1].labels == [["资费"], ["榜"]]
