"""docs/first-branch.md stays true: the program itself, from an empty folder to five people who answered."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.main.first_branch import FIVE, live
from tests.main.telegram_line import Line, telegram_in_a_thread


@pytest.fixture
def line() -> Iterator[Line]:
    with telegram_in_a_thread() as line:
        yield line


def test_from_an_empty_folder_to_five_people_who_answered(tmp_path: Path, line: Line) -> None:
    branch = live(tmp_path, line)
    assert branch.peak_mib < 150, "what serve may take for one branch"
    with sqlite3.connect(tmp_path / "var" / "chenlian.db") as database:
        answered = dict(
            database.execute("select p.name, count(*) from answer a join person p on p.id = a.person_id group by p.id")
        )
    assert set(answered) == set(FIVE)
    assert all(count >= 5 for count in answered.values())
    assert all("答完了" in str([m.text for m in branch.messages(name)]) for name in FIVE)
