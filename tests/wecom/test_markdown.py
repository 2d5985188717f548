"""A message as WeCom's markdown."""

import pytest

from bot.chat.message import Button, Message, Tone
from bot.wecom.markdown import markdown, shorten

BOARD = Message(
    title="城东网点 · 11月23日",
    rows=(("参与", "6/6"), ("答对", "27/30"), ("第 1 名", "王芳、李强")),
    note="自己的结果在私聊里。",
    buttons=((Button("去私聊", url="chat:private"),),),
)


def lines(message: Message) -> list[str]:
    return markdown(message, 4096).split("\n")


def test_a_board_is_a_table() -> None:
    assert lines(BOARD) == [
        "",
        "| 城东网点 · 11月23日 | |",
        "| :--- | ---: |",
        "| 参与 | 6/6 |",
        "| 答对 | 27/30 |",
        "| 第 1 名 | 王芳、李强 |",
        "",
        "*自己的结果在私聊里。*",
    ]
    assert markdown(BOARD, 4096, tables=False).startswith("**城东网点 · 11月23日**\n参与　6/6\n")


def test_a_verdict_stands_above_a_line() -> None:
    message = Message(lead="对。", tone=Tone.RIGHT, title="2/5", body="题", options=("甲", "乙"), rows=(("a", "b"),))
    assert markdown(message, 4096) == "✓ 对。\n—\n**2/5**\n题\nA 甲\nB 乙\na　b"


def test_nothing_in_the_words_marks_up() -> None:
    said = "# 一\n> 二\n- 三 <b> [x](y) *z* a_b | `c`"
    assert lines(Message(body=said)) == ["＃ 一", "＞ 二", "－ 三 ＜b＞ ［x］(y) ＊z＊ a＿b ｜ ｀c｀"]
    assert "| a｜b | c d |" in lines(Message(rows=(("a|b", "c\nd"), ("e", "f"))))


def test_pages_are_links_and_what_can_be_pressed_only_elsewhere_leaves_a_mark() -> None:
    page = Message(body="看", buttons=((Button("这里", url="https://x.example/a"), Button("答", data="a:1:0")),))
    assert markdown(page, 4096) == "看\n[这里](https://x.example/a)\n…"


@pytest.mark.parametrize("most", range(3, 40))
def test_it_is_never_longer_and_never_half_a_character(most: int) -> None:
    cut = shorten("一二三\n四五六七\n| 八 | 九 |", most)
    assert len(cut.encode()) <= most
    assert cut.endswith(("…", "|"))
    assert "\ufffd" not in cut


def test_a_row_is_not_cut_in_two() -> None:
    assert shorten("一\n| 二二二 | 三三三 |", 20) == "一\n…"


def test_a_message_without_words_still_says_something() -> None:
    assert markdown(Message(), 4096) == "…"
