"""Answers and a month's figures as files: by a link that opens for ten minutes, for whoever may have them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from openpyxl import load_workbook

from bot.services import exporting
from bot.store import people
from bot.store.export import Wanted
from bot.store.turn import Look, Turn
from bot.web.app import build
from tests.stories.bank import Bank, words
from tests.stories.people import Someone

NOVEMBER = Wanted(path="/", first=date(2026, 11, 1), last=date(2026, 11, 30))
Rows = list[list[Any]]


async def nothing_amiss() -> list[str]:
    return []


@asynccontextmanager
async def the_site(bank: Bank) -> AsyncIterator[httpx.AsyncClient]:
    app = build(None, words()["zh-CN"], nothing_amiss, store=bank.store)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://drill.test") as client:
        yield client


def link_of(someone: Someone) -> str:
    """The newest page a button of theirs opens."""
    urls = [b.url for s in someone.bank.came() if s.message for row in s.message.buttons for b in row if b.url]
    return urls[-1]


def pages(path: Path) -> dict[str, Rows]:
    book = load_workbook(path, read_only=True)
    found = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    book.close()
    return found


async def test_a_trainer_takes_the_answers_of_the_month_by_a_link(day: Bank, tmp_path: Path) -> None:
    await day.answer_all("王芳", "周外")
    zhao = day.赵敏
    await zhao.says("/export")
    assert zhao.sees("导出 · 城东网点", "[11 月月末表]", "[10 月月末表]", "[11 月答题明细]", "[10 月答题明细]")
    await zhao.taps("11 月答题明细")
    assert zhao.sees("11 月的答题明细好了", "链接 10 分钟内有效", "[下载]")
    async with the_site(day) as site:
        got = await site.get(link_of(zhao))
        assert (got.status_code, got.headers["cache-control"]) == (200, "no-store")
        (tmp_path / "a.xlsx").write_bytes(got.content)
        (rows,) = pages(tmp_path / "a.xlsx").values()
        assert rows[0] == [
            *("日期", "网点", "工号", "姓名", "题目代码", "题目", "答了什么", "对", "计分", "出题原因", "种类", "时间")
        ]
        assert [row[:4] for row in rows[1:]] == [["2026-11-23", "城东网点", "1001", "王芳"]] * 5, "nobody of elsewhere"
        assert all(row[5] and row[6] and row[7:9] == ["是", "是"] for row in rows[1:])


async def test_every_link_that_is_not_good_is_no_page_at_all(day: Bank) -> None:
    zhao, hexun = day.赵敏, day.何训
    unit, other = day.unit("城东网点"), day.unit("城西网点")
    await zhao.forges(f"exl:{other}:answers:20261101")
    assert zhao.sees("这个不在您的查看范围里"), "no link to another branch"
    await zhao.forges(f"exl:{unit}:all:20261101")
    assert zhao.sees("这个按钮已经不用了")
    await zhao.forges(f"exl:{unit}:month:20261101")
    good = link_of(zhao)
    parts = urlsplit(good)
    async with the_site(day) as site:
        lost = await site.get("/nothing/here")

        async def same(address: str) -> bool:
            got = await site.get(address)
            return (got.status_code, got.text, got.headers) == (lost.status_code, lost.text, lost.headers)

        assert (await site.get(good)).status_code == 200
        for path in (parts.path.replace(f"/{unit}/", f"/{other}/"), parts.path.rpartition("/")[0] + f"/{hexun.id}"):
            assert await same(f"{path}?{parts.query}"), "the seal is of another path"
        assert await same(parts.path)
        assert await same("/export/")
        sealed = day.store.site
        assert sealed is not None
        foreign = sealed.link(f"/export/answers/{unit}/2026-11/{hexun.id}", day.clock() + timedelta(minutes=5))
        assert await same(foreign), "the rights are looked at again when it is fetched"
        nobody = sealed.link(f"/export/answers/{unit}/2026-11/9999", day.clock() + timedelta(minutes=5))
        assert await same(nobody)
        await day.do(dismiss, zhao.id)
        assert await same(good), "who has left has no files"
        await day.do(dismiss, zhao.id, back=True)
        day.clock.move(day.clock() + timedelta(minutes=11))
        assert await same(good), "after ten minutes"


def dismiss(turn: Turn, person: int, *, back: bool = False) -> None:
    people.get(turn, person).active = back


async def test_without_a_public_address_the_command_is_told(day: Bank) -> None:
    day.store.site = None
    await day.陈主任.says("/export")
    await day.陈主任.taps("11 月答题明细")
    assert day.陈主任.sees("请管理员运行：chenlian answers export --unit 城东网点 --from 2026-11-01 --out")
    await day.陈主任.says("/export")
    await day.陈主任.taps("10 月月末表")
    assert day.陈主任.sees("chenlian month --unit 城东网点 --month 2026-10")


async def test_a_manager_above_chooses_a_branch(day: Bank) -> None:
    await day.郑总.says("/export")
    assert day.郑总.sees("导出 · 某市分行")
    await day.郑总.taps("选网点")
    await day.郑总.taps("城西网点")
    assert day.郑总.sees("导出 · 城西网点")


async def test_the_months_sheet_counts_days_answers_streaks_evenings_and_cases(proposed: Bank, tmp_path: Path) -> None:
    await proposed.赵敏.taps("全部确认")
    await proposed.at("17:40")
    await proposed.王芳.taps("开始 5 题")
    proposed.clock.move(proposed.clock() + timedelta(seconds=250))
    await proposed.王芳.answers()
    file = tmp_path / "m.xlsx"

    async def link() -> dict[str, Rows]:
        await proposed.郑总.forges(f"exl:{proposed.unit('某市分行')}:month:20261101")
        async with the_site(proposed) as site:
            file.write_bytes((await site.get(link_of(proposed.郑总))).content)
        return pages(file)

    found = await link()
    assert list(found) == ["人员", "网点", "要点", "说明"]
    head, *rows = found["人员"]
    by_name = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    wang = by_name["王芳"]
    assert {key: wang[key] for key in ("应答天数", "已答天数", "答对", "题数", "连续天数", "补练天数", "补练分钟")} == {
        "应答天数": 2,
        "已答天数": 2,
        "答对": 8,
        "题数": 10,
        "连续天数": 2,
        "补练天数": 1,
        "补练分钟": 5,
    }
    assert wang["补练单：已通过"] == 1
    assert by_name["周外"]["已答天数"] == 0
    assert found["网点"][1:] == [["城东网点", 6, 6, 28, 30], ["城西网点", 2, 0, 0, 0]]
    explained = {row[0] for row in found["说明"][1:]}
    assert set(head[4:11]) <= explained


async def test_answers_of_one_person_or_question_as_csv_without_formulas(day: Bank, tmp_path: Path) -> None:
    await day.answer_all("王芳", "李强")
    steps: list[tuple[int, int]] = []

    def ours(turn: Look) -> int:
        people_ = people.by_staff_number(turn, "1001")
        assert people_ is not None
        wanted = Wanted(path="/", first=NOVEMBER.first, last=NOVEMBER.last, person=people_.id)
        return exporting.write_answers(turn, tmp_path / "a.csv", wanted, words()["en"], lambda *at: steps.append(at))

    assert await day.look(ours) == 5
    assert steps == [(5, 5)]
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith('"Day","Branch","Staff number"')
    assert len(lines) == 6

    def one(turn: Look) -> int:
        wanted = Wanted(path="/", first=NOVEMBER.first, last=NOVEMBER.last, question="count-1")
        return exporting.write_answers(turn, tmp_path / "b.csv", wanted, words()["en"])

    assert await day.look(one) <= 2


async def test_a_file_that_could_not_be_finished_is_not_left_behind(day: Bank, tmp_path: Path) -> None:
    await day.answer_all("王芳")

    def fail(done: int, of: int) -> None:
        raise RuntimeError("the disk is on fire")

    for name in ("a.xlsx", "a.csv"):
        with pytest.raises(RuntimeError, match="fire"):
            await day.look(exporting.write_answers, tmp_path / name, NOVEMBER, words()["en"], fail)
        assert not (tmp_path / name).exists()
