import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.message import ADD_TO_GROUP, Button, Message, Pick, Tone
from bot.chat.words import Words
from bot.views import catalogue
from bot.wecom.cards import CHOOSE, SEVERAL, Speech, answered, grey, render
from tests.fakes.wecom import cards as fake_cards
from tests.views.golden import MOMENTS
from tests.wecom.card_rules import complaints, words

CHOOSE_WORD = "确定"
TEXTS = st.text(max_size=60) | st.text("一二三。，\n", max_size=2500)
BUTTONS = st.builds(Button, TEXTS, st.text(max_size=64)) | st.builds(
    Button, TEXTS, url=st.sampled_from(["https://example.com/a", ADD_TO_GROUP, "ftp://x"])
)
MESSAGES = st.builds(
    Message,
    lead=TEXTS,
    tone=st.sampled_from(Tone),
    title=TEXTS,
    body=TEXTS,
    options=st.lists(TEXTS, max_size=22).map(tuple),
    rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=8).map(tuple),
    note=TEXTS,
    buttons=st.lists(st.lists(BUTTONS, max_size=9).map(tuple), max_size=6).map(tuple),
    pick=st.none() | st.builds(Pick, st.just("a:12"), TEXTS),
    stamp=TEXTS,
)


def rendered(message: Message) -> Speech:
    return render(message, CHOOSE_WORD)


def card_of(message: Message) -> dict[str, object]:
    speech = rendered(message)
    assert speech.texts == ()
    (card,) = speech.cards
    assert complaints(card) == []
    return card


@given(MESSAGES)
def test_whatever_is_said_wecom_takes_it(message: Message) -> None:
    speech = rendered(message)
    assert speech.texts or speech.cards
    for card in speech.cards:
        assert complaints(card) == []
        fake_cards.read_card(card | {"task_id": "t"}, fake_cards.APP)
        _, clipped = fake_cards.read_card(card, fake_cards.APP_UPDATE)
        assert clipped == []
    for text in speech.texts:
        assert text.strip()
        assert len(text.encode()) <= 2048
    assert 1 <= len(grey(message)) <= 10


@given(MESSAGES)
def test_what_can_be_pressed_can_be_pressed_and_comes_back_as_it_was(message: Message) -> None:
    speech = rendered(message)
    every = [b for row in message.buttons for b in row]
    keys = {b["key"] for card in speech.cards for b in card.get("button_list", []) if "key" in b}
    for card in speech.cards:
        if card.get("checkbox", {}).get("question_key") == CHOOSE:
            keys |= {option["id"] for option in card["checkbox"]["option_list"]}
    if message.pick and 1 <= len(message.options) <= 20:
        assert keys == set()
    else:
        assert keys == {b.data for b in every if b.data and not b.url and is_sound(b.data)}


def is_sound(data: str) -> bool:
    return all(c in "\n\t" or (c >= " " and c != "\x7f") for c in data) and len(data.encode()) <= 128


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("name", list(MOMENTS))
def test_every_moment_of_the_day_has_a_card_or_text_that_loses_nothing(name: str, language: str) -> None:
    message = MOMENTS[name](catalogue()[language])
    speech = rendered(message)
    seen = "\n".join((*speech.texts, *map(words, speech.cards)))
    assert all(complaints(card) == [] for card in speech.cards)
    for part in (message.title, message.body, message.note, message.lead, *message.options):
        for sentence in re.split(r"[。.?？\n]", part):
            assert sentence.strip() in seen, sentence


def test_one_right_answer_is_a_card_with_buttons() -> None:
    options = ("5 元", "10 元", "15 元")
    message = Message(
        title="1/5 · 资费标准",
        body="异地跨行转账 1 万元，应收多少？",
        options=options,
        buttons=(tuple(Button("ABC"[i], f"a:7:{i}") for i in range(3)),),
    )
    card = card_of(message)
    assert card == {
        "card_type": "button_interaction",
        "main_title": {"title": "1/5 · 资费标准"},
        "sub_title_text": "异地跨行转账 1 万元，应收多少？",
        "horizontal_content_list": [{"keyname": "ABC"[i], "value": options[i]} for i in range(3)],
        "button_list": [{"text": "ABC"[i], "key": f"a:7:{i}"} for i in range(3)],
    }


def test_the_longest_question_that_content_may_hold_fits_one_card() -> None:
    one = Message(
        title="10/10 · 反假货币",
        body="题" * 160,
        options=("选" * 30,) * 6,
        buttons=(tuple(Button("ABCDEF"[i], f"a:1:{i}") for i in range(6)),),
    )
    assert card_of(one)["sub_title_text"] == "题" * 160
    several = Message(title="10/10 · 反假货币", body="题" * 140, options=("选" * 17,) * 20, pick=Pick("a:1", "提交"))
    assert card_of(several)


