"""What a card may look like: wecom.md §4.3 [path/90236], §4.4 [path/94888], §7.5 [path/101032]."""

import copy
from typing import Any

import pytest

from tests.fakes.wecom.cards import APP, APP_UPDATE, BOT, BOT_UPDATE, WEBHOOK, Dialect, is_answered, read_card
from tests.fakes.wecom.refusals import JSON, Refused

LINK = {"type": 1, "url": "https://bank.example.cn/"}
TEXT: JSON = {"card_type": "text_notice", "main_title": {"title": "昨日小结"}, "card_action": LINK}
NEWS: JSON = {
    "card_type": "news_notice",
    "main_title": {"title": "资费"},
    "card_action": LINK,
    "card_image": {"url": "u"},
}
BUTTON: JSON = {
    "card_type": "button_interaction",
    "main_title": {"title": "资费标准 3/5", "desc": "单选"},
    "sub_title_text": "异地跨行柜面转账 1 万元，应收手续费多少？",
    "horizontal_content_list": [{"keyname": "A", "value": "5 元"}, {"keyname": "B", "value": "10 元"}],
    "task_id": "q1",
    "button_list": [{"text": "A", "key": "a"}, {"text": "B", "key": "b"}],
}
SELECT: JSON = {"question_key": "k", "option_list": [{"id": "0", "text": "请选择"}, {"id": "1", "text": "是"}]}
VOTE: JSON = {
    "card_type": "vote_interaction",
    "main_title": {"title": "多选 1/5"},
    "task_id": "q2",
    "checkbox": {
        "question_key": "q",
        "mode": 1,
        "option_list": [{"id": one, "text": one, "is_checked": False} for one in "ABC"],
    },
    "submit_button": {"text": "提交", "key": "s"},
}
MULTIPLE: JSON = {
    "card_type": "multiple_interaction",
    "main_title": {"title": "请假"},
    "task_id": "q3",
    "select_list": [SELECT],
    "submit_button": {"text": "提交", "key": "s"},
}
NOTHING = object()
"""Takes the field away."""


def changed(card: JSON, path: str, value: object) -> JSON:
    """The card with one field changed; a number in the path is a place in a list."""
    card = copy.deepcopy(card)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = card
    for step in way:
        place = place[step] if isinstance(step, int) else place.setdefault(step, {})
    if value is NOTHING:
        del place[last]
    else:
        place[last] = value
    return card


@pytest.mark.parametrize("card", [TEXT, NEWS, BUTTON, VOTE, MULTIPLE])
def test_the_plain_five_are_taken_whole(card: JSON) -> None:
    assert read_card(card, APP) == (card, [])


