"""Whatever is said: what goes out is within every limit of Telegram's, and shows where it was cut."""

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.channel import Limits
from bot.chat.message import Button, Message, Tone
from bot.edge.text import clean
from bot.telegram.fit import BUTTON_TEXT, CAPTION, CUT, LIMITS, fit, fit_menu, fit_toast, shorten
from bot.telegram.layout import length, pieces, units
from bot.telegram.render import render
from tests.fakes.telegram.html import parse_html
from tests.fakes.telegram.keyboards import read_keyboard
from tests.fakes.telegram.refusals import JSON
from tests.fakes.telegram.text import read_text

ANY = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["<b>", "&amp;", "</i>", "&#0;", "\ud83d", "\0", "<a href=", "\u200b", "王芳"]
)
LONG = st.builds(lambda text, times: text * times, ANY, st.integers(0, 300))
URLS = st.sampled_from(
    ["", "", "https://example.org/x", "http://localhost/", "javascript:1", "https://a.b/" + "c" * 3000]
)
BUTTONS = st.builds(Button, ANY, st.just("a:1") | ANY, URLS)
MESSAGES = st.builds(
    Message,
    lead=LONG,
    tone=st.sampled_from(Tone),
    title=LONG,
    body=LONG,
    options=st.lists(LONG, max_size=6).map(tuple),
    rows=st.lists(st.tuples(ANY, LONG), max_size=60).map(tuple),
    note=LONG,
    buttons=st.lists(st.lists(BUTTONS, max_size=12).map(tuple), max_size=12).map(tuple),
)
SMALL = st.text("晨练ab <&", min_size=1, max_size=20)
SAYABLE = st.builds(
    Message,
    title=SMALL,
    body=st.text("晨练ab <&\n", max_size=2000),
    options=st.lists(SMALL, max_size=6).map(tuple),
    rows=st.lists(st.tuples(SMALL, SMALL), max_size=30).map(tuple),
    note=SMALL.map(lambda text: f"{text}。"),
    buttons=st.lists(
        st.lists(st.builds(Button, SMALL.map(lambda text: f"{text}。"), st.just("a:1")), min_size=1, max_size=8).map(
            tuple
        ),
        max_size=12,
    ).map(tuple),
)


def seen(message: Message, limits: Limits = LIMITS) -> str:
    return parse_html(render(message, limits)[0])[0]


def whole(message: Message) -> str:
    """The whole text, without what no text can hold."""
    return "\n".join(piece.text for piece in pieces(Message.from_json(cleaned(message.to_json()))))


def cleaned(said: JSON) -> JSON:
    return {key: clean(value) if isinstance(value, str) else value for key, value in said.items()} | {
        "options": [clean(option) for option in said["options"]],
        "rows": [[clean(part) for part in row] for row in said["rows"]],
    }


@given(MESSAGES, st.sampled_from([LIMITS, CAPTION, replace(LIMITS, text=40)]))
def test_whatever_is_said_telegram_takes_and_a_cut_shows(message: Message, limits: Limits) -> None:
    text, keyboard = render(message, limits)
    text.encode()
    written = read_text(text, "HTML")  # refuses what Telegram refuses
    assert units(written.text) <= limits.text
    assert len(written.entities) <= 100
    shown = read_keyboard(keyboard.to_dict()) if keyboard else []
    pages = [button.url for row in message.buttons for button in row if button.url and button.url in written.text]
    cut = seen(message, limits).strip() != whole(message).strip()
    assert CUT in written.text or pages or not cut
    lost = sum(map(len, message.buttons)) - sum(map(len, shown))
    assert CUT in written.text or lost <= len(pages)
    assert fit(fit(message, limits), limits) == fit(message, limits)


@given(SAYABLE)
def test_what_fits_is_not_changed(message: Message) -> None:
    assert fit(message) == message


def test_a_long_body_gives_way_to_the_options() -> None:
    text = seen(Message(title="题", body="字" * 9000, options=("甲", "乙")))
    assert units(text) == 4096
    assert text.endswith("字…\nA 甲\nB 乙")


