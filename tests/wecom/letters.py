"""What is said in the channel's tests, and a way to say one of it."""

from dataclasses import replace
from itertools import count

from bot.chat.channel import Letter, Receipt
from bot.chat.message import Button, Message, Tone
from bot.wecom.channel import WeComChannel

START = Message(body="早上好。今天 5 题。", buttons=((Button("开始", "sd:20261123:morning"),),))
QUESTION = Message(
    title="1/5 · 资费", body="多少？", options=("2 元", "5 元"), buttons=((Button("A", "a:1:0"), Button("B", "a:1:1")),)
)
NEXT = replace(QUESTION, lead="对。当面点清。", tone=Tone.RIGHT, title="2/5 · 资费")
WRONG = Message(lead="✗ 应是 B。", tone=Tone.WRONG, body="为什么：点清。", buttons=((Button("下一题", "n:1"),),))
_ids = count(1)


def letter(message: Message | None = START, to: str = "WangFang", toast: str = "", urgency: int = 5) -> Letter:
    return Letter(id=next(_ids), address=to, message=message, toast=toast, urgency=urgency)


def reply(message: Message | None, handle: dict[str, str], toast: str = "") -> Letter:
    return replace(letter(message, toast=toast, urgency=0), handle=handle, replaces=True)


async def one(channel: WeComChannel, letter: Letter) -> Receipt:
    (receipt,) = await channel.send([letter])
    assert receipt.letter == letter.id
    return receipt
