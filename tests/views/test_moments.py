import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.message import Button, Message, plain
from bot.chat.words import LANGUAGES, Words
from bot.content import load, parse, shipped
from bot.views import catalogue, evening, quiz, retraining
from bot.views.boards import Top
from drills.marking import Choice, Shown, Written, mark, show
from drills.questions import Amount, Bank, Several
from tests.views.golden import LINES, MOMENTS, lines, page, path_of
from tests.views.leader_moments import LAST, TOP, board_of
from tests.views.staff_moments import AMOUNT, ONE, POLICY, SEVERAL, TRUTH, card

BUTTON = 64  # bytes
LARGE = 10**12 - 1  # no row's number will be longer
MANY = 6  # options
EXCEPTIONS = {
    "why": (11, 13),
    "why, weak days": (13, 14),
    "book": (10, 10),
    "book, full": (17, 17),
    "tonight, with others": (8, 11),
    "settings": (10, 10),
    "settings, changed": (10, 11),
    "staff list, shown anew": (9, 11),
    "minutes": (12, 12),
    "appeal, to judge a mark": (9, 11),
    "minutes, of an earlier day": (12, 12),
}
"""What is longer than a phone shows at once, with its lines in Chinese and English: two answers told in full, the book,
the longest list, and what was changed above all that holds. They are read, not tapped through."""


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Words:
    return catalogue()[request.param]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return parse(load(shipped()).body).bank


def every(words: Words) -> dict[str, Message]:
    return {name: moment(words) for name, moment in MOMENTS.items()}


def buttons(message: Message) -> list[Button]:
    return [button for row in message.buttons for button in row]


def test_every_moment_reads_as_it_was_last_read(words: Words) -> None:
    golden = path_of(words.language).read_text(encoding="utf-8")
    assert page(words) == golden, "if it is meant: python -m tests.views.golden, and read the difference"


def test_every_moment_fits_a_phone(words: Words) -> None:
    longer = {name: n for name, message in every(words).items() if (n := lines(message, words)) > LINES}
    at = LANGUAGES.index(words.language)
    assert longer == {name: both[at] for name, both in EXCEPTIONS.items() if both[at] > LINES}


def test_every_button_works_on_every_platform(words: Words) -> None:
    for name, message in every(words).items():
        for button in buttons(message):
            assert 1 <= len(button.data.encode() or button.url) <= BUTTON, name
            assert not (button.data and button.url), name
            assert button.text.strip(), name
            assert len(button.text) <= 20, f"{name}: {button.text} is cut on a narrow phone"


def test_a_button_holds_a_large_row_and_every_option(words: Words) -> None:
    shown = replace(SEVERAL, options=tuple("甲" * 17 for _ in range(20)))
    message = quiz.ask(words, replace(card(shown), slot=LARGE), chosen=frozenset(range(20)))
    assert max(len(button.data.encode()) for button in buttons(message)) <= BUTTON


def test_every_checkpoint_fits_a_button(words: Words, bank: Bank) -> None:
    for code, checkpoint in bank.checkpoints.items():
        [button] = buttons(evening.ask_now(words, checkpoint=checkpoint.name, code=code))
        assert len(button.data.encode()) <= BUTTON, code


@given(st.sampled_from([ONE, SEVERAL, TRUTH]), st.frozensets(st.integers(0, 4)), st.frozensets(st.integers(0, 4)))
def test_a_card_is_the_same_whatever_is_right(shown: Shown, right: frozenset[int], chosen: frozenset[int]) -> None:
    other = replace(shown, right=right, mistakes=("别的",) * len(shown.mistakes))
    for words in catalogue().values():
        assert quiz.ask(words, card(other), chosen=chosen) == quiz.ask(words, card(shown), chosen=chosen)


@given(st.fractions())
def test_a_card_is_the_same_whatever_the_amount(answer: Fraction) -> None:
    for words in catalogue().values():
        assert quiz.ask(words, card(replace(AMOUNT, answer=answer))) == quiz.ask(words, card(AMOUNT))


