import re
import unicodedata
from pathlib import Path

import pytest
import yaml

import bot.views
from bot.chat.words import LANGUAGES
from bot.views import catalogue
from tests.views.spoken import placeholders

LOCALE = Path(bot.views.__file__).parent / "locale"
ZH, EN = catalogue()["zh-CN"].sentences, catalogue()["en"].sentences
HAN = r"\u3400-\u9fff"
MARKS = {"✓", "✗"}
NAMED_OTHERWISE: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "date.day": (frozenset({"month", "day"}), frozenset({"month_name", "day"}))
}
"""English says a month's name where Chinese says its number."""
SAYS_ONLY_WHY = {"not-yours", "answered", "illegal-step"}
"""LOOK's own words, or a state: there is nothing to do but look at it."""
NEVER_ONE = {
    "refused.leave-long",
    "refused.leave-endless",
    "rule.critical-again",
    "rule_short.critical-again",
    "rule.rolling",
    "rule_short.rolling",
    "rule_full.critical-again",
    "rule_full.rolling",
    "why.none_body",
    "board.minimum",
    "worst.note",
}
"""Numbers of a policy, or of something that happened again: two at least."""
CONSOLE = re.compile(
    "设置API接收|企业可信IP|企业ID|我的企业|企业信息|应用管理|接收消息|可见范围|使用长连接|自建应用|智能机器人|工作台|保存"
)
"""What stands on the screens of WeCom and its console, in Chinese only; it is quoted as it stands there."""
WHAT_ONE_CAN_DO = re.compile(r"请|可以|不用|再|要由")


def test_both_languages_have_the_same_keys() -> None:
    assert set(ZH) == set(EN)


def test_both_languages_name_the_same_values() -> None:
    differ = {key: (placeholders(ZH[key]), placeholders(EN[key])) for key in ZH}
    assert {key: both for key, both in differ.items() if both[0] != both[1]} == NAMED_OTHERWISE


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_file_is_taken_for_something_else(language: str) -> None:
    """`no:` would be a boolean, `08:45` a number, and the second of two like keys would win in silence."""
    root = yaml.compose((LOCALE / f"{language}.yaml").read_text(encoding="utf-8"))
    assert root
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), f"twice in one place: {sorted({k for k in keys if keys.count(k) > 1})}"
            stack += [part for pair in node.value for part in pair]
        else:
            assert node.tag == "tag:yaml.org,2002:str", f"{node.value} is read as {node.tag}; put it in quotes"


def test_no_sentence_shouts_or_decorates() -> None:
    for key, text in [*ZH.items(), *EN.items()]:
        pictures = [c for c in text if unicodedata.category(c) == "So"]
        assert text, key
        assert not re.search("[!！]", text), f"{key}: {text}"
        assert not set(pictures) - MARKS, f"{key}: ✓ and ✗ are the only marks"
        assert len(pictures) <= 1, f"{key}: {text}"


def test_chinese_is_polite_and_full_width() -> None:
    half = re.compile(rf"[{HAN}」”}}][,;?!()]|[{HAN}」”][.:]|[,:;?()][{HAN}「“]")
    tight = re.compile(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]")
    for key, text in ZH.items():
        assert "你" not in text, f"{key}: 您 to everyone"
        assert not half.search(text), f"{key}: half-width punctuation beside Chinese: {text}"
        assert not tight.search(CONSOLE.sub("“”", text)), f"{key}: a blank between Chinese and figures: {text}"


def test_english_has_nothing_of_the_other_script() -> None:
    ours = {key: CONSOLE.sub("", text) for key, text in EN.items()}
    assert not {key: text for key, text in ours.items() if any(unicodedata.east_asian_width(c) in "WF" for c in text)}


def test_english_counts_without_a_plural() -> None:
    """“1 questions” cannot be mended by a catalogue, so the number stands after the word."""
    counted = re.compile(r"\{(?:n|left|days|times|of|most|minimum|window|min)\} (?:working )?[a-z]+s\b")
    assert not {key: text for key, text in EN.items() if counted.search(text) and key not in NEVER_ONE}


def test_a_refusal_says_what_one_can_do_or_why() -> None:
    refusals = {key.partition(".")[2]: text for key, text in ZH.items() if key.startswith("refused.")}
    assert not {c: text for c, text in refusals.items() if c not in SAYS_ONLY_WHY and not WHAT_ONE_CAN_DO.search(text)}
