"""The staff list, sent to the bot as a file: shown, then done when its sender says so, once."""

import asyncio
from pathlib import Path

import pytest
from sqlmodel import select

from bot.chat.incoming import File
from bot.services import roster
from bot.store import people, uploads
from bot.store.tables import Unit, Upload
from bot.store.turn import Reader
from tests.services.test_roster import COUNTY
from tests.services.test_roster_scope import settle_in
from tests.sheets.files import HEADINGS, excel, text
from tests.stories.bank import Bank
from tests.stories.people import Someone

EAST = [
    [*HEADINGS, "上级单位"],
    ["王芳", "1001", "大堂经理", "城东网点", "员工", ""],
    ["李强", "1002", "柜员", "城东网点", "员工", ""],
    ["赵敏", "1004", "", "城东网点", "培训师", ""],
    ["陈主任", "1005", "", "城东网点", "负责人", ""],
    ["新一", "N1", "保安", "城东网点", "员工", ""],
    ["新二", "N2", "柜员", "新开网点", "员工", "总行/某省分行/某市分行/某县支行"],
]


def numbers(turn: Reader) -> list[str]:
    return [entry.number for entry in roster.listing(turn)]


def kept(turn: Reader) -> list[Upload]:
    return list(turn.session.exec(select(Upload)))


@pytest.fixture
async def admin(branch: Bank, tmp_path: Path) -> Someone:
    """The admin, who has just sent the list of one branch."""
    await branch.管理员.sends(excel(tmp_path / "名单.xlsx", EAST))
    return branch.管理员


async def test_the_list_is_shown_and_nothing_is_done_yet(branch: Bank, admin: Someone) -> None:
    assert admin.sees("名单看过了，还没有导入", "新建单位 1 个：新开网点", "新来 2 人：新一、新二")
    assert admin.sees("变动 1 人：王芳（岗位）", "文件里没有 1 人，没有动他们：孙丽", "不变 3 人")
    assert admin.sees("[导入] [导入，没列的 1 人算离开] [不用了]")
    assert "N1" not in await branch.look(numbers)


async def test_a_tap_does_it_once_and_leaves_who_is_missing(branch: Bank, admin: Someone) -> None:
    again = admin.button("导入")[1].data
    await admin.taps("导入")
    assert admin.sees("名单已导入", "新来 2 人", "变动 1 人", "chenlian invite")
    listed = await branch.look(numbers)
    assert {"N1", "N2", "1003"} <= set(listed)
    await admin.forges(again)
    assert admin.sees("已经导入过了")
    await admin.forges(again.replace("fi", "fl"))
    assert admin.sees("已经导入过了")
    assert await branch.look(numbers) == listed
    [upload] = await branch.look(kept)
    assert upload.lines == [], "what was listed is not kept longer than it is needed"


async def test_with_the_other_button_who_is_missing_has_left(branch: Bank, admin: Someone) -> None:
    await admin.taps("导入，没列的 1 人算离开")
    assert admin.sees("离开 1 人")
    assert not (await branch.look(people.get, branch.孙丽.id)).active
    await branch.孙丽.says("/me")
    assert branch.孙丽.sees("还不认识您")


async def test_not_wanted(branch: Bank, admin: Someone) -> None:
    first = admin.button("导入")[1].data
    await admin.taps("不用了")
    assert admin.sees("没有导入")
    await admin.forges(first)
    assert admin.sees("这份表已经不在了")
    assert await branch.look(kept) == []


async def test_nobody_else_can_press_it(branch: Bank, admin: Someone) -> None:
    for words in ("fi", "fl", "fx"):
        await branch.赵敏.forges(admin.button(words)[1].data)
        assert branch.赵敏.sees("这份表已经不在了")
    assert "N1" not in await branch.look(numbers)
    await admin.taps("导入")
    assert "N1" in await branch.look(numbers)


async def test_after_a_day_it_is_sent_again(branch: Bank, admin: Someone) -> None:
    button = admin.button("导入")[1].data
    branch.clock.pass_by(uploads.FRESH.total_seconds())
    await admin.forges(button)
    assert admin.sees("这份表已经不在了")
    await branch.at("11-24 09:00")
    assert await branch.look(kept) == [], "with the next push it is forgotten"


