from hypothesis import given
from hypothesis import strategies as st

from bot.wecom.fit import BYTES, CUT, PARTS, cleaned, first_words, labels, parts, shorten, shorten_bytes


@given(st.text(), st.integers(1, 50))
def test_what_is_cut_shows_it_and_what_fits_stays(text: str, most: int) -> None:
    short = shorten(text, most)
    assert len(short) <= most
    assert short == text or (short.endswith(CUT) and text.startswith(short[:-1]))


@given(st.text(st.characters(codec="utf-8")), st.integers(3, 50))
def test_bytes_are_never_cut_in_the_middle_of_a_character(text: str, most: int) -> None:
    short = shorten_bytes(text, most)
    assert len(short.encode()) <= most
    assert short == text or text.startswith(short.removesuffix(CUT))


@given(st.text(alphabet="晨练。\n a？!", max_size=4 * BYTES))
def test_a_long_text_is_parted_and_nothing_is_lost_but_blanks(text: str) -> None:
    found = parts(text)
    assert all(part.strip() and len(part.encode()) <= BYTES for part in found)
    assert len(found) <= PARTS
    if not found or not found[-1].endswith(CUT):
        assert "".join("".join(found).split()) == "".join(text.split())


def test_a_text_is_parted_where_it_breathes_and_cut_where_it_never_ends() -> None:
    line = "柜面的规矩要一条一条记。" * 40
    found = parts(f"{line}\n{line}")
    assert found == (line, line)
    assert parts("晨" * 100_000)[-1].endswith(CUT)
    assert len(parts("晨" * 100_000)) == PARTS
    assert parts("  \n") == ()


def test_the_first_sentences_become_the_title() -> None:
    assert first_words("一二三。四五六。七", 8) == ("一二三。四五六。", "七")
    assert first_words("一二三。四五六。七", 7) == ("一二三。", "四五六。七")
    assert first_words("一二三四五六七", 7) == ("一二三四五六七", "")
    assert first_words("一二三四五六七八", 7) == ("一二三四五六…", "一二三四五六七八")
    assert first_words("一\n二", 7) == ("一", "二")
    assert first_words("“收好。”他说得很慢很慢", 7) == ("“收好。”", "他说得很慢很慢")


def test_labels_that_would_look_alike_are_numbered() -> None:
    assert labels(["开始", "今天休息"], 10) == ["开始", "今天休息"]
    assert labels(["城东支行第一网点甲", "城东支行第一网点乙"], 6) == ["1 城东支…", "2 城东支…"]
    assert labels(["", " "], 6) == ["1", "2"]


@given(st.text())
def test_nothing_is_left_that_json_would_escape(text: str) -> None:
    import json

    assert "\\u" not in json.dumps(cleaned(text).replace("\\", ""), ensure_ascii=False)