@pytest.mark.parametrize(
    ("card", "path", "value", "code"),
    [
        (BUTTON, "card_type", "quiz", 42031),
        (BUTTON, "colour", "red", 40058),
        (BUTTON, "button_list.0.colour", "red", 40058),
        (BUTTON, "task_id", NOTHING, 42014),
        (BUTTON, "task_id", "晨会", 42014),
        (BUTTON, "task_id", "a b", 42014),
        (BUTTON, "task_id", "x" * 129, 42014),
        (BUTTON, "main_title.title", NOTHING, 41016),
        (BUTTON, "button_list", [], 40058),
        (BUTTON, "button_list", [{"text": str(one), "key": str(one)} for one in range(7)], 40058),
        (BUTTON, "button_list.0.text", "", 42038),
        (BUTTON, "button_list.0.key", NOTHING, 42039),
        (BUTTON, "button_list.0.key", "b", 42039),
        (BUTTON, "button_list.0.key", "字" * 342, 42039),
        (BUTTON, "button_list.0", {"text": "看", "type": 1}, 42028),
        (BUTTON, "button_list.0.style", 5, 40058),
        (BUTTON, "replace_text", "已提交", 40058),
        (BUTTON, "card_action", {"type": 2}, 42030),
        (BUTTON, "card_action", {"type": 9}, 42045),
        (BUTTON, "horizontal_content_list", [{"keyname": "A"}] * 7, 42035),
        (BUTTON, "horizontal_content_list.0.keyname", NOTHING, 42027),
        (BUTTON, "horizontal_content_list.0.type", 1, 42028),
        (BUTTON, "horizontal_content_list.0.type", 2, 42029),
        (BUTTON, "horizontal_content_list.0.type", 3, 42050),
        (BUTTON, "horizontal_content_list.0.value", 5, 40058),
        (BUTTON, "button_selection", SELECT | {"question_key": ""}, 42043),
        (BUTTON, "button_selection", SELECT | {"option_list": SELECT["option_list"] * 2}, 42040),
        (BUTTON, "button_selection", SELECT | {"option_list": [{"id": "1"}]}, 42041),
        (BUTTON, "button_selection", SELECT | {"disable": True}, 40058),
        (VOTE, "checkbox", NOTHING, 42043),
        (VOTE, "checkbox.option_list", [], 42037),
        (VOTE, "checkbox.option_list", [{"id": str(n), "text": "x", "is_checked": False} for n in range(21)], 42037),
        (VOTE, "checkbox.option_list.0.is_checked", NOTHING, 40058),
        (VOTE, "checkbox.option_list.0.id", "x" * 129, 42040),
        (VOTE, "checkbox.mode", 2, 40058),
        (VOTE, "checkbox.disable", True, 40058),
        (VOTE, "submit_button", NOTHING, 42046),
        (VOTE, "submit_button.text", NOTHING, 42049),
        (VOTE, "submit_button.key", NOTHING, 42046),
        (VOTE, "source", {"desc": "晨会", "desc_color": 1}, 40058),
        (VOTE, "card_action", LINK, 40058),
        (MULTIPLE, "select_list", [], 42047),
        (MULTIPLE, "select_list", [SELECT | {"question_key": str(one)} for one in range(4)], 42047),
        (MULTIPLE, "select_list", [SELECT, SELECT], 42043),
        (MULTIPLE, "select_list.0.option_list", [{"id": str(n), "text": "x"} for n in range(11)], 42037),
        (TEXT, "card_action", NOTHING, 42045),
        (TEXT, "card_action", {"type": 0}, 42045),
        (TEXT, "card_action", {"type": 1}, 42028),
        (TEXT, "main_title", NOTHING, 41016),
        (TEXT, "jump_list", [{"title": "x"}] * 4, 42042),
        (TEXT, "jump_list", [{"type": 1, "title": "x"}], 42028),
        (TEXT, "jump_list", [{"url": "x"}], 42033),
        (TEXT, "action_menu", {"action_list": [{"text": "不再提醒", "key": "m"}]}, 42014),
        (TEXT, "quote_area", {"type": 1}, 42028),
        (NEWS, "card_image", NOTHING, 42044),
        (NEWS, "card_image.url", NOTHING, 42044),
        (NEWS, "card_image.aspect_ratio", 3, 40058),
        (NEWS, "vertical_content_list", [{"title": "x"}] * 5, 42036),
        (NEWS, "vertical_content_list", [{"desc": "x"}], 42033),
    ],
)
def test_a_card_that_is_wrong_is_refused_with_its_own_code(card: JSON, path: str, value: object, code: int) -> None:
    with pytest.raises(Refused) as refused:
        read_card(changed(card, path, value), APP)
    assert refused.value.errcode == code


def test_a_menus_keys_differ_and_it_has_three_lines_at_most() -> None:  # 42051; §4.3: use 3
    line = {"text": "不再提醒", "key": "m"}
    for lines, code in (([line, line], 42051), ([line | {"key": str(one)} for one in range(4)], 40058)):
        with pytest.raises(Refused) as refused:
            read_card(TEXT | {"task_id": "t", "action_menu": {"action_list": lines}}, APP)
        assert refused.value.errcode == code