async def test_what_has_changed_meanwhile_is_shown_anew(branch: Bank, admin: Someone, tmp_path: Path) -> None:
    await admin.sends(excel(tmp_path / "b.xlsx", [HEADINGS, ["新一", "N1", "保安", "城西网点", "员工"]]))
    newer, older = admin.button("导入")[1].data, sorted(branch.channel.phones[admin.address].messages)[-2]
    await admin.taps("导入")
    older_button = branch.channel.phones[admin.address].messages[older].buttons[0][0].data
    assert older_button != newer
    await admin.forges(older_button, older)
    assert admin.sees("刚才有了变动，请再看一遍", "新来 1 人：新二", "变动 2 人：王芳（岗位）、新一（网点）")
    listed = await branch.look(numbers)
    assert "N2" not in listed
    await admin.taps("导入")
    assert admin.sees("名单已导入")
    assert "N2" in await branch.look(numbers)


async def test_a_list_that_has_become_wrong_meanwhile(branch: Bank, admin: Someone) -> None:
    def rename(turn: Reader) -> None:
        unit = turn.session.get_one(Unit, branch.unit("城东网点"))
        unit.name = "东城网点"
        turn.session.add(unit)

    await branch.do(rename)
    await admin.taps("导入")
    assert admin.sees("还没有这个单位", "什么都还没导入")
    assert "N1" not in await branch.look(numbers)


async def test_the_same_event_twice_and_two_taps_at_once(branch: Bank, tmp_path: Path) -> None:
    admin = branch.管理员
    sent = admin.file(excel(tmp_path / "名单.xlsx", EAST))
    await asyncio.gather(branch.takes(sent), branch.takes(sent))
    await branch.takes(sent)
    assert admin.heard("名单看过了") == 1
    assert len(await branch.look(kept)) == 1
    branch.begun = len(branch.channel.record)
    taps = [admin.tap("导入") for _ in range(3)]
    async with branch.another_process() as other:
        await asyncio.gather(branch.takes(taps[0]), branch.takes(taps[1], other), branch.takes(taps[2]))
    assert admin.heard("名单已导入") == 1
    assert admin.seen().count("已经导入过了") == 2
    assert len(await branch.look(numbers)) == len(branch.town.people) + 2


async def test_mistakes_are_told_by_row_and_column(branch: Bank, tmp_path: Path) -> None:
    admin = branch.管理员
    wrong = [["某人", f"X{n}", "柜员A", "城东网点", "员工"] for n in range(12)]
    await admin.sends(excel(tmp_path / "名单.xlsx", [HEADINGS, *wrong, ["好人", "Y", "保安", "没有的网点", "员工"]]))
    assert admin.sees("第 2 行「岗位」写的是「柜员A」，要是 柜员 / 大堂经理 / 保安 之一", "还有 3 处", "什么都还没导入")
    assert not admin.has_button("导入")
    assert await branch.look(kept) == []
    await admin.sends(excel(tmp_path / "b.xlsx", [HEADINGS, ["好人", "Y", "保安", "没有的网点", "员工"]]))
    assert admin.sees("第 2 行「网点」写的是「没有的网点」，还没有这个单位")


async def test_what_is_as_it_is_needs_no_button(branch: Bank, tmp_path: Path) -> None:
    rows = [
        [HEADINGS[0], *HEADINGS[1:]],
        ["周外", "1006", "柜员", "城西网点", "员工"],
        ["何训", "1007", "", "城西网点", "培训师"],
    ]
    await branch.管理员.sends(text(tmp_path / "a.csv", rows))
    assert branch.管理员.sees("和现在一样，没有要导入的", "不变 2 人")
    assert not branch.管理员.has_button("不用了")


async def test_a_list_without_a_branch_needs_one(branch: Bank, tmp_path: Path) -> None:
    path = excel(tmp_path / "a.xlsx", [HEADINGS[:3], ["新一", "N1", "保安"]])
    await branch.管理员.sends(path)
    assert branch.管理员.sees("而网点不止一个")


async def appointed(bank: Bank, number: str, name: str, *chain: str) -> Someone:
    """An admin of a unit, with a phone."""
    person = await bank.do(settle_in, number, name, chain)
    bank.town.people[name] = person
    return bank.person(name)


