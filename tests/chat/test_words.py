from pathlib import Path

import pytest

from bot.chat.words import LANGUAGES, Words, load_words

WORDS = Words("zh-CN", {"push.body": "{name}，早上好。", "list": "、"})


def test_a_key_and_its_values_become_a_sentence() -> None:
    assert WORDS("push.body", name="王芳", more="ignored") == "王芳，早上好。"
    assert WORDS("list") == "、"


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"push\.nothing"):
        WORDS("push.nothing")
    assert WORDS.has("list")
    assert not WORDS.has("push.nothing")


def test_a_value_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        WORDS("push.body")


def test_a_value_may_be_called_key() -> None:
    assert Words("en", {"k": "{key}"})("k", key="B") == "B"


def test_values_are_not_read_as_placeholders() -> None:
    assert WORDS("push.body", name="{closes}") == "{closes}，早上好。"


def test_nested_keys_are_joined_by_dots(tmp_path: Path) -> None:
    for language in LANGUAGES:
        (tmp_path / f"{language}.yaml").write_text("web:\n  hint:\n    clock: |\n      点这里\nlist: 、\n", "utf-8")
    found = load_words(tmp_path)
    assert set(found) == set(LANGUAGES)
    assert found["en"].sentences == {"web.hint.clock": "点这里", "list": "、"}
    assert found["en"].language == "en"