def test_several_right_answers_are_a_form(words_: Words) -> None:
    message = MOMENTS["question, several right"](words_)
    card = card_of(message)
    assert card["card_type"] == "vote_interaction"
    box = card["checkbox"]
    assert isinstance(box, dict)
    assert (box["mode"], box["question_key"]) == (1, SEVERAL)
    assert [option["id"] for option in box["option_list"]] == [str(i) for i in range(len(message.options))]
    assert box["option_list"][0]["text"].startswith("A ")
    assert card["submit_button"]["key"].startswith("a:")  # type: ignore[index] # it is JSON


def test_a_right_answer_is_quoted_above_the_next_question(words_: Words) -> None:
    message = Message(
        lead="对。当面点清。", tone=Tone.RIGHT, title="2/5 · 资费", body="多少？", buttons=((Button("A", "a:1:0"),),)
    )
    speech = rendered(message)
    assert speech.goes_on
    assert speech.in_place is None
    assert speech.cards[0]["quote_area"] == {"type": 0, "quote_text": "✓ 对。当面点清。"}
    assert grey(message) == "✓ 对"


def test_a_wrong_answer_takes_the_cards_place(words_: Words) -> None:
    speech = rendered(MOMENTS["wrong"](words_))
    assert speech.in_place
    assert speech.in_place["main_title"]["title"].startswith("✗")
    assert [b["text"] for b in speech.in_place["button_list"]] == ["记住了，下一题", "题目有误"]


def test_the_card_of_a_wrong_answer_keeps_how_it_was_where_one_goes_on_in_text(words_: Words) -> None:
    number = replace(MOMENTS["question, a number"](words_), stamp="✗ 不对")
    change, is_all = answered(number, rendered(number))
    assert change == {"button": {"replace_name": "✗ 不对"}}
    assert not is_all


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("4/5 · 残缺污损币的兑换", "4/5"),
        ("补练通过：5 题对 4", "补练通过"),
        ("已确认 1 人，都通知到了。", "已确认 1 人"),
        ("好，以后用中文。", "好，以后用中文"),
        ("答对第二题之后再来一次", "答对第二题之后再来…"),
        ("连上以后请每天早上看一看，谢谢", "连上以后请每天早上…"),
        ("11:30 前没有确认", "11:30 前没有…"),
    ],
)
def test_the_word_on_an_answered_card_is_as_much_as_is_whole(said: str, kept: str) -> None:
    assert grey(Message(title=said)) == kept


def test_buttons_that_would_look_alike_are_lines_to_choose() -> None:
    buttons = tuple((Button(f"Change host {n}", f"host:{n}"),) for n in (1, 2))
    (card,) = rendered(Message(title="Host", buttons=buttons)).cards
    assert card["card_type"] == "vote_interaction"
    assert [line["text"] for line in card["checkbox"]["option_list"]] == ["Change host 1", "Change host 2"]


def test_a_number_is_asked_for_in_text(words_: Words) -> None:
    speech = rendered(MOMENTS["question, a number"](words_))
    assert speech.cards == ()
    assert "直接回复数字" in speech.texts[0]


def test_more_buttons_than_a_card_has_are_lines_to_choose_from(words_: Words) -> None:
    buttons = tuple((Button(f"第{n}家网点", f"b:{n}"),) for n in range(1, 26))
    speech = rendered(Message(title="请选一个网点", buttons=buttons))
    assert [len(card["checkbox"]["option_list"]) for card in speech.cards] == [20, 5]
    assert speech.cards[0]["checkbox"]["mode"] == 0
    assert speech.cards[0]["submit_button"] == {"text": CHOOSE_WORD, "key": CHOOSE}
    assert speech.cards[1]["main_title"] == {"title": "请选一个网点"}


def test_what_a_card_has_no_room_for_is_said_in_full_above_it() -> None:
    message = Message(title="错题本", body="很长的一题。" * 60, buttons=((Button("练一题", "pr"),),))
    speech = rendered(message)
    assert speech.texts == ("错题本\n" + "很长的一题。" * 60,)
    assert speech.cards[0]["main_title"] == {"title": "错题本"}
    assert speech.in_place is None


def test_pages_are_buttons_and_those_of_another_platform_are_left_out() -> None:
    link, foreign = Button("查看", url="https://example.com/x"), Button("加到群里", url=ADD_TO_GROUP)
    card = card_of(Message(body="结果在这里。", buttons=((link, foreign),)))
    assert card["button_list"] == [{"type": 1, "text": "查看", "url": "https://example.com/x"}]
    assert rendered(Message(body="加我。", buttons=((foreign,),))).cards == ()


@pytest.fixture
def words_() -> Words:
    return catalogue()["zh-CN"]
