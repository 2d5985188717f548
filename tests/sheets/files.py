"""Files as people, and as those who mean ill, send them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

HEADINGS = ["姓名", "工号", "岗位", "网点", "角色"]
WANG = ["王芳", "1001", "柜员", "城东网点", "员工"]


def excel(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """A workbook with these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def text(path: Path, rows: Sequence[Sequence[str]], coding: str = "utf-8-sig", mark: str = ",") -> Path:
    """A CSV with these rows."""
    path.write_text("\r\n".join(mark.join(row) for row in rows) + "\r\n", encoding=coding, newline="")
    return path


def bent(path: Path, part: str, content: bytes) -> Path:
    """A sound workbook, one part of which is replaced."""
    sound = excel(path.with_name("sound.xlsx"), [HEADINGS, WANG])
    with ZipFile(sound) as good, ZipFile(path, "w", ZIP_DEFLATED) as bad:
        for entry in good.infolist():
            bad.writestr(entry.filename, content if entry.filename == part else good.read(entry.filename))
        if part not in good.namelist():
            bad.writestr(part, content)
    return path


SHEET = "xl/worksheets/sheet1.xml"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_xml(rows: str, before: str = "") -> bytes:
    """A worksheet's XML with these rows."""
    return f'<?xml version="1.0"?>{before}<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>'.encode()