def test_only_cards_that_are_answered_need_a_callback() -> None:  # §4.1
    menu = TEXT | {"task_id": "t", "action_menu": {"action_list": [{"text": "不再提醒", "key": "m"}]}}
    assert [is_answered(card) for card in (TEXT, NEWS, BUTTON, VOTE, MULTIPLE, menu)] == [False, False, *[True] * 4]


@pytest.mark.parametrize(
    ("card", "path", "fits"),
    [
        (BUTTON, "main_title.title", 36),
        (BUTTON, "main_title.desc", 44),
        (BUTTON, "sub_title_text", 160),
        (BUTTON, "source.desc", 20),
        (BUTTON, "horizontal_content_list.0.keyname", 5),
        (BUTTON, "horizontal_content_list.0.value", 30),
        (BUTTON, "button_list.0.text", 10),
        (VOTE, "main_title.title", 16),
        (VOTE, "main_title.desc", 160),
        (VOTE, "checkbox.option_list.0.text", 17),
        (MULTIPLE, "main_title.title", 36),
        (MULTIPLE, "select_list.0.option_list.0.text", 16),
        (TEXT, "emphasis_content.title", 14),
    ],
)
def test_what_is_too_long_is_taken_but_not_shown_to_its_end(card: JSON, path: str, fits: int) -> None:
    assert read_card(changed(card, path, "字" * fits), APP)[1] == []
    [clipped] = read_card(changed(card, path, "字" * (fits + 1)), APP)[1]
    assert clipped.replace("[", ".").replace("]", "") == f"template_card.{path}"


def test_an_update_locks_and_greys_and_names_no_task() -> None:  # §4.4
    bare = {key: value for key, value in VOTE.items() if key not in {"task_id", "submit_button"}}
    locked = changed(bare, "checkbox.disable", True) | {"replace_text": "已提交"}
    assert read_card(locked, APP_UPDATE)[0] == locked
    with pytest.raises(Refused):
        read_card(locked | {"task_id": "q2"}, APP_UPDATE)
    link_less = {"card_type": "text_notice", "main_title": {"title": "已答"}, "card_action": {"type": 0}}
    with pytest.raises(Refused) as refused:
        read_card(link_less, APP_UPDATE)
    assert refused.value.errcode == 42045


@pytest.mark.parametrize(
    ("card", "path", "value", "dialect", "code"),
    [
        (BUTTON, "card_type", "button_interaction", WEBHOOK, 42031),  # §4.7
        (BUTTON, "button_list.0.type", 0, BOT, 40058),  # §7.5
        (BUTTON, "horizontal_content_list.0.type", 2, BOT, 40058),
        (BUTTON, "replace_text", "已提交", BOT_UPDATE, 40058),
        (VOTE, "checkbox.disable", True, BOT, 40058),
        (VOTE, "task_id", NOTHING, BOT, 846625),
        (VOTE, "task_id", NOTHING, BOT_UPDATE, 846625),
    ],
)
def test_a_webhook_and_a_bot_take_less(card: JSON, path: str, value: object, dialect: Dialect, code: int) -> None:
    with pytest.raises(Refused) as refused:
        read_card(changed(card, path, value), dialect)
    assert refused.value.errcode == code


def test_a_bot_has_narrower_cards_and_a_few_things_of_its_own() -> None:  # §7.5
    vote = changed(changed(VOTE, "checkbox.option_list.0.is_checked", NOTHING), "checkbox.disable", True)
    assert read_card(vote, BOT_UPDATE)[1] == []
    smart = TEXT | {"jump_list": [{"type": 3, "title": "问", "question": "榜"}], "feedback": {"id": "f"}}
    assert read_card(smart, BOT)[1] == []
    assert read_card(changed(BUTTON, "main_title.title", "字" * 27), BOT)[1] == ["template_card.main_title.title"]
