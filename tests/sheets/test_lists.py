from string import Formatter

import pytest

from bot.sheets.headings import COLUMNS, USUAL, field_of, heading
from bot.sheets.lists import list_rows, placed, read_list
from bot.sheets.problems import Problem, Unreadable, report
from bot.sheets.reading import Row
from bot.sheets.sentences import SENTENCES
from drills.people import Post, Role
from drills.places import Asked
from drills.roster import Entry, Line
from tests.sheets.files import HEADINGS, WANG


def rows(*lines: list[str]) -> list[Row]:
    return [Row(number, tuple(cells)) for number, cells in enumerate(lines, 1)]


def problems(*lines: list[str]) -> list[str]:
    found = read_list(rows(*lines))
    return ["".join(problem.tell("zh")) for problem in found.problems]


def test_columns_in_any_order_by_any_name_below_a_title() -> None:
    found = read_list(
        rows(
            ["城东网点 名单"],
            ["", "所属机构 ", "员工号", "姓 名", "备注", "岗位（必填）", "角色*", "上级机构"],
            ["1", "城东网点", "００１", "王　芳", "x", "大堂", "员工、培训师", "总行／县支行"],
        )
    )
    assert found.problems == ()
    assert found.lines == (
        Line(
            row=3,
            number="001",
            name="王芳",
            post=Post.LOBBY,
            roles=frozenset({Role.STAFF, Role.TRAINER}),
            unit=Asked(("总行", "县支行", "城东网点"), told=True),
        ),
    )


def test_english_headings_and_words() -> None:
    [line] = read_list(
        rows(
            ["Name", "Staff Number", "Post", "Branch", "Role"], ["Wang", "7", "Lobby manager", "East", "staff, trainer"]
        )
    ).lines
    assert (line.post, line.roles) == (Post.LOBBY, frozenset({Role.STAFF, Role.TRAINER}))


def test_the_sample_of_the_voice() -> None:
    """LOOK.md: row, column, what was read, how to mend it; and that nothing was done."""
    body = [[f"员工{n}", f"{n}", "柜员", "城东网点", "员工"] for n in range(59)]
    body[12][2] = "柜员A"
    found = read_list(rows(HEADINGS, *body))
    assert report(found.problems, found.rows, "zh") == (
        "第 14 行「岗位」写的是「柜员A」，要是 柜员 / 大堂经理 / 保安 之一。\n其余 58 行没问题，什么都还没导入。"
    )
    assert "Row 14, “post” says “柜员A”; it is one of teller / lobby manager / guard." in report(
        found.problems, found.rows, "en"
    )


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["", "1", "柜员", "城东网点", "员工"], "第 2 行「姓名」是空的。"),
        (["王芳", "1", "", "城东网点", "员工"], "第 2 行「岗位」是空的，而角色里有 员工。"),
        (["王芳", "1", "柜员", "城东网点"], "第 2 行「角色」是空的。"),
        (["王芳", "1", "柜员", "城东网点", "员工、主管"], "第 2 行「角色」写的是「员工、主管」，要是 员工 / 培训师"),
        (["赵敏", "1", "柜员", "城东网点", "培训师"], "第 2 行「角色」写的是「培训师」，这个人有岗位。"),
        (["王" * 61, "1", "柜员", "城东网点", "员工"], "太长了。最多 60 个字。"),
        (["王芳", "1", "柜员", "网" * 61, "员工"], "第 2 行「网点」写的「网"),
    ],
)
def test_what_is_wrong_with_a_line(cells: list[str], told: str) -> None:
    [problem] = problems(HEADINGS, cells)
    assert told in problem


@pytest.mark.parametrize(
    ("column", "said", "meant"),
    [
        ("岗位", "柜圆", "柜员"),
        ("岗位", "保按", "保安"),
        ("岗位", "大堂经里", "大堂经理"),
        ("岗位", "柜员A", ""),
        ("岗位", "行长", ""),
        ("角色", "培训市", "培训师"),
        ("角色", "员工、管里员", "管理员"),
        ("角色", "老板", ""),
    ],
)
def test_a_misspelt_word_is_asked_back(column: str, said: str, meant: str) -> None:
    line = dict(zip(HEADINGS, WANG, strict=True)) | {column: said}
    [problem] = problems(HEADINGS, list(line.values()))
    assert f"写的是「{said}」，要是" in problem
    assert problem.endswith(f"是「{meant}」吗？" if meant else "之一。")


def test_a_misspelt_english_word_is_asked_back_in_english() -> None:
    [problem] = read_list(rows(HEADINGS, ["Wang", "1", "lobby manger", "East", "staff"])).problems
    assert "".join(problem.tell("en")).endswith("Is “lobby manager” meant?")


