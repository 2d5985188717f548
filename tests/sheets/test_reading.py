import json
import resource
import sys
import time
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bot.sheets import child, reading
from bot.sheets.problems import Unreadable
from bot.sheets.reading import Row, read
from tests.sheets.files import HEADINGS, SHEET, WANG, bent, excel, sheet_xml, text


def code(path: Path, seconds: int = reading.SECONDS) -> str:
    with pytest.raises(Unreadable) as refused:
        read(path, seconds)
    told = "".join(refused.value.problem.tell("zh"))
    assert told
    assert "{" not in told
    return refused.value.problem.code


def test_excel_rows_keep_their_numbers_and_numbers_are_text(tmp_path: Path) -> None:
    path = excel(tmp_path / "a.xlsx", [["名单"], [], HEADINGS, ["王芳", 1001.0, None, "城东网点", True]])
    assert [row.number for row in read(path)] == [1, 3, 4]
    assert read(path)[2] == Row(4, ("王芳", "1001", "", "城东网点", "True"))


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-8", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_in_any_coding_and_with_any_mark(tmp_path: Path, coding: str, mark: str) -> None:
    path = text(tmp_path / "a.csv", [HEADINGS, [], WANG], coding, mark)
    assert read(path) == [Row(1, tuple(HEADINGS)), Row(3, tuple(WANG))]


@pytest.mark.parametrize(("cell", "why"), [("XFD1048576", None), ("A1048576", "too-many-rows")])
def test_one_cell_at_the_far_corner_is_dealt_with_soon(tmp_path: Path, cell: str, why: str | None) -> None:
    """A file of 4 KiB that aborts or stops other readers: beyond the last column nothing is looked at."""
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
    far = f'{row}<row r="1048576"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row>'
    path = bent(tmp_path / "far.xlsx", SHEET, sheet_xml(far))
    began = time.monotonic()
    if why is None:
        assert read(path) == [Row(1, ("x",))]
    else:
        assert code(path) == why
    assert time.monotonic() - began < reading.SECONDS


