"""Leave and shifts by Excel: what a trainer sends is shown, then entered, and everybody concerned is told once."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.services import leave, roster, rota
from bot.services.caller import caller
from bot.store import absences, people
from bot.store.tables import Absence, Upload
from bot.store.turn import Reader, Turn
from drills.leave import Kind
from drills.rota import Line, Mark
from tests.sheets.files import excel, text
from tests.stories.bank import MONDAY, Bank
from tests.stories.people import Someone

WALL = [
    ["城东网点 2026年11月排班表"],
    ["姓名", "23", "24", "25", "26", "27", "28"],
    ["王芳", "班", "休", "休", "", "", "年假"],
    ["李强", "", "", "", "轮休", "√", "休"],
    ["孙丽", "", "", "", "", "", ""],
]
LIST = ["工号", "姓名", "从", "到", "类型"]


def off(turn: Reader, person: int) -> list[tuple[int, int, str]]:
    """The days off that count for somebody: from the day of the month to another, and why."""
    rows = turn.session.exec(select(Absence).where(Absence.person_id == person))
    return sorted(
        (row.first_day.day, row.last_day.day, row.kind)
        for row in rows
        if row.decided_at and not row.refused and not row.withdrawn_at
    )


def enter(turn: Turn, person: int, first: int, last: int, kind: Kind) -> None:
    absences.enter(turn, person, date(2026, 11, first), date(2026, 11, last), kind, None)


@pytest.fixture
async def zhao(branch: Bank, tmp_path: Path) -> Someone:
    """The trainer, who has just sent the rota on the wall."""
    await branch.赵敏.sends(excel(tmp_path / "排班.xlsx", WALL))
    return branch.赵敏


async def test_a_rota_is_shown_then_entered_and_everybody_is_told_once(branch: Bank, zhao: Someone) -> None:
    assert zhao.sees("排班表看过了，还没有导入", "新记休息 2 人 5 天：王芳、李强", "[导入]")
    assert await branch.look(off, branch.王芳.id) == []
    await zhao.taps("导入")
    assert zhao.sees("已导入，通知了 2/2 人。")
    assert branch.王芳.sees("您的排班有变动", "11月24日至11月25日、11月28日休息。没有题，连续天数不受影响。")
    assert branch.李强.sees("11月26日、11月28日休息")
    assert not branch.孙丽.seen()
    assert await branch.look(off, branch.王芳.id) == [(24, 25, "shift"), (28, 28, "leave")]
    await branch.at("22:00")
    await branch.at("11-24 08:03")
    assert not branch.王芳.sees("早上好")
    assert branch.李强.sees("早上好")


async def test_sent_again_it_changes_nothing(branch: Bank, zhao: Someone, tmp_path: Path) -> None:
    await zhao.taps("导入")
    await zhao.sends(excel(tmp_path / "again.xlsx", WALL))
    assert zhao.sees("和现在一样，没有要导入的", "原来就记着 5 天")
    assert not zhao.has_button("导入")


async def test_a_shift_that_moves_is_taken_back_and_leave_is_not(branch: Bank, zhao: Someone, tmp_path: Path) -> None:
    await zhao.taps("导入")
    busy = [WALL[1], ["王芳", "班", "班", "休", "", "", "班"], ["李强", "", "", "", "轮休", "√", "休"]]
    await zhao.sends(excel(tmp_path / "b.xlsx", [WALL[0], *busy]))
    assert zhao.sees("改回上班：王芳（11月24日）", "请过的假和今天的不改：王芳（11月28日）", "原来就记着 3 天")
    await zhao.taps("导入")
    assert branch.王芳.sees("11月24日改为上班，照常有题。")
    assert not branch.王芳.sees("休息")
    assert not branch.李强.seen()
    assert await branch.look(off, branch.王芳.id) == [(25, 25, "shift"), (28, 28, "leave")]
    await branch.at("22:00")
    await branch.at("11-24 08:03")
    assert branch.王芳.sees("早上好")


async def test_a_list_of_leave_as_csv(branch: Bank, tmp_path: Path) -> None:
    rows = [LIST, ["1001", "王芳", "2026-11-25", "2026-11-26", "病假"], ["1002", "", "11/27", "", "轮休"]]
    await branch.陈主任.sends(text(tmp_path / "a.csv", rows, "gb18030"))
    await branch.陈主任.taps("导入")
    assert branch.王芳.sees("11月25日至11月26日休息")
    assert await branch.look(off, branch.李强.id) == [(27, 27, "shift")]


async def test_nobody_grants_their_own_leave(branch: Bank, tmp_path: Path) -> None:
    rows = [["姓名", "11-25"], ["赵敏", "休"], ["王芳", "休"]]
    await branch.赵敏.sends(excel(tmp_path / "a.xlsx", rows))
    assert branch.赵敏.sees("新记休息 1 人 1 天：王芳", "您自己的没有记")
    await branch.赵敏.taps("导入")
    assert await branch.look(off, branch.赵敏.id) == []
    await branch.赵敏.sends(excel(tmp_path / "b.xlsx", rows[:2]))
    assert branch.赵敏.sees("和现在一样，没有要导入的", "您自己的没有记")
    await branch.陈主任.sends(excel(tmp_path / "c.xlsx", rows[:2]))
    await branch.陈主任.taps("导入")
    assert await branch.look(off, branch.赵敏.id) == [(25, 25, "shift")]


async def test_people_of_another_branch_are_nobody(branch: Bank, tmp_path: Path) -> None:
    for n, row in enumerate((["1006", "", "休"], ["", "周外", "休"], ["9999", "", "休"], ["", "没有的人", "休"])):
        await branch.赵敏.sends(excel(tmp_path / f"{n}.xlsx", [["工号", "姓名", "11-25"], row]))
        column, read = ("工号", row[0]) if row[0] else ("姓名", row[1])
        assert branch.赵敏.sees(f"第 2 行「{column}」写的是「{read}」，没有找到这个人，或者不归您排班。")
        assert not branch.赵敏.has_button("导入")
    await branch.何训.sends(excel(tmp_path / "ours.xlsx", WALL))
    assert branch.何训.sees("没有找到这个人")
    assert branch.何训.seen().count("没有找到这个人") == 3
    await branch.郑总.sends(excel(tmp_path / "both.xlsx", [["工号", "11-25"], ["1001", "休"], ["1006", "休"]]))
    assert branch.郑总.sees("新记休息 2 人 2 天：王芳、周外")
    for name in ("王芳", "吴查"):
        await branch.person(name).sends(tmp_path / "ours.xlsx")
        assert branch.person(name).sees("这个文件我没有打开")
    await branch.管理员.sends(tmp_path / "ours.xlsx")
    assert branch.管理员.sees("排班和请假表由培训师或网点负责人来发")
    assert await branch.look(off, branch.周外.id) == []


async def test_a_trainer_who_has_moved_meanwhile_reaches_nobody(branch: Bank, zhao: Someone) -> None:
    await branch.do(people.take_roles, zhao.id)
    await zhao.taps("导入")
    assert zhao.sees("不在您的查看范围里")
    assert await branch.look(off, branch.王芳.id) == []


async def test_people_who_moved_meanwhile_are_found_no_more(branch: Bank, zhao: Someone) -> None:
    def move(turn: Turn) -> None:
        people.get(turn, branch.王芳.id).unit_id = branch.unit("城西网点")

    await branch.do(move)
    await zhao.taps("导入")
    assert zhao.sees("第 3 行「姓名」写的是「王芳」，没有找到这个人")
    assert await branch.look(off, branch.李强.id) == []


async def test_what_has_changed_meanwhile_is_shown_anew(branch: Bank, zhao: Someone) -> None:
    await branch.do(enter, branch.王芳.id, 24, 24, Kind.LEAVE)
    await zhao.taps("导入")
    assert zhao.sees("刚才有了变动，请再看一遍", "新记休息 2 人 4 天")
    assert await branch.look(off, branch.李强.id) == []
    await zhao.taps("导入")
    assert zhao.sees("已导入")
    assert await branch.look(off, branch.王芳.id) == [(24, 24, "leave"), (25, 25, "shift"), (28, 28, "leave")]


async def test_two_processes_take_the_same_rota_at_once(branch: Bank, zhao: Someone, tmp_path: Path) -> None:
    await branch.陈主任.sends(excel(tmp_path / "same.xlsx", WALL))
    taps = [zhao.tap("导入"), zhao.tap("导入"), branch.陈主任.tap("导入")]
    branch.begun = len(branch.channel.record)
    async with branch.another_process() as other:
        await asyncio.gather(branch.takes(taps[0]), branch.takes(taps[1], other), branch.takes(taps[2], other))
        await branch.post(other)
    assert await branch.look(off, branch.王芳.id) == [(24, 25, "shift"), (28, 28, "leave")]
    assert branch.王芳.heard("您的排班有变动") == 1
    told = zhao.seen() + branch.陈主任.seen()
    assert told.count("已导入") == 1
    assert told.count("已经导入过了") + told.count("刚才有了变动") == 2


async def test_contradictions_and_namesakes_are_asked_back(branch: Bank, tmp_path: Path) -> None:
    def namesake(turn: Turn) -> None:
        people.get(turn, branch.李强.id).name = "王芳"

    twice = [LIST, ["1001", "", "11-25", "", "休"], ["", "王芳", "11-25", "", "假"], ["1002", "王芳", "11-26", "", ""]]
    await branch.赵敏.sends(excel(tmp_path / "a.xlsx", twice))
    assert branch.赵敏.sees("第 3 行和第 2 行说的是同一个人的 2026-11-25，却不一样。请只留一个。")
    assert branch.赵敏.sees("第 4 行「姓名」写的是「王芳」，和这个工号的人不一样。")
    await branch.do(namesake)
    await branch.赵敏.sends(excel(tmp_path / "b.xlsx", twice))
    assert branch.赵敏.sees("第 3 行「姓名」写的是「王芳」，叫这个名字的不止一个。请加一列「工号」。")


async def test_marks_nobody_knows_hold_everything_up(branch: Bank, tmp_path: Path) -> None:
    rows = [["姓名", "11-25", "11-26"], ["王芳", "休", "出差"], ["李强", "休", ""]]
    await branch.赵敏.sends(excel(tmp_path / "a.xlsx", rows))
    assert branch.赵敏.sees("第 2 行「11-26」写的是「出差」，看不懂。", "其余 1 行没问题，什么都还没导入。")


async def test_days_gone_by_are_counted_and_left_alone(branch: Bank, tmp_path: Path) -> None:
    await branch.do(enter, branch.王芳.id, 20, 25, Kind.SHIFT)
    rows = [["姓名", "11-20", "11-21", "11-24"], ["王芳", "班", "班", "班"]]
    await branch.赵敏.sends(excel(tmp_path / "a.xlsx", rows))
    assert branch.赵敏.sees("改回上班：王芳（11月24日）", "已经过去的 2 天没有看")
    await branch.赵敏.taps("导入")
    assert await branch.look(off, branch.王芳.id) == [(20, 23, "shift"), (25, 25, "shift")]


async def test_a_request_that_waits_is_not_leave_yet(branch: Bank, tmp_path: Path) -> None:
    day = date(2026, 11, 25)
    await branch.do(asks, branch.王芳.id, day)
    await branch.赵敏.sends(excel(tmp_path / "a.xlsx", [["姓名", "11-25"], ["王芳", "年假"]]))
    await branch.赵敏.taps("导入")
    assert await branch.look(off, branch.王芳.id) == [(25, 25, "leave")]


def asks(turn: Turn, person: int, day: date) -> None:
    leave.ask(turn, caller(turn, people.get(turn, person)), day, day)


def uploads_of(turn: Reader) -> Sequence[Upload]:
    return turn.session.exec(select(Upload)).all()


async def test_nobody_is_told_twice_though_a_day_goes_to_and_fro(branch: Bank, tmp_path: Path) -> None:
    zhao = branch.赵敏
    for n, mark in enumerate(("休", "班", "休", "班")):
        await zhao.sends(excel(tmp_path / f"{n}.xlsx", [["姓名", "11-25"], ["王芳", mark]]))
        await zhao.taps("导入")
        assert branch.王芳.sees("11月25日休息" if mark == "休" else "11月25日改为上班")
    assert branch.王芳.heard("您的排班有变动") == 4
    assert all(upload.lines == [] for upload in await branch.look(uploads_of))


async def test_the_command_line_reaches_everybody_and_grants_by_nobody(branch: Bank) -> None:
    bounds = rota.Bounds(today=MONDAY)
    lines = [Line(2, "1004", "", ((MONDAY + timedelta(1), Mark.SHIFT),)), Line(3, "1006", "", ())]
    planned, told = await branch.do(rota.apply, lines, bounds)
    assert ([each.person.name for each in planned.concerned], told) == (["赵敏"], 1)
    with pytest.raises(roster.NotSound):
        await branch.do(rota.apply, [Line(2, "nobody", "", ())], bounds)