def test_a_tick_is_taken_back_by_the_same_button(words: Words) -> None:
    ticked = quiz.ask(words, card(SEVERAL), chosen=frozenset({1, 3}))
    assert [b.data for b in buttons(ticked)] == [
        "t:41:0,1,3",
        "t:41:3",
        "t:41:1,2,3",
        "t:41:1",
        "t:41:1,3,4",
        "a:41:1,3",
    ]
    assert [b.text[:1] for b in buttons(ticked)[:5]] == ["A", "✓", "C", "✓", "E"]


def test_no_message_shouts_or_decorates(words: Words) -> None:
    for name, message in every(words).items():
        said = plain(message) + "".join(button.text for button in buttons(message))
        assert not re.search("[!！]", said), name
        assert not re.search(r"\{\w+\}|None|  ", said), name
        assert "\n\n" not in said, name
        assert not re.search(r"[·：:] *$", message.title), name


def test_english_has_no_chinese_list_of_its_own() -> None:
    for name, message in every(catalogue()["en"]).items():
        chinese = [line for line in plain(message).split("\n") if re.search("[（）「」]", line)]
        assert not chinese, name


def test_praise_comes_first_and_nobody_who_failed_is_named(words: Words) -> None:
    review = MOMENTS["review"](words)
    assert re.search("王芳.*孙丽", review.body.split("\n")[0])
    assert "李强" not in plain(review)
    assert "李强" not in plain(MOMENTS["review, nobody passed"](words))


def test_the_board_never_names_the_last(words: Words) -> None:
    text = plain(board_of(words, TOP, own=5))
    assert LAST not in text
    assert "何静" in text
    tied = [Top(place=1, name=name, right=5, asked=5) for name in ("王芳", "李强")]
    assert plain(board_of(words, tied, own=None)).count(words("board.top", place=1)) == 2


def test_a_list_for_the_manager_names_no_staff(words: Words) -> None:
    staff = re.compile("王芳|李强|孙丽|何静|马超|老周")
    for name in ("summary", "summary, one branch", "units", "worst", "no drill"):
        assert not staff.search(plain(MOMENTS[name](words))), name


def test_every_question_that_is_shipped_fits_a_phone(bank: Bank) -> None:
    """But those with many options, several of them right: two lines more."""
    words = catalogue()["zh-CN"]
    for code, question in bank.questions.items():
        asked = lines(quiz.ask(words, card(show(question, 1), topic="现金收付")), words)
        many = isinstance(question, Several) and len(question.right + question.wrong) >= MANY
        assert asked <= (LINES + 2 if many else LINES), code


def test_every_wrong_answer_that_is_shipped_fits_a_phone(bank: Bank) -> None:
    words = catalogue()["zh-CN"]
    for code, question in bank.questions.items():
        shown = show(question, 1)
        wrong: Choice | Written = Written("0.07") if isinstance(question, Amount) else Choice(_wrong(shown))
        missed = quiz.Missed(shown=shown, verdict=mark(shown, wrong), question=question, slot=1, sitting=1, last=False)
        assert lines(quiz.wrong(words, missed), words) <= LINES, code


def _wrong(shown: Shown) -> frozenset[int]:
    return frozenset({next(i for i in range(len(shown.options) or 2) if i not in shown.right)})


def test_an_evening_asks_for_as_many_as_the_rule_lets_be_missed(words: Words) -> None:
    for n, enough in ((5, 4), (3, 2), (1, 1)):
        call = retraining.call(words, checkpoint="当面清点", lines=(), n=n, sitting=9, policy=POLICY)
        until = "21:00"
        assert call.note == words("call.body", n=n, pass_mark=enough, until=until)


def test_a_day_told_twice_is_said_once(words: Words) -> None:
    cause = evening.Cause(rule="critical-again", checkpoint="当面清点", days=(date(2026, 11, 23),) * 2)
    assert evening.reason(words, cause, POLICY, date(2026, 11, 23)).count(words("date.today")) == 1