def test_a_long_list_ends_where_one_sees_it() -> None:
    text = seen(Message(body="榜", rows=tuple((f"第{n}名", "王" * 40) for n in range(500)), note="小字"))
    assert 4000 < units(text) <= 4096
    assert text.startswith("榜\n第0名")
    assert text.endswith("…")
    assert "小字" not in text


@pytest.mark.parametrize(
    "message",
    [
        Message(lead="字" * 9000, tone=Tone.RIGHT),
        Message(title="字" * 9000),
        Message(body="字" * 9000),
        Message(note="字" * 9000),
        Message(options=("字" * 9000, "乙")),
        Message(rows=(("第1名", "字" * 9000), ("", "乙"))),
    ],
)
def test_one_endless_text_is_cut_not_lost(message: Message) -> None:
    text = seen(message)
    assert 3900 < units(text) <= 4096
    assert "字字" in text
    assert text.endswith("…")


@pytest.mark.parametrize("most", range(1, 9))
def test_whatever_the_room_the_cut_shows(most: int) -> None:
    for rows in [("ab", "cd", "ef"), ("a", "b", "c", "d", "e"), ("abcdefghi",), ("😀", "😀", "😀", "😀")]:
        text = seen(Message(rows=tuple(("", row) for row in rows)), replace(LIMITS, text=most))
        assert units(text) <= most
        assert text == "\n".join(rows) or text.endswith("…")


def test_no_character_is_cut_in_half() -> None:
    assert shorten("😀😀😀", 6) == "😀😀😀"
    assert shorten("😀😀😀", 5) == "😀😀…"
    assert shorten("😀😀😀", 4) == "😀…"
    assert shorten("a\ud83d\0b", 9) == "a\ufffdb"


@pytest.mark.parametrize("button", [Button("选", "清" * 22), Button("选", ""), Button("选", url="x" * 3000)])
def test_a_button_that_could_not_work_is_left_out_and_missed(button: Button) -> None:
    fitted = fit(Message(body="题", note="小字", buttons=((button, Button("好", "ok")),)))
    assert fitted.buttons == ((Button("好", "ok"),),)
    assert fitted.note.startswith("小字\n")
    assert fitted.note.endswith("…")


@pytest.mark.parametrize("url", ["http://localhost:8000/x", "ftp://example.org/", "chenlian.example"])
def test_a_page_telegram_takes_for_no_button_can_be_read(url: str) -> None:
    fitted = fit(Message(body="题", buttons=((Button("打开", url=url),),)))
    assert (fitted.note, fitted.buttons) == (f"打开 {url}", ((),)[:0])


def test_a_label_is_short_and_never_empty() -> None:
    (row,) = fit(Message(body="题", buttons=((Button("长" * 99, "a"), Button(" ", "b")),))).buttons
    assert [button.text for button in row] == ["长" * (BUTTON_TEXT - 1) + "…", "…"]


def test_a_long_row_goes_on_below_and_a_hundred_buttons_are_enough() -> None:
    row = tuple(Button(str(n), f"p:{n}") for n in range(19))
    assert [len(line) for line in fit(Message(body="名单", buttons=(row,))).buttons] == [8, 8, 3]
    fitted = fit(Message(body="名单", buttons=(row,) * 6))
    assert len(list(chain.from_iterable(fitted.buttons))) == 100
    assert fitted.note == "…"


def test_a_word_over_a_button_has_two_hundred_units() -> None:
    assert fit_toast("记下了") == "记下了"
    assert fit_toast("字" * 300) == "字" * 199 + "…"


@given(st.lists(st.tuples(ANY | st.sampled_from(["/me", "today", "Board"]), LONG), max_size=120).map(tuple))
def test_a_menu_has_commands_that_can_be_pressed(menu: tuple[tuple[str, str], ...]) -> None:
    fitted = fit_menu(menu)
    assert len(fitted) <= 100
    assert all(name.isascii() and 1 <= len(name) <= 32 and 1 <= units(called) <= 256 for name, called in fitted)
    assert fit_menu(fitted) == fitted


def test_a_menu_that_fits_is_not_changed() -> None:
    assert fit_menu((("/Today", "今天"), ("me", "我的"))) == (("today", "今天"), ("me", "我的"))
    assert length(Message()) == 0
