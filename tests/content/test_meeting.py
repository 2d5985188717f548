from datetime import date, timedelta
from pathlib import Path

from bot.content import Sayings, load, parse, shipped
from bot.content.meeting import FILE, read_meeting
from bot.content.problems import Notes

DAY = date(2026, 11, 23)


def test_the_shipped_sayings_turn_day_by_day() -> None:
    sayings = parse(load(shipped()).body).sayings
    week = [sayings.look_of(DAY + timedelta(n)) for n in range(7)]
    assert all(len(set(points)) == 3 for points in week)
    assert {point for points in week for point in points} == set(sayings.look)
    assert {sayings.slogan_of(DAY + timedelta(n)) for n in range(4)} == set(sayings.slogans)


def test_without_the_file_nothing_is_said(tmp_path: Path) -> None:
    notes = Notes("zh")
    assert read_meeting(tmp_path, notes) == Sayings()
    assert not notes.problems
    assert (Sayings().look_of(DAY), Sayings().slogan_of(DAY)) == ((), "")


def test_a_line_without_source_and_one_too_long_for_the_wall_are_told(tmp_path: Path) -> None:
    text = f"look:\n  - {{text: 鞋}}\nslogans:\n  - {{text: {'长' * 41}, source: ET-31}}\n"
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    notes = Notes("zh")
    read_meeting(tmp_path, notes)
    assert [(p.line, p.key) for p in notes.problems] == [(2, "look.1.source"), (4, "slogans.1.text")]


def test_a_run_sheet_that_is_none_is_told_and_the_usual_one_stands(tmp_path: Path) -> None:
    from bot.content.policy import read_policy
    from drills.policy import Policy

    text = "stages: [1, 2]\nstage_order: [roll, look]\n"
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    notes = Notes("zh")
    assert read_policy(tmp_path, notes) == Policy()
    assert [p.key for p in notes.problems] == ["stages", "stage_order"]
