"""Looking at proof: only who may judge, by a page of some minutes, every look on a trail that its owner reads; taken
back, everything goes."""

import hashlib
from datetime import datetime, timedelta

import pytest

from bot.store.tables import ProofBytes
from bot.store.turn import Turn
from tests.stories.bank import SITE, VAULT, Bank
from tests.stories.facts import states
from tests.stories.proving import FILM, called, files_of, held, kept, looks, pages, proved, said, takes_files
from tests.stories.test_exports import link_of


@pytest.fixture
async def evening(day: Bank) -> Bank:
    """王芳 has proved her evening by a film, and 赵敏 is to judge it."""
    await proved(day)
    return day


async def test_a_film_is_kept_sealed_judged_in_one_tap_and_every_look_is_on_the_trail(day: Bank) -> None:
    await takes_files(day)
    wang, zhao = await called(day), day.赵敏
    assert wang.sees("您发来的语音、视频、照片，要不要保存", "最多 30 天就删除", "登记录像就够", "[同意保存] [不保存]")
    await wang.taps("同意保存")
    assert wang.sees("好，您同意了保存")
    await wang.taps("开始 5 题")
    await wang.answers()
    await wang.shows("video", FILM)
    assert wang.sees("收到了：视频，0.1 MB。已加密保存，12月23日删除", "已请培训师判定")
    assert await day.look(states, wang.id) == [("proven", "2026-11-23")]
    [proof] = await day.look(kept)
    assert (proof.kind, proof.media, proof.size) == ("video", "video/mp4", len(FILM))
    assert proof.digest == hashlib.sha256(FILM).hexdigest()
    [sealed] = await day.look(held)
    assert FILM[12:100] not in sealed

    assert zhao.sees("请判定：王芳 · 当面清点", "文件凭证 1 份", "[看文件]")
    await zhao.taps("看文件")
    assert zhao.sees("文件 · 王芳 · 当面清点", "1 视频 0.1 MB", "打开会记下您的姓名和时间", "[打开文件]", "[过关]")
    assert zhao.sees("看这几点：", "（必须）"), "the rubric of a scene on this checkpoint"
    async with pages(day) as site:
        [film] = await files_of(site, zhao)
        assert await day.look(looks) == [], "the page alone shows nothing"
        got = await site.get(film)
        assert (got.status_code, got.content) == (200, FILM)
        assert got.headers["cache-control"] == "no-store"
        assert (got.headers["content-type"], got.headers["x-content-type-options"]) == ("video/mp4", "nosniff")
        part = await site.get(film, headers={"range": "bytes=4-7"})
        assert (part.status_code, part.content) == (206, b"ftyp")
        assert part.headers["content-range"] == f"bytes 4-7/{len(FILM)}"
        assert (await site.get(film, headers={"range": f"bytes={len(FILM) - 3}-"})).content == FILM[-3:]
        assert (await site.get(film, headers={"range": "bytes=9999999-"})).status_code == 416
        assert await day.look(looks) == [(proof.id, zhao.id)], "one link is one viewing, however often it asks"
        day.clock.move(day.clock() + timedelta(minutes=1))
        await site.get((await files_of(site, zhao))[0])
    assert await day.look(looks) == [(proof.id, zhao.id)] * 2
    await zhao.taps("过关")
    assert wang.sees("「当面清点」判定过关")
    await wang.says("/me")
    await wang.taps("我的凭证文件")
    assert wang.sees("11月23日晚 视频 0.1 MB 12月23日删除，赵敏 11月23日 17:41 看过、赵敏 11月23日 17:40 看过")
    assert wang.has_button("撤回并删除")


