import pytest

from bot.chat.message import Button, Message, Tone
from bot.telegram.render import render


def test_a_card_reads_from_the_top() -> None:
    text, keyboard = render(
        Message(
            lead="✓ 对。离柜后说不清。",
            tone=Tone.RIGHT,
            title="2/5 · 资费",
            body="收多少？",
            options=("1 元", "5 元"),
            rows=(("连续", "12 天"),),
            note="选一个",
            buttons=((Button("A", "a:1:0"), Button("资费", url="https://example.org/")), ()),
        )
    )
    assert text.splitlines() == [
        "✓ 对。离柜后说不清。",
        "—",
        "<b>2/5 · 资费</b>",
        "收多少？",
        "A 1 元",
        "B 5 元",
        "连续　12 天",
        "<i>选一个</i>",
    ]
    assert keyboard
    assert [[(b.text, b.callback_data, b.url) for b in row] for row in keyboard.inline_keyboard] == [
        [("A", "a:1:0", None), ("资费", None, "https://example.org/")]
    ]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (Message(body="早"), "早"),
        (Message(lead="对。", tone=Tone.RIGHT), "✓ 对。"),
        (Message(lead="应是 B。", tone=Tone.WRONG, body="为什么"), "✗ 应是 B。\n—\n为什么"),
        (Message(lead="已收，当练习：✓ 对。", tone=Tone.RIGHT), "已收，当练习：✓ 对。"),
        (Message(tone=Tone.RIGHT, body="早"), "早"),
        (Message(rows=(("", "第1名"),)), "第1名"),
        (Message(), "…"),
        (Message(title=" ", body="\n"), "…"),
    ],
)
def test_what_is_not_there_leaves_no_trace(message: Message, text: str) -> None:
    assert render(message) == (text, None)


def test_markup_in_words_stays_words() -> None:
    text, _ = render(Message(title="<b>王芳</b> & 1 < 2", body="&lt;"))
    assert text == "<b>&lt;b&gt;王芳&lt;/b&gt; &amp; 1 &lt; 2</b>\n&amp;lt;"