async def test_a_list_without_a_branch_belongs_to_the_only_one_its_sender_keeps(branch: Bank, tmp_path: Path) -> None:
    west = await appointed(branch, "A3", "西管", *COUNTY, "城西网点")
    await west.sends(excel(tmp_path / "a.xlsx", [HEADINGS[:3], ["新一", "N1", "保安"], ["周外", "1006", "柜员"]]))
    assert west.sees(
        "新来 1 人：新一", "文件里没有 1 人，没有动他们：何训", "没列、但不会算离开", "：西管", "不变 1 人"
    )
    await west.taps("导入，没列的 1 人算离开")
    assert west.sees("名单已导入", "离开 1 人")
    assert {"N1", "A3", "1006"} <= set(await branch.look(numbers))


async def test_an_admin_of_another_county_learns_and_changes_nothing(branch: Bank, tmp_path: Path) -> None:
    neighbour = await appointed(branch, "A2", "邻管", *COUNTY[:3], "邻县支行")
    before = await branch.look(numbers)
    await neighbour.sends(excel(tmp_path / "a.xlsx", EAST))
    assert neighbour.sees("第 2 行「网点」写的是「城东网点」，不在您管的单位里（邻县支行）。", "什么都还没导入")
    here = [[*HEADINGS, "上级单位"], ["谁呢", "1001", "柜员", "邻县一所", "员工", "总行/某省分行/某市分行/邻县支行"]]
    await neighbour.sends(excel(tmp_path / "b.xlsx", here))
    assert neighbour.sees("第 2 行「工号」写的是「1001」，这个工号不在您管的单位里。")
    assert "王芳" not in neighbour.seen()
    assert not neighbour.has_button("导入")
    assert await branch.look(numbers) == before


async def test_only_files_of_those_who_may_are_fetched(branch: Bank, tmp_path: Path) -> None:
    path = excel(tmp_path / "名单.xlsx", EAST)
    for name in ("王芳", "吴查"):
        event = branch.event(branch.person(name).address, File("名单.xlsx", 10, "nobody must fetch this"))
        await branch.hears(event)
        assert branch.person(name).sees("这个文件我没有打开")
    for name in ("赵敏", "陈主任", "郑总"):
        await branch.person(name).sends(path)
        assert branch.person(name).sees("员工名单由管理员来发")


async def test_files_that_are_none(branch: Bank, tmp_path: Path) -> None:
    admin = branch.管理员
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7 a picture")
    await admin.sends(tmp_path / "a.xlsx")
    assert admin.sees("这不是 Excel（.xlsx）或 CSV 文件", "什么都还没导入")
    await admin.sends(excel(tmp_path / "b.xlsx", [["月份", "存款"], ["一月", "3"]]))
    assert admin.sees("找不到表头")
    await branch.赵敏.sends(tmp_path / "b.xlsx")
    assert branch.赵敏.sees("看不出这是名单、请假表还是排班表")
    await branch.hears(branch.event(admin.address, File("名单.xlsx", 99 * 2**20, "m")))
    assert admin.sees("文件太大了（最多 10 MB）")
    await branch.hears(branch.event(admin.address, File("名单.xlsx", 0, "gone")))
    assert admin.sees("这个文件取不下来")


async def test_a_platform_that_does_not_give_it(branch: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.chat.channel import SendError

    async def breaks(media: str, most: int) -> bytes:
        raise SendError("timed out", permanent=False)

    async def hangs(media: str, most: int) -> bytes:
        await asyncio.Event().wait()
        return b""

    monkeypatch.setattr("bot.router.files.FETCHING", 0.05)
    for way in (breaks, hangs):
        monkeypatch.setattr(branch.channel, "fetch", way)
        await branch.管理员.sends(excel(tmp_path / "名单.xlsx", EAST))
        assert branch.管理员.sees("文件没有取到。请过一会儿再发一次。")


async def test_an_admin_whose_role_has_ended_meanwhile(branch: Bank, admin: Someone) -> None:
    await branch.do(people.take_roles, admin.id)
    await admin.taps("导入")
    assert admin.sees("不在您的查看范围里")