@pytest.mark.parametrize(("wrong", "meant"), [("姓各", "姓名"), ("网店", "网点"), ("角式", "角色"), ("工好", "工号")])
def test_a_misspelt_heading_is_asked_back_even_where_the_column_may_be_lacking(wrong: str, meant: str) -> None:
    headings = [wrong if heading == meant else heading for heading in HEADINGS]
    assert problems(["序号", *headings], ["1", *WANG]) == [
        f"第 1 行表头里缺「{meant}」这一列，「{wrong}」像是写错了。是的话请改成「{meant}」，不是的话请换个叫法。"
    ]


def test_other_columns_of_a_bank_are_no_misspelt_ones() -> None:
    others = ["序号", "性别", "学历", "入职日期", "手机号", "备注", "网点地址", "职级"]
    found = read_list(rows(["姓名", "工号", "岗位", *others], [*WANG[:3], *("x" for _ in others)]))
    assert not found.problems


def test_a_list_without_roles_says_nothing_of_them() -> None:
    [line] = read_list(rows(HEADINGS[:4], WANG[:4])).lines
    assert line.roles is None


def test_a_list_without_a_branch_is_that_of_one_branch() -> None:
    found = read_list(rows(["名单"], ["姓名", "工号", "岗位", "角色"], ["王芳", "1001", "柜员", "员工"]))
    assert (found.placeless, found.problems) == (2, ())
    [line] = placed(found, ("总行", "城东网点")).lines
    assert line.unit == Asked(("总行", "城东网点"))
    [problem] = placed(found, None).problems
    assert "".join(problem.tell("zh")) == "第 2 行表头里缺「网点」这一列，而网点不止一个。请加上这一列。"
    whole = read_list(rows(HEADINGS, WANG))
    assert placed(whole, None) == whole


def test_every_problem_at_once_in_the_order_of_the_rows() -> None:
    told = problems(
        HEADINGS, WANG, ["李强", "1002", "柜员A", "", "员工"], ["李强二", "1001", "柜员", "城东网点", "员工"]
    )
    assert [line[:8] for line in told] == ["第 3 行「网点", "第 3 行「岗位", "第 4 行「工号"]
    assert "和第 2 行重复" in told[2]


def test_a_column_that_is_missing_or_there_twice() -> None:
    told = problems(["姓名", "名字", "岗位", "网点", "角色"], WANG)
    assert told == [
        "第 1 行表头里缺「工号」这一列。请加上这一列。",
        "第 1 行表头里有两列都是「姓名」（姓名 / 名字）。请只留一列。",
    ]


@pytest.mark.parametrize("lines", [[], [["王芳", "1001"]], [[""] for _ in range(10)] + [HEADINGS, WANG], [HEADINGS]])
def test_no_list_at_all(lines: list[list[str]]) -> None:
    with pytest.raises(Unreadable) as refused:
        read_list(rows(*lines))
    assert refused.value.problem.code in {"no-headings", "no-rows"}
    assert refused.value.problem.tell("zh")[1]
    assert refused.value.problem.tell("en")[1].isascii()


def test_no_two_columns_share_a_name_and_each_knows_its_own() -> None:
    for field in COLUMNS:
        assert {field_of(heading(field, language)) for language in ("zh", "en")} == {field}
    assert set(USUAL) < set(COLUMNS)


def test_a_list_written_is_read_as_the_same() -> None:
    place = ("总行", "省分行", "市分行", "县支行", "城东网点")
    people = [
        Entry(number="1", name="王芳", post=Post.TELLER, place=place, roles=frozenset({Role.STAFF, Role.TRAINER})),
        Entry(number="2", name="管理员", post="", place=place[:1], roles=frozenset({Role.ADMIN})),
    ]
    for language in ("zh", "en"):
        found = read_list(rows(*list_rows(people, language)))
        assert found.problems == ()
        assert [(x.number, x.name, x.post, x.unit.tail, x.roles) for x in found.lines] == [
            (e.number, e.name, e.post, e.place, e.roles) for e in people
        ]


def test_both_languages_ask_for_the_same_values() -> None:
    for key, pair in SENTENCES.items():
        asked = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in pair]
        assert asked[0] == asked[1], key
        assert all(text.count("|") == (1 if key.startswith("problem.") else 0) for text in pair), key


def test_as_json_a_problem_has_its_place_and_mend() -> None:
    told = Problem(code="empty", row=3, column="name").to_json("zh")
    assert told == {"row": 3, "column": "姓名", "read": "", "message": "第 3 行「姓名」是空的。", "mend": "请补上。"}
