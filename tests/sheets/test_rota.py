"""Leave and shifts as branches keep them: a list, or the rota on the wall."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.sheets.marks import day_of, mark_of, month_of, span_of
from bot.sheets.problems import Unreadable
from bot.sheets.reading import read
from bot.sheets.rota import Listing, is_rota, read_rota
from drills.rota import AHEAD, Line, Mark
from tests.sheets.files import HEADINGS, WANG, excel, text
from tests.sheets.test_lists import rows

TODAY = date(2026, 11, 23)
WORK, LEAVE, SHIFT = Mark


def listing(*lines: list[str]) -> Listing:
    return read_rota(rows(*lines), TODAY)


def told(*lines: list[str]) -> list[str]:
    return ["".join(problem.tell("zh")) for problem in listing(*lines).problems]


def days(line: Line) -> dict[str, Mark]:
    return {f"{day:%m-%d}": mark for day, mark in line.days}


LIST = ["工号", "姓名", "开始日期", "结束日期", "类型"]


def test_a_list_of_leave() -> None:
    found = listing(
        ["城东网点 请假表"],
        LIST,
        ["1001", "王芳", "2026-12-01", "12-03", "年假"],
        ["1002", "李　强", "12月5日", "", "轮休"],
        ["", "孙丽", "12/30", "1/2", ""],
        ["", "", "", "", ""],
        ["1003", "孙丽", "12-01至12-02", "", "Rest"],
    )
    assert found.problems == ()
    assert [(line.row, line.number, line.name) for line in found.lines] == [
        (3, "1001", "王芳"),
        (4, "1002", "李强"),
        (5, "", "孙丽"),
        (7, "1003", "孙丽"),
    ]
    wang, li, sun, again = map(days, found.lines)
    assert wang == dict.fromkeys(["12-01", "12-02", "12-03"], LEAVE)
    assert li == {"12-05": SHIFT}
    assert sun == dict.fromkeys(["12-30", "12-31", "01-01", "01-02"], LEAVE)
    assert again == {"12-01": SHIFT, "12-02": SHIFT}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["1001", "", "", "", ""], "第 2 行「开始日期」是空的。请补上。"),
        (["1001", "", "下周三", "", ""], "第 2 行「开始日期」写的是「下周三」，看不出是哪一天。请这样写：12-01"),
        (["1001", "", "12.1", "", ""], "第 2 行「开始日期」写的是「12.1」，分不清是 1 日还是 10 日。"),
        (["1001", "", "12-05", "2026-12-01", ""], "第 2 行「结束日期」写的是「2026-12-01」，比开始的日子还早。"),
        (["1001", "", "12-05", "不定", ""], "第 2 行「结束日期」写的是「不定」，看不出是哪一天。"),
        (["1001", "", "12-05", "2027-01-25", ""], "「结束日期」写的是「2027-01-25」，太远了。最远排到 2027-01-24"),
        (["1001", "", "2027-01-25", "", ""], "第 2 行「开始日期」写的是「2027-01-25」，太远了。"),
        (["1001", "", "12-05", "", "出差"], "第 2 行「类型」写的是「出差」，看不懂。请写 休 / 轮休 / 假 / 年假 之类"),
        (["", "", "12-05", "", ""], "第 2 行没有写是谁。"),
    ],
)
def test_what_is_wrong_with_a_row_of_the_list(cells: list[str], said: str) -> None:
    found = listing(LIST, cells, ["1002", "李强", "12-01", "", ""])
    (problem,) = found.problems
    assert said in "".join(problem.tell("zh"))
    assert all(problem.tell("en"))
    assert len(found.lines) == 1


def test_a_long_leave_that_began_long_ago_is_read_from_where_it_may_matter() -> None:
    (line,) = listing(LIST, ["1001", "", "2020-01-01", "2026-12-01", ""]).lines
    assert (line.days[0][0], line.days[-1][0]) == (TODAY - timedelta(AHEAD), date(2026, 12, 1))


def test_the_rota_on_the_wall() -> None:
    found = listing(
        ["城东支行 2026年12月排班表"],
        ["序号", "姓名", "岗位", "1", "2日", "3", "4", "31", "备注"],
        ["", "星期", "", "二", "三", "四", "五", "四", ""],
        ["1", "王芳", "柜员", "休", "休", "", "班", "轮休", "x"],
        ["2", "李强", "柜员", "年假", "白", "R", "√"],
        ["", "合计", "", "2", "1", "0", "0"],
        ["", "", "", "", "", ""],
    )
    assert found.problems == ()
    wang, li = found.lines
    assert days(wang) == {"12-01": SHIFT, "12-02": SHIFT, "12-03": WORK, "12-04": WORK, "12-31": SHIFT}
    assert days(li) == {"12-01": LEAVE, "12-02": WORK, "12-03": SHIFT, "12-04": WORK, "12-31": WORK}


@pytest.mark.parametrize(
    "heading",
    ["2026-12-01T00:00:00", "2026-12-01", "12-01", "12/1", "12月1日", "12月1日 周二", "12/1(星期二)", "Tue 12-01"],
)
def test_a_day_as_headings_say_it(heading: str) -> None:
    (line,) = listing(["工号", heading], ["1001", "休"]).lines
    assert days(line) == {"12-01": SHIFT}


def test_from_excel_and_from_csv(tmp_path: Path) -> None:
    when = [datetime(2026, 12, n) for n in (1, 2)]  # noqa: DTZ001 -- a day, as Excel keeps it
    book = excel(tmp_path / "a.xlsx", [["工号", *when], [1001.0, "休", None]])
    sheet = text(tmp_path / "a.csv", [["工号", "12-01", "12-02"], ["1001", "休", ""]], "gb18030")
    for path in (book, sheet):
        (line,) = read_rota(read(path), TODAY).lines
        assert (line.number, days(line)) == ("1001", {"12-01": SHIFT, "12-02": WORK})
    taken = excel(tmp_path / "b.xlsx", [LIST, [1001, "王芳", when[0], when[1], "病假"]])
    assert days(read_rota(read(taken), TODAY).lines[0]) == {"12-01": LEAVE, "12-02": LEAVE}


def test_what_is_wrong_with_a_rota() -> None:
    assert told(["工号", "12-01", "12/1"], ["1001", "休", ""]) == [
        "第 1 行表头里有两列都是「12-01」（12-01 / 12/1）。请只留一列。"
    ]
    assert told(["工号", "2026-12-01T00:00:00", "12-02"], ["1001", "出差", "休"], ["1002", "", "半"]) == [
        "第 2 行「2026-12-01」写的是「出差」，看不懂。请写 休 / 轮休 / 假 / 年假 / 班，上班也可以空着。",
        "第 3 行「12-02」写的是「半」，看不懂。请写 休 / 轮休 / 假 / 年假 / 班，上班也可以空着。",
    ]
    assert told(["工号", "12.1"], ["1001", "休"]) == [
        "第 1 行「12.1」写的是「12.1」，分不清是 1 日还是 10 日。请这样写：12-01。"
    ]
    [far] = told(["工号", "12-01", "2027-01-25", "2027-01-26"], ["1001", "休", "", ""])
    assert far.startswith("第 1 行「2027-01-25」写的是「2027-01-25」，太远了。最远排到 2027-01-24")
    assert told(["工号", "姓名", "12-01"], ["", "", "休"]) == [
        "第 2 行没有写是谁。请补上姓名或工号；不是排班的行请删掉。"
    ]
    assert told(["工号", "姓名", "名字", "12-01"], ["1", "甲", "乙", "休"])[0].startswith(
        "第 1 行表头里有两列都是「姓名」"
    )


def test_a_staff_list_is_none() -> None:
    assert not is_rota(rows(HEADINGS, WANG), TODAY)
    assert not is_rota(rows(["名单 2026-11-23"], [*HEADINGS, "日期"], WANG), TODAY)
    assert not is_rota(rows(["姓名", "1", "2"], ["王芳", "休", ""]), TODAY), "no title says the month"
    assert is_rota(rows(LIST), TODAY)
    with pytest.raises(Unreadable) as refused:
        listing(HEADINGS, WANG)
    sentence = "".join(refused.value.problem.tell("zh"))
    assert sentence.endswith("表头里要有 姓名 或 工号，再加 开始日期 结束日期 类型，或一天一列的日期（如 12-01）。")
    with pytest.raises(Unreadable) as refused:
        listing(LIST)
    assert refused.value.problem.code == "no-rows"


def test_marks_and_months() -> None:
    assert [mark_of(word) for word in ("休", "Ｒ", " 事假 ", "L", "", "白班", "A", "1")] == [
        *(SHIFT, SHIFT, LEAVE, LEAVE, WORK, WORK, WORK),
        None,
    ]
    assert month_of("12月排班", TODAY) == date(2026, 12, 1)
    assert month_of("2 月排班", TODAY) == date(2027, 2, 1)
    assert month_of("8月", TODAY) == date(2026, 8, 1)
    assert month_of("12月1日起", TODAY) is None
    assert day_of("31", TODAY, date(2026, 11, 1)) is None
    assert day_of("31", TODAY, None) is None
    assert day_of("12-01至12-03", TODAY, None) is None
    assert day_of("截至 12-01", TODAY, None) is None
    assert span_of("12月1日（周二）", TODAY) == (date(2026, 12, 1), date(2026, 12, 1))


def test_the_samples_of_the_first_branch_page_are_read_as_they_stand() -> None:
    page = (Path(__file__).parents[2] / "docs" / "first-branch.md").read_text(encoding="utf-8")
    part = page.partition("## 名单、请假、排班")[2].partition("\n## ")[0]
    tables = [block for block in part.split("\n\n") if block.startswith("|")]
    wall, leave = (
        [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if "---" not in line]
        for table in tables
    )
    assert [days(line) for line in listing(*wall).lines] == [
        {"12-01": SHIFT, "12-02": SHIFT, "12-03": WORK},
        {"12-01": WORK, "12-02": LEAVE, "12-03": WORK},
    ]
    assert [days(line) for line in listing(*leave).lines] == [dict.fromkeys(["12-05", "12-06", "12-07"], LEAVE)]
