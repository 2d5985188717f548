import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content import load
from bot.content.sentences import SENTENCES
from tests.content.small import FILES, change, write

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("bad.yaml").read_text(encoding="utf-8"))
Q = "questions/fees.yaml"


def long(text: str) -> str:
    """With <161> as 161 characters."""
    return re.sub(r"<(\d+)>", lambda m: "长" * int(m[1]), text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path)


def told(folder: Path, language: str = "zh") -> list[str]:
    return [str(p) for p in load(folder, language=language).problems]


def test_the_small_folder_is_sound(folder: Path) -> None:
    loaded = load(folder)
    assert (loaded.problems, loaded.warnings, len(loaded.body["questions"])) == ((), (), 5)


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{c['told'][0].split(' ')[0]}" for n, c in enumerate(CASES)])
def test_every_kind_of_bad_content_is_told_in_a_sentence(folder: Path, case: dict[str, Any]) -> None:
    change(folder, case["file"], case["old"], long(case["new"]))
    assert told(folder) == [long(t) for t in case["told"]]


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{c['told'][0].split(' ')[0]}" for n, c in enumerate(CASES)])
def test_the_same_is_told_in_english(folder: Path, case: dict[str, Any]) -> None:
    change(folder, case["file"], case["old"], long(case["new"]))
    english = told(folder, "en")
    assert len(english) == len(case["told"])
    assert all(re.search(r" [A-Z{][^。]+\.(?: |$)", e) or "“" in e for e in english)


def test_all_problems_are_told_at_once(folder: Path) -> None:
    change(folder, Q, "  right: 2 元\n", "")
    change(folder, Q, "truth: true", "truth: 对")
    change(folder, "policy.yaml", "dose: 1", "dose: 1\ndoze: 2")
    change(folder, "calendar/2026.yaml", "[2026-01-01]", "[元旦]")
    files = [p.file for p in load(folder).problems]
    assert files == ["policy.yaml", "calendar/2026.yaml", Q, Q]


def test_a_bad_question_does_not_take_the_others_along(folder: Path) -> None:
    change(folder, Q, "truth: true", "truth: 对")
    assert [q["code"] for q in load(folder).body["questions"]] == ["fees-01", "fees-02", "fees-03", "fees-05"]


def test_no_folder(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    loaded = load(gone)
    sentence = f"找不到内容文件夹 {gone}。请检查 CHENLIAN_CONTENT_DIR，或者把 content 文件夹放回去。"
    assert [str(p) for p in loaded.problems] == [f"{gone} {sentence}"]
    assert loaded.body["questions"] == []


@pytest.mark.parametrize("name", ["topics.yaml", "fees.yaml", "policy.yaml"])
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert f"{name} 缺少这个文件，或者读不了。请补上文件；可以从程序自带的 content 里拷一份来改。" in told(folder)


def test_no_questions_at_all(folder: Path) -> None:
    (folder / Q).unlink()
    assert told(folder) == ["questions 题库里一道题也没有。请在 questions 文件夹里写题。"]


def test_an_empty_file(folder: Path) -> None:
    (folder / Q).write_text("# 还没写\n", encoding="utf-8")
    assert told(folder) == [f"{Q} 文件是空的。请写上内容，或者删掉这个文件。"]


def test_a_file_in_another_encoding(folder: Path) -> None:
    (folder / Q).write_bytes("# one\n- code: 资费\n".encode("gb18030"))
    assert told(folder) == [f"{Q}:2 这一行的文字不是 UTF-8 编码。请用编辑器把文件另存为 UTF-8。"]


def test_a_control_character(folder: Path) -> None:
    (folder / Q).write_text("- code: a\x00b\n", encoding="utf-8")
    assert told(folder)[0].startswith(f"{Q} YAML 写法有误（")


def test_yaml_nested_without_end(folder: Path) -> None:
    (folder / Q).write_text("[" * 100_000, encoding="utf-8")
    sentence = "YAML 写法有误（nested too deeply）。请看这一行和上一行的缩进、冒号、引号；冒号后面要空一格。"
    assert told(folder) == [f"{Q}:1 {sentence}"]


def test_a_list_of_questions_is_a_list_of_mappings(folder: Path) -> None:
    path = folder / Q
    path.write_text("questions: []\n", encoding="utf-8")
    assert told(folder) == [f"{Q}:1 文件最外层应当是一串题目，每题以“- code:”开头。请照着程序自带的题目文件来写。"]
    path.write_text(FILES[Q] + "- 一句话\n", encoding="utf-8")
    assert told(folder) == [f"{Q}:57 [6] 6 这一项里应当有几个“键: 值”。请照着旁边的例子写。"]


def test_a_question_without_a_code_is_named_by_its_place(folder: Path) -> None:
    change(folder, Q, "- code: fees-01\n  kind: one", "- kind: one")
    assert told(folder) == [f"{Q}:1 [1.code] 缺少 code。请补上这一项。"]


@pytest.mark.parametrize(
    ("wrong", "right", "key", "sentence"),
    [
        (["5 元", "9 元"], "最低收两元", "longest", "总选最长的选项，比瞎猜多对 66.7 个百分点（最多 5）"),
        (["1 元", "3 元"], "2 元", "middle", "总选中间的数，比瞎猜多对 66.7 个百分点（最多 5）"),
        (["减半收取", "随便收取"], "恰好两千", "shared", "总选和题干用词最像的选项，比瞎猜多对 66.7 个百分点"),
    ],
)
def test_a_bank_that_pays_a_cheat_is_refused(
    folder: Path, wrong: list[str], right: str, key: str, sentence: str
) -> None:
    for old, new in zip(["text: 5 元", "text: 随便收"], wrong, strict=True):
        change(folder, Q, old, f"text: {new}")
    change(folder, Q, "right: 2 元", f"right: {right}")
    change(folder, Q, "恰好 2,000 元", "恰好两千块")
    problems = load(folder).problems
    assert [(p.file, p.key) for p in problems] == [("questions", key)]
    assert problems[0].message.startswith(sentence)
    assert problems[0].mend.endswith("先看：fees-01。")


def test_every_sentence_is_complete_in_both_languages() -> None:
    for code, (kind, chinese, english) in SENTENCES.items():
        assert kind in {"problem", "warning"}, code
        places = [set(re.findall(r"(?<!\{)\{(\w+)\}", "".join(pair))) - {"hint"} for pair in (chinese, english)]
        assert places[0] == places[1], code
        assert all(chinese), code
        assert all(english), code
