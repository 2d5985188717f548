from pathlib import Path

from bot.content.positions import FILE, read_positions
from bot.content.problems import Notes
from drills.people import Post


def test_positions_mean_posts(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("teller: [综合 柜员, Teller]\nlobby: [大堂经理]\n", encoding="utf-8")
    notes = Notes("zh")
    found = read_positions(tmp_path, notes)
    assert found == {"综合柜员": Post.TELLER, "teller": Post.TELLER, "大堂经理": Post.LOBBY}
    assert not notes.problems


def test_a_folder_may_have_none(tmp_path: Path) -> None:
    notes = Notes("zh")
    assert read_positions(tmp_path, notes) == {}
    assert not notes.problems


def test_a_position_of_two_posts_and_a_post_there_is_not_are_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("teller: [柜员]\nlobby: [柜员]\nchief: [主任]\n", encoding="utf-8")
    notes = Notes("zh")
    read_positions(tmp_path, notes)
    told = [str(problem) for problem in notes.problems]
    assert len(told) == 2
    assert any("“柜员”重复了。请只留一处。" in each for each in told)
