from datetime import date
from pathlib import Path

import pytest

from bot.content import check, load
from tests.content.small import change, write

Q = "questions/fees.yaml"
MONDAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path)


def warned(folder: Path, today: date | None = MONDAY) -> list[str]:
    loaded = load(folder, today)
    assert loaded.problems == ()
    return [str(w) for w in loaded.warnings]


def test_an_unknown_year_is_loud_but_never_fails(folder: Path) -> None:
    sentence = "年的放假安排，这一年先按周一到周五上班。国务院办公厅公布后，请补上 calendar/"
    assert warned(folder) == [f"calendar/2027.yaml 没有 2027 {sentence}2027.yaml。"]
    assert warned(folder, date(2026, 10, 31)) == []
    assert [w.partition(" ")[0] for w in warned(folder, date(2027, 11, 1))] == [
        "calendar/2027.yaml",
        "calendar/2028.yaml",
    ]
    assert warned(folder, None) == []


def test_a_question_that_has_ended_drops_out_by_itself(folder: Path) -> None:
    change(folder, Q, "truth: true", "truth: true\n  valid_to: 2026-11-22")
    sentence = "2026-11-22 已经失效，不会再出这道题。请换成新规定，或者删掉。"
    assert f"{Q}:41 [fees-04.valid_to] {sentence}" in warned(folder)
    assert sentence not in "".join(warned(folder, date(2026, 11, 22)))


def test_a_checkpoint_without_questions(folder: Path) -> None:
    new = "      - {code: fees.free, name: 免收, material: [不收]}\n"
    change(folder, "topics.yaml", "        material: [每档含本数]\n", f"        material: [每档含本数]\n{new}")
    sentence = "检查点 fees.free 还没有题目。请至少写两题，答错的人才有另一题可练。"
    assert warned(folder, None) == [f"topics.yaml:10 [topics.1.checkpoints.2.code] {sentence}"]


def test_a_checkpoint_with_too_few_questions(folder: Path) -> None:
    new = "      - {code: fees.free, name: 免收, material: [不收]}\n"
    change(folder, "topics.yaml", "        material: [每档含本数]\n", f"        material: [每档含本数]\n{new}")
    change(folder, Q, "checkpoint: fees.transfer", "checkpoint: fees.free")
    sentence = "检查点 fees.free 只有 1 题，少于 2 题。请补题，答错的人才有另一题可练。"
    assert warned(folder, None) == [f"topics.yaml:10 [topics.1.checkpoints.2.code] {sentence}"]


def test_the_report_has_the_promised_keys(folder: Path) -> None:
    report = check(folder, MONDAY).to_json()
    assert list(report) == ["problems", "warnings", "questions", "topics", "scenes", "editions"]
    assert report["questions"] == 5
    assert report["topics"] == {"资费标准": 5}
    assert report["scenes"] == 0
    assert len(report["editions"]["shipped"]) == 64
    assert set(report["warnings"][0]) == {"file", "line", "key", "message", "mend"}


def test_the_report_of_a_broken_folder_is_whole_too(folder: Path) -> None:
    change(folder, "topics.yaml", "checkpoints:", "checkpoint:")
    report = check(folder, MONDAY).to_json()
    assert len(report["problems"]) == 2
    assert report["questions"] == 0
