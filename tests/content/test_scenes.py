"""Scenes as they are written: what is wrong with one is told with its line and how to mend it."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.content import load, parse, shipped
from bot.content.scenes import FILE, HOW_MANY, TICK
from drills.people import Post
from drills.policy import Policy
from drills.scenes import FULL, playable, verdict
from tests.content.small import change, write
from tests.content.small_scene import SCENES

TODAY = date(2026, 11, 23)
SHIPPED = parse(load(shipped(), TODAY).body)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path)
    (tmp_path / FILE).write_text(SCENES, encoding="utf-8")
    return tmp_path


def told(folder: Path, language: str = "zh") -> list[str]:
    loaded = load(folder, TODAY, language)
    return [str(p) for p in (*loaded.problems, *loaded.warnings) if "calendar" not in p.file]


BAD = [
    ("points: 3", "points: 4", ":8 [transfer-quote.rubric] 各要点的分加起来是 11 分，应当是 10 分。"),
    ("points: 3", "points: 两", ":10 [transfer-quote.rubric.2.points] points 写的“两”不是数字。"),
    ("points: 2}", "points: 2.5}", ":9 [transfer-quote.rubric.1.points] points 写的“2.5”不是 1 以上的整数。"),
    (", required: true", "", ":8 [transfer-quote.rubric] 没有一个要点是必须做到的。"),
    (
        "    - {text: 道再见, points: 1}\n",
        "",
        ":8 [transfer-quote.rubric] rubric 有 4 条，应当是 5 到 8 条。",
    ),
    ("[先办后报]", "[甲, 乙, 丙, 丁]", ":14 [transfer-quote.forbidden] forbidden 有 4 条，应当是 1 到 3 条。"),
    ("forbidden: [先办后报]", "forbidden: []", ":14 [transfer-quote.forbidden] 缺少 forbidden。"),
    ("道再见", "先问好", ":13 [transfer-quote.rubric.5] “先问好”出现了两次。"),
    ("先办后报", "报出收费", ":14 [transfer-quote.forbidden.1] “报出收费”出现了两次。"),
    ("道再见", "再" * 18, f":13 [transfer-quote.rubric.5] 要点“{'再' * 18}”有 18 字，最多 17 字。"),
    ("先办后报", "报" * 18, f":14 [transfer-quote.forbidden.1] 要点“{'报' * 18}”有 18 字，最多 17 字。"),
    ("转账先报价", "转" * 17, ":2 [transfer-quote.title] 名称有 17 字，最多 16 字。"),
    ("客户要转两千元", "客" * 61, ":5 [transfer-quote.setting] 情景有 62 字，最多 60 字。"),
    ("怕多收", "怕" * 45, ":7 [transfer-quote.need] 隐藏的需要有 46 字，最多 45 字。"),
    ("转两千, 快点", f"转两千, {'快' * 30}", ":6 [transfer-quote.lines.2] lines 的第 2 句有 31 字，最多 30 字。"),
    ("最高两元，您看可以吗", "好" * 40, ":15 [transfer-quote.model.1] model 的第 1 句有 41 字，最多 40 字。"),
    (
        "code: transfer-quote",
        "code: a-code-of-twenty-one-x",
        "[a-code-of-twenty-one-x.code] 代码有 22 字，最多 20 字。",
    ),
    (
        "[fees.transfer]",
        "[fees.transfers]",
        ":4 [transfer-quote.checkpoints.1] checkpoints.1 写的“fees.transfers”不认识。",
    ),
    ("[teller, lobby, guard]", "[teller, lobby, gard]", "posts.3 写的“gard”不认识。是不是想写 guard？"),
    ("  need: 怕多收\n", "", ":1 [transfer-quote.need] 缺少 need。"),
    (
        "  source: {document: 某文件, clause: 第一条, fact: FE-01, mark: V2}\n",
        "",
        "[transfer-quote.source] 缺少 source。",
    ),
    ("mark: V2", "mark: R", ":16 [transfer-quote.source.mark] 依据的等级是“R”，只有核实过的（V1、V2）才能计分。"),
    ("  need:", "  needs:", ":7 [transfer-quote.needs] 不认识的键 needs。是不是想写 need？"),
    ("valid_from: 2014-08-01", "valid_from: 2014-08-01\n  valid_to: 2013-01-01", "valid_to 早于 valid_from。"),
    (
        "valid_from: 2014-08-01",
        "valid_from: 2014-08-01\n  valid_to: 2026-11-22",
        "2026-11-22 已经失效，不会再演这个情景。",
    ),
    ("lobby, guard]", "lobby]", f"{FILE} [guard] 岗位 guard 还没有情景。"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_what_is_wrong_with_a_scene_is_told_in_a_sentence(folder: Path, old: str, new: str, sentence: str) -> None:
    change(folder, FILE, old, new)
    said = told(folder)
    assert any(sentence in line and line.startswith(FILE) for line in said), said
    assert len(told(folder, "en")) == len(said)


def test_a_sound_scene_is_told_nothing_of(folder: Path) -> None:
    assert told(folder) == []
    assert [s["code"] for s in load(folder).body["scenes"]] == ["transfer-quote"]


def test_a_code_is_used_once(folder: Path) -> None:
    (folder / FILE).write_text(SCENES * 2, encoding="utf-8")
    assert told(folder) == [
        f"{FILE}:18 [transfer-quote.code] 代码 transfer-quote 用了两次，另一处在 {FILE}:1。请给其中一个换新代码。"
    ]


def test_a_bad_scene_takes_nothing_else_along(folder: Path) -> None:
    change(folder, FILE, "points: 3", "points: 4")
    body = load(folder).body
    assert (body["scenes"], len(body["questions"])) == ([], 5)


def test_a_folder_without_scenes_is_sound(folder: Path) -> None:
    (folder / FILE).unlink()
    assert told(folder) == []
    assert load(folder).body["scenes"] == []


def test_a_mark_that_cannot_be_reached_is_refused(folder: Path) -> None:
    change(folder, "policy.yaml", "dose: 1", "dose: 1\nscene_pass: 11")
    assert told(folder) == ["policy.yaml [scene_pass] scene_pass 是 11 分，要在 1 到 10 分之间。请改成 7 这样的分数。"]


def test_an_edition_from_before_there_were_scenes_has_none() -> None:
    body = load(shipped()).body
    del body["scenes"]
    assert parse(json.loads(json.dumps(body))).scenes == {}


def test_there_are_scenes_for_every_post() -> None:
    assert len(SHIPPED.scenes) >= 12
    for post in Post:
        assert len(playable(SHIPPED.scenes.values(), post, TODAY)) >= 3, post


def test_every_shipped_scene_can_be_passed_and_names_real_checkpoints() -> None:
    for scene in SHIPPED.scenes.values():
        assert set(scene.checkpoints) <= set(SHIPPED.bank.checkpoints), scene.code
        assert sum(p.worth for p in scene.rubric) == FULL
        assert verdict(scene, range(len(scene.rubric)), (), Policy()).passed
        assert HOW_MANY["rubric"][0] <= len(scene.rubric) <= HOW_MANY["rubric"][1]
        assert max(len(p.text) for p in scene.rubric) <= TICK
        assert scene.source.mark in {"V1", "V2"}
        assert scene.source.fact


def test_script_like_fields_of_work_have_a_scene() -> None:
    drilled = {c for s in SHIPPED.scenes.values() for c in s.checkpoints}
    assert {c.partition(".")[0] for c in drilled} >= {
        "cash",
        "greeting",
        "fakes",
        "damaged",
        "fees",
        "lobby",
        "guard",
        "complaints",
        "elderly",
        "emergency",
        "identity",
    }


def test_what_a_customer_says_ends_once() -> None:
    said = [line for scene in SHIPPED.scenes.values() for line in (*scene.lines, *scene.model)]
    assert any(line.endswith("？") for line in said)
    assert not [line for line in said if line[-2] in "。？！?!"]