def test_no_more_than_two_are_read_at_a_time_and_who_waits_too_long_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = excel(tmp_path / "a.xlsx", [HEADINGS])
    monkeypatch.setattr(reading, "PATIENCE", 0.01)
    for _ in range(reading.AT_ONCE):
        assert reading.places.acquire(blocking=False)
    try:
        assert code(path) == "busy"
    finally:
        reading.places.release(reading.AT_ONCE)
    assert read(path) == [Row(1, tuple(HEADINGS))]
    assert code(bent(tmp_path / "b.xlsx", SHEET, b"nonsense")) == "broken-file"
    assert read(path), "a place is given back whatever came of it"
    assert read(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_excel", lambda _: pytest.fail("it was handed on"))
    assert code(bent(tmp_path / "big.xlsx", SHEET, b"0" * (60 * 2**20))) == "too-big"
    assert code(bent(tmp_path / "dense.xlsx", SHEET, b"0" * (9 * 2**20))) == "too-big"
    crowd = excel(tmp_path / "crowd.xlsx", [HEADINGS])
    with ZipFile(crowd, "a", ZIP_DEFLATED) as packed:
        for n in range(reading.ENTRIES):
            packed.writestr(f"extra/{n}", b"")
    assert code(crowd) == "too-big"


def test_an_entity_bomb_and_a_file_of_ours_are_not_let_in(tmp_path: Path) -> None:
    tens = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE z [<!ENTITY l0 "lol">{tens}]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
    assert code(bent(tmp_path / "lol.xlsx", SHEET, sheet_xml(row.format("&l9;"), bomb))) == "broken-file"
    (tmp_path / "secret").write_text("hush", encoding="utf-8")
    outside = f'<!DOCTYPE z [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    path = bent(tmp_path / "xxe.xlsx", SHEET, sheet_xml(row.format("&x;"), outside))
    try:
        assert "hush" not in str(read(path))
    except Unreadable as refused:
        assert refused.problem.code == "broken-file"  # noqa: PT017 -- either is well


def test_a_child_that_takes_too_long_or_dies_is_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = excel(tmp_path / "a.xlsx", [HEADINGS, WANG])
    slow = tmp_path / "slow.py"
    monkeypatch.setattr(reading, "CHILD", str(slow))
    for does in ("import time; time.sleep(60)", "import os; os.abort()", "print('{')"):
        slow.write_text(does, encoding="utf-8")
        assert code(path, seconds=1) == "broken-file"


def test_the_child_is_told_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENLIAN_SECRET_KEY", "p-only-for-tests")
    nosy = tmp_path / "nosy.py"
    nosy.write_text(
        "import json, os; print(json.dumps({'rows': [[1, [k for k in os.environ if k.startswith('CHENLIAN_')]]]}))",
        encoding="utf-8",
    )
    monkeypatch.setattr(reading, "CHILD", str(nosy))
    assert read(excel(tmp_path / "a.xlsx", [HEADINGS])) == [Row(1, ())]


def test_memory_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is the kernel's; here it is so low that even a sound file does not fit."""
    greedy = tmp_path / "greedy.py"
    source = Path(reading.CHILD).read_text(encoding="utf-8")
    greedy.write_text(source.replace("1024 * 2**20", "16 * 2**20"), encoding="utf-8")
    monkeypatch.setattr(reading, "CHILD", str(greedy))
    assert code(excel(tmp_path / "a.xlsx", [HEADINGS, WANG])) == "broken-file"


def test_rows_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 5)
    rows = [HEADINGS, *[WANG] * 15]
    assert code(excel(tmp_path / "a.xlsx", rows)) == "too-many-rows"
    assert code(text(tmp_path / "a.csv", rows)) == "too-many-rows"
    assert len(read(text(tmp_path / "b.csv", rows[:-1]))) == 15


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.xlsx", b"<html><table>", "wrong-type"),
        ("a.txt", "姓名,工号".encode(), "wrong-type"),
        ("a.csv", b"MZ\x00\x00", "wrong-type"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-excel"),
        ("a.xlsx", b"PK\x03\x04 and no more", "broken-file"),
        ("a.csv", b"\xff\xff\xff", "not-text"),
        ("a.csv", b'"' + b"x" * 200_000, "broken-file"),
        ("a.xlsx", b"x" * (reading.LARGEST + 1), "too-big"),
    ],
)
def test_what_is_no_sheet(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert code(tmp_path / name) == why


def test_no_file_and_a_folder_and_a_zip_of_something_else(tmp_path: Path) -> None:
    assert code(tmp_path / "none.xlsx") == "no-file"
    assert code(tmp_path) == "no-file"
    with ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("a.txt", "x")
    assert code(tmp_path / "a.xlsx") == "wrong-type"
    assert code(bent(tmp_path / "b.xlsx", SHEET, b"<no")) == "broken-file"


def test_what_the_child_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same in this process, where its limits are only noted."""
    limits: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)

    def says(path: Path, most: int = 9) -> object:
        monkeypatch.setattr(sys, "argv", ["child.py", str(path), str(most), "30"])
        child.main()
        return json.loads(capsys.readouterr().out)

    sound = excel(tmp_path / "a.xlsx", [["王芳", 7.0, 0.5, date(2026, 11, 23)], [None], ["x"]])
    assert says(sound) == {"rows": [[1, ["王芳", "7", "0.5", "2026-11-23T00:00:00"]], [3, ["x"]]]}
    assert says(sound, 1) == {"problem": "too-many-rows"}
    assert says(bent(tmp_path / "b.xlsx", SHEET, b"<no")) == {"problem": "broken-file"}
    book = (tmp_path / "a.xlsx").with_name("hidden.xlsx")
    with ZipFile(sound) as packed:
        plain = packed.read("xl/workbook.xml").replace(b'state="visible"', b'state="hidden"')
    assert says(bent(book, "xl/workbook.xml", plain)) == {"problem": "broken-file"}, "no sheet can be seen"
    assert set(limits) == {resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE}