async def test_taken_back_everything_goes_and_only_the_hash_stays(evening: Bank) -> None:
    wang, zhao = evening.王芳, evening.赵敏
    await zhao.taps("看文件")
    async with pages(evening) as site:
        [film] = await files_of(site, zhao)
        await wang.says("/me")
        await wang.taps("我的凭证文件")
        await wang.taps("撤回并删除")
        assert wang.sees("已撤回，删除了 1 份文件。不影响判定", "本人撤回，已删除", "[同意保存]")
        [proof] = await evening.look(kept)
        assert (proof.gone_why, proof.digest) == ("withdrawn", hashlib.sha256(FILM).hexdigest())
        assert await evening.look(held) == []
        assert await evening.look(said) == [True, False]
        assert (await site.get(film)).status_code == 404
        assert await evening.look(looks) == []
        await zhao.taps("看文件")
        assert zhao.sees("视频：本人撤回，已删除", "[过关]")
        page = await site.get(SITE.link(page_of(evening, zhao.id), soon(evening)))
        assert "本人撤回，已删除" in page.text
        assert "<video" not in page.text
    assert await evening.look(states, wang.id) == [("proven", "2026-11-23")], "it is judged all the same"


def page_of(bank: Bank, person: int) -> str:
    """The path of the page about 王芳's case, for somebody."""
    return f"/proof/case/{bank.赵敏.button('过关')[1].data.partition(':')[2]}/{person}"


def soon(bank: Bank) -> datetime:
    return bank.clock() + timedelta(minutes=5)


async def test_nobody_else_sees_anything(evening: Bank) -> None:
    zhao, wang = evening.赵敏, evening.王芳
    await zhao.taps("看文件")
    data, link = f"pfs:{page_of(evening, 0).split('/')[3]}", link_of(zhao)
    for name in ("何训", "周外", "李强", "吴查", "管理员", "王芳"):
        await evening.person(name).forges(data)
        assert evening.person(name).sees("不在您的查看范围里"), name
    [proof] = await evening.look(kept)
    file = f"/proof/file/{proof.id}"
    async with pages(evening) as site:

        async def lost(path: str) -> bool:
            return (await site.get(SITE.link(path, soon(evening)))).status_code == 404

        for person in (evening.何训.id, wang.id, evening.吴查.id, 9999):
            assert await lost(f"{file}/{person}"), "the right is looked at again when it is opened"
            assert await lost(page_of(evening, person))
        odd = ("/proof/file/9999/1", "/proof/case/9999/1", "/proof/file/x/1", f"{file}/1/1", "/proof/file/", "/proof/")
        assert [path for path in odd if not await lost(path)] == []
        assert (await site.get(f"{file}/{zhao.id}")).status_code == 404, "without a seal"
        assert (await site.get(link.replace("/case/", "/file/"))).status_code == 404, "the seal is of another path"
        evening.clock.move(evening.clock() + timedelta(minutes=11))
        assert (await site.get(link)).status_code == 404, "after ten minutes"
    assert await evening.look(looks) == []


async def test_a_judge_who_is_judged_sees_none_of_their_own(evening: Bank) -> None:
    [proof] = await evening.look(kept)

    def swap(turn: Turn) -> None:
        row = turn.session.get_one(type(proof), proof.id)
        row.person_id = evening.赵敏.id
        turn.session.add(row)

    await evening.do(swap)
    async with pages(evening) as site:
        link = SITE.link(f"/proof/file/{proof.id}/{evening.赵敏.id}", soon(evening))
        assert (await site.get(link)).status_code == 404


async def test_a_file_under_another_name_does_not_open(evening: Bank, caplog: pytest.LogCaptureFixture) -> None:
    [proof] = await evening.look(kept)

    def swap(turn: Turn) -> None:
        row = turn.session.get_one(ProofBytes, proof.id)
        row.sealed = VAULT.seal(FILM, f"{evening.李强.id}/{proof.digest}")
        turn.session.add(row)

    await evening.do(swap)
    async with pages(evening) as site:
        got = await site.get(SITE.link(f"/proof/file/{proof.id}/{evening.赵敏.id}", soon(evening)))
    assert (got.status_code, FILM[:8] in got.content) == (500, False)
    assert "CHENLIAN_SECRET_KEY" in caplog.text
    caplog.clear()


async def test_without_a_page_to_show_them_on_the_judge_is_told(evening: Bank) -> None:
    evening.store.site = None
    await evening.赵敏.taps("看文件")
    assert evening.赵敏.sees("文件现在打不开", "请告诉管理员")
