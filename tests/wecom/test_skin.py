"""The demo's phones beside a WeCom that was sent the same: nothing may be drawn that is not so there."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.chat.channel import Letter
from bot.chat.message import Button, Message, Pick
from bot.edge.skin import JSON
from bot.rehearsal.stage import Told
from bot.web.cards import CARD, Piece, chat_of
from bot.wecom.channel import WeComChannel
from bot.wecom.events import incoming_of
from bot.wecom.skin import WeComSkin
from bot.wecom.xml import Element
from tests.fakes.wecom import Shown, User
from tests.wecom.conftest import Phone
from tests.wecom.letters import NEXT, QUESTION, START, WRONG, letter, one, reply

SKIN = WeComSkin("确定", "更多", [("today", "今天"), ("me", "我的")])
SEVERAL = replace(QUESTION, title="3/5 · 忌语", pick=Pick("a:3", "提交"))
MANY = Message(title="选一个人", buttons=tuple((Button(f"第{n}人", f"pe:{n}"),) for n in range(8)))
LONG = Message(title="名单", body="很长的一行。" * 40, buttons=((Button("全部确认", "ok:1"),),))


def told(said: list[Letter], pressed: list[str]) -> list[Told]:
    """The same letters as the stage tells them; each after the first answers a press on one piece."""
    at = datetime(2026, 11, 23, 8, 3, tzinfo=UTC)
    letters = [replace(each, handle={CARD: card}) for each, card in zip(said, ["", *pressed], strict=True)]
    return [Told(id=each.id, root=said[0].id, at=at, day="今天", letter=each) for each in letters]


def as_sent(message: Shown) -> tuple[str, JSON, str]:
    card = {name: value for name, value in message.card.items() if name != "task_id"}
    return ("" if card else message.text), card, message.grey


def as_drawn(piece: Piece) -> tuple[str, JSON, str]:
    return piece.text, piece.card or {}, piece.grey


async def test_a_sitting_looks_as_it_would_there(channel: WeComChannel, fang: User, phone: Phone) -> None:
    said = [letter(START)]
    pressed: list[str] = []
    await one(channel, said[0])
    for wanted, message in (("开始", QUESTION), ("A", NEXT), ("B", WRONG), ("下一题", SEVERAL)):
        pressed.append(chat_of(told(said, pressed), SKIN)[-1].id)
        said.append(reply(message, await phone.press(fang, wanted)))
        await one(channel, said[-1])
        drawn = chat_of(told(said, pressed), SKIN)
        assert [as_drawn(piece) for piece in drawn] == [as_sent(each) for each in fang.messages], wanted
    assert [each.grey for each in fang.messages] == ["✓ 对", ""]


@pytest.mark.parametrize("message", [SEVERAL, MANY, LONG, Message(body="今天没有题。")])
async def test_a_message_looks_as_it_would_there(
    channel: WeComChannel, fang: User, phone: Phone, message: Message
) -> None:
    said = letter(message)
    await one(channel, said)
    drawn = chat_of(told([said], []), SKIN)
    assert [as_drawn(piece) for piece in drawn] == [as_sent(each) for each in fang.messages]


async def test_a_word_over_the_button_is_written_and_the_card_stays(
    channel: WeComChannel, fang: User, phone: Phone
) -> None:
    said = [letter(START)]
    await one(channel, said[0])
    said.append(reply(None, await phone.press(fang, "开始"), toast="这张卡不是您的"))
    await one(channel, said[1])
    drawn = chat_of(told(said, [f"{said[0].id}/0"]), SKIN)
    assert [as_drawn(piece) for piece in drawn] == [as_sent(each) for each in fang.messages]
    assert (drawn[0].grey, drawn[1].text) == ("", "这张卡不是您的")


@pytest.mark.parametrize(
    ("card_type", "key", "chosen", "data"),
    [
        ("button_interaction", "a:12:1", {}, "a:12:1"),
        ("vote_interaction", "a:12", {"several": ["0", "2"]}, "a:12:0,2"),
        ("vote_interaction", "a:12", {}, "a:12:"),
        ("vote_interaction", "choose", {"choose": ["pe:7"]}, "pe:7"),
        ("vote_interaction", "choose", {}, "choose"),
    ],
)
def test_a_press_is_read_as_the_callback_reads_it(
    card_type: str, key: str, chosen: dict[str, list[str]], data: str
) -> None:
    items = [
        Element(inside={"QuestionKey": [Element(name)], "OptionIds": [Element(inside={"OptionId": ids})]})
        for name, some in chosen.items()
        if (ids := [Element(one) for one in some])
    ]
    fields = {"AgentID": "1", "FromUserName": "WangFang", "MsgType": "event", "Event": "template_card_event"}
    words = {name: [Element(word)] for name, word in (fields | {"EventKey": key, "CardType": card_type}).items()}
    called = incoming_of(Element(inside=words | {"SelectedItems": [Element(inside={"SelectedItem": items})]}), 1)
    assert called
    assert getattr(called.said, "data", None) == data
    assert SKIN.tapped(key, card_type, chosen) == data


def test_the_menu_is_the_one_that_is_hung() -> None:
    assert [entry["key"] for entry in SKIN.menu["button"]] == ["/today", "/me"]
