import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.channel import Limits
from bot.chat.message import Button, Message, Tone
from bot.telegram.render import LIMITS, render, shorten, units
from tests.fakes.telegram.html import parse_html
from tests.fakes.telegram.text import read_text

ANY = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["<b>", "&amp;", "</i>", "&#0;", "\ud83d", "\0", "<a href="]
)
LONG = st.builds(lambda text, times: text * times, ANY, st.integers(0, 300))
MESSAGES = st.builds(
    Message,
    lead=LONG,
    tone=st.sampled_from(Tone),
    title=LONG,
    body=LONG,
    options=st.lists(LONG, max_size=6).map(tuple),
    rows=st.lists(st.tuples(ANY, LONG), max_size=60).map(tuple),
    note=LONG,
    buttons=st.lists(
        st.lists(st.builds(Button, st.text(min_size=1, max_size=5), st.just("a:1")), max_size=12).map(tuple),
        max_size=12,
    ).map(tuple),
)


def seen(message: Message, limits: Limits = LIMITS) -> str:
    return parse_html(render(message, limits)[0])[0]


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
            buttons=((Button("A", "a:1:0"), Button("B", "a:1:1")), ()),
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
    assert [[(b.text, b.callback_data) for b in row] for row in keyboard.inline_keyboard] == [
        [("A", "a:1:0"), ("B", "a:1:1")]
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


def test_a_long_body_gives_way_to_the_options() -> None:
    text = seen(Message(title="题", body="字" * 9000, options=("甲", "乙")))
    assert units(text) == 4096
    assert text.endswith("字…\nA 甲\nB 乙")


def test_a_long_list_ends_where_one_sees_it() -> None:
    text = seen(Message(body="榜", rows=tuple((f"第{n}名", "王" * 40) for n in range(500)), note="小字"))
    assert units(text) <= 4096
    assert text.endswith("…")
    assert "小字" not in text


@pytest.mark.parametrize("most", range(1, 9))
def test_whatever_the_room_the_cut_shows(most: int) -> None:
    for rows in [("ab", "cd", "ef"), ("a", "b", "c", "d", "e"), ("abcdefghi",), ("😀", "😀", "😀", "😀")]:
        whole = "\n".join(rows)
        text = seen(Message(rows=tuple(("", row) for row in rows)), Limits(text=most, button_data=64, row=8))
        assert units(text) <= most
        assert text == whole or text.endswith("…")


def test_no_character_is_cut_in_half() -> None:
    assert shorten("😀😀😀", 6) == "😀😀😀"
    assert shorten("😀😀😀", 5) == "😀😀…"
    assert shorten("😀😀😀", 4) == "😀…"
    assert shorten("a\ud83d\0b", 9) == "a\ufffdb"


@pytest.mark.parametrize("button", [Button("选", "清" * 22), Button("选", ""), Button("", "a")])
def test_a_button_that_could_not_work_is_a_mistake_of_ours(button: Button) -> None:
    with pytest.raises(ValueError, match="1 to 64 bytes"):
        render(Message(body="题", buttons=((button,),)))


def test_a_long_row_goes_on_below_and_a_hundred_buttons_are_enough() -> None:
    row = tuple(Button(str(n), f"p:{n}") for n in range(19))
    _, keyboard = render(Message(body="名单", buttons=(row,)))
    assert keyboard
    assert [len(line) for line in keyboard.inline_keyboard] == [8, 8, 3]
    text, keyboard = render(Message(body="名单", buttons=(row,) * 6))
    assert keyboard
    assert sum(map(len, keyboard.inline_keyboard)) == 100
    assert text == "名单\n<i>…</i>"


@given(MESSAGES)
def test_whatever_is_said_telegram_takes(message: Message) -> None:
    text, keyboard = render(message)
    text.encode()
    written = read_text(text, "HTML")
    assert written.text
    assert all(len(row) <= 8 for row in keyboard.inline_keyboard) if keyboard else not any(message.buttons)
