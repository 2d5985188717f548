"""A chat as WeCom's app shows it, letter by letter."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.chat.channel import Letter
from bot.chat.message import Button, Message, Pick, Tone
from bot.rehearsal.stage import NOTHING, Told
from bot.web.cards import CARD, SHOWN, TICKED, chat_of, readable
from tests.web.canned import words
from tests.web.letters import QUESTIONS
from tests.web.skins import wecom

MORNING = datetime(2026, 11, 23, 8, 3, tzinfo=UTC)
SEVERAL = replace(QUESTIONS[0], pick=Pick("a:3", "提交"), buttons=((Button("A", "t:3:0"), Button("提交", "a:3:")),))
RIGHT = replace(QUESTIONS[1], lead="✓ 对。当面点清。", tone=Tone.RIGHT)


def told(
    number: int,
    message: Message | None,
    *,
    root: int = 0,
    minutes: int = 0,
    mine: bool = False,
    handle: Mapping[str, str] = NOTHING,
) -> Told:
    letter = Letter(id=max(number, 0), address="1", message=message, toast="" if message else "已经答过了：B")
    letter = replace(letter, handle=handle, replaces=bool(root))
    at = MORNING + timedelta(minutes=minutes)
    return Told(id=number, root=root or number, at=at, day="今天", letter=letter, mine=mine)


SKIN = wecom(words())


def test_what_was_ticked_stays_ticked_on_an_answered_form() -> None:
    handle = {CARD: "1/0", TICKED: "several 0\nseveral 2"}
    form, question = chat_of([told(1, SEVERAL), told(2, RIGHT, root=1, handle=handle)], SKIN)
    assert (form.grey, form.version, sorted(form.ticked)) == ("✓ 对", 2, ["several 0", "several 2"])
    assert question.card
    assert question.card["quote_area"]["quote_text"] == "✓ 对。当面点清。"
    assert (question.id, question.letter) == ("2/0", 1), "a tap on it names the message that Telegram changes"


def test_a_tick_on_telegram_s_buttons_changes_nothing_here() -> None:
    lead = replace(SEVERAL, lead="✓ 对。", tone=Tone.RIGHT)
    ticked = replace(lead, buttons=((Button("✓ A", "t:3:"), Button("提交", "a:3:0")),))
    before = chat_of([told(1, lead)], SKIN)
    assert chat_of([told(1, lead), told(2, ticked, root=1)], SKIN) == before


def test_who_pressed_on_telegram_pressed_the_newest_card_of_the_message() -> None:
    first, second, third = chat_of(
        [told(1, QUESTIONS[0]), told(2, RIGHT, root=1), told(3, replace(RIGHT, title="3/5"), root=1)], SKIN
    )
    assert (first.grey, second.grey, third.grey) == ("✓ 对", "✓ 对", "")


def test_an_answer_to_what_is_no_card_any_more_is_said_below() -> None:
    amount = Message(title="4/5 · 资费", body="多少？")
    pieces = chat_of([told(1, QUESTIONS[0]), told(2, amount, root=1), told(3, QUESTIONS[2], root=1)], SKIN)
    assert [bool(piece.card) for piece in pieces] == [True, False, True]


def test_a_word_over_a_button_is_no_news() -> None:
    card, word = chat_of([told(5, QUESTIONS[0]), told(6, None)], SKIN)
    assert (card.version, word.version, word.text) == (5, -6, "已经答过了：B")


def test_what_one_writes_is_one_s_own_and_the_time_stands_after_a_silence() -> None:
    pieces = chat_of(
        [
            told(1, Message(body="早")),
            told(-1, Message(body="15"), minutes=4, mine=True),
            told(2, Message(body="对"), minutes=9),
        ],
        SKIN,
    )
    assert [(piece.mine, piece.when) for piece in pieces] == [
        (False, "今天 08:03"),
        (True, ""),
        (False, "今天 08:12"),
    ]


def test_only_the_last_are_shown() -> None:
    pieces = chat_of([told(n, Message(body=str(n))) for n in range(1, SHOWN + 11)], SKIN)
    assert (len(pieces), pieces[0].text) == (SHOWN, "11")


def test_a_template_may_ask_for_what_a_card_does_not_say() -> None:
    card = readable({"main_title": {"title": "一"}, "button_list": [{"key": "a"}]})
    assert isinstance(card, dict)
    assert (card["source"], card["main_title"]["desc"], card["button_list"][0]["url"]) == (None, None, None)
