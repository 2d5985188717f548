"""A list sent as a file over real HTTP: fetched from Telegram, shown, and done by a tap, whoever dies over it."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from bot.services import roster
from bot.store.turn import Reader
from tests.fakes.telegram import User
from tests.sheets.files import HEADINGS, excel
from tests.telegram.stories.branch import Branch

EAST = [HEADINGS, ["王芳", "1001", "大堂经理", "城东网点", "员工"], ["新一", "N1", "保安", "城东网点", "员工"]]
WALL = [["姓名", "2026-11-24", "2026-11-25"], ["王芳", "休", ""]]


def numbers(turn: Reader) -> list[str]:
    return [entry.number for entry in roster.listing(turn)]


async def has(branch: Branch, number: str) -> bool:
    return number in await branch.look(numbers)


async def heard_twice(stranger: User) -> bool:
    return [("还不认识您" in message.text) for message in stranger.messages] == [True, True]


async def test_an_admin_sends_the_staff_list_and_taps(branch: Branch, tmp_path: Path) -> None:
    (admin,) = await branch.joined("管理员")
    await admin.user.send_document("员工 名单.xlsx", excel(tmp_path / "a.xlsx", EAST).read_bytes(), caption="新名单")
    await admin.sees("名单看过了，还没有导入", "新来 1 人：新一", "变动 1 人：王芳（岗位）", "[导入]")
    assert not await has(branch, "N1")
    await admin.taps("导入")
    await admin.sees("名单已导入", "新来 1 人")
    assert await has(branch, "N1")
    assert not admin.has("[导入]"), "the buttons are gone"


async def test_a_trainer_sends_the_rota_and_the_teller_hears_of_it(branch: Branch, tmp_path: Path) -> None:
    zhao, wang = await branch.joined("赵敏", "王芳")
    await zhao.user.send_document("排班.xlsx", excel(tmp_path / "a.xlsx", WALL).read_bytes())
    await zhao.sees("排班表看过了", "新记休息 1 人 1 天：王芳")
    await zhao.taps("导入")
    await zhao.sees("已导入，通知了 1/1 人。")
    await branch.wake()
    await wang.sees("您的排班有变动", "11月24日休息")


async def test_a_file_of_somebody_else_is_not_even_asked_for(branch: Branch, tmp_path: Path) -> None:
    (wang,) = await branch.joined("王芳")
    stranger = branch.fake.user(9001, "路人")
    data = excel(tmp_path / "a.xlsx", EAST).read_bytes()
    await wang.user.send_document("名单.xlsx", data)
    await branch.wake()
    await wang.sees("这个文件我没有打开")
    await stranger.start()
    await stranger.send_document("名单.xlsx", data)
    await branch.until(partial(heard_twice, stranger))
    assert not branch.fake.called("getFile")


async def test_files_that_are_too_large_or_no_lists(branch: Branch, tmp_path: Path) -> None:
    (admin,) = await branch.joined("管理员")
    await admin.user.send_document("名单.xlsx", b"x", size=30 * 2**20)
    await admin.sees("文件太大了（最多 10 MB）")
    assert not branch.fake.called("getFile")
    await admin.user.send_document("名单.xlsx", b"0" * (11 * 2**20), size=1000)
    await admin.sees("这个文件取不下来，多半是太大了")
    await admin.user.send_document("合影.xlsx", b"\x89PNG no list")
    await admin.sees("这不是 Excel（.xlsx）或 CSV 文件")


@pytest.mark.parametrize("point", ["before", "after"])
async def test_a_process_that_dies_over_a_file_shows_it_once(branch: Branch, tmp_path: Path, point: str) -> None:
    (admin,) = await branch.joined("管理员")
    setattr(branch.store, f"held_{point}", "act")
    update = await admin.user.send_document("名单.xlsx", excel(tmp_path / "a.xlsx", EAST).read_bytes())
    async with asyncio.timeout(10):
        await branch.store.holding.wait()
    assert not branch.is_forgotten(update)
    await branch.die()
    await branch.start()
    await branch.wake()
    await admin.sees("名单看过了，还没有导入")
    await admin.taps("导入")
    await branch.until(partial(has, branch, "N1"))
    await admin.sees("名单已导入")
    assert len(admin.has("名单看过了")) == 0
    assert len(admin.has("名单已导入")) == 1
