"""Proof by voice, video or photo: only where the unit takes files and the person agreed; sealed, seen by who judges, on
a trail, gone in time."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
from sqlmodel import select

from bot.chat.incoming import File, Other
from bot.services import consenting
from bot.services.caller import caller
from bot.store import people, proofs
from bot.store.tables import Consent, Proof, ProofBytes, Viewing
from bot.store.turn import Reader, Turn
from bot.web.app import build
from tests.stories.bank import VAULT, Bank, words
from tests.stories.facts import states
from tests.stories.people import Someone
from tests.stories.test_exports import link_of, nothing_amiss
from tests.stories.test_findings import enters

FILM = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00" + bytes(range(256)) * 20
AMR = b"#!AMR\n" + bytes(100)
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(50)


def kept(turn: Reader) -> list[Proof]:
    return list(turn.session.exec(select(Proof).order_by(Proof.id)))  # type: ignore[arg-type] -- a column


def held(turn: Reader) -> list[bytes]:
    return list(turn.session.exec(select(ProofBytes.sealed)))


def looks(turn: Reader) -> list[tuple[int, int]]:
    return [(one.proof_id, one.by_id) for one in turn.session.exec(select(Viewing))]


def said(turn: Reader) -> list[bool]:
    return [one.given for one in turn.session.exec(select(Consent))]


def says(turn: Turn, person: int, *, given: bool) -> None:
    who = caller(turn, people.get(turn, person))
    (consenting.agree if given else consenting.refuse)(turn, who)


@asynccontextmanager
async def pages(bank: Bank) -> AsyncIterator[httpx.AsyncClient]:
    app = build(None, words()["zh-CN"], nothing_amiss, store=bank.store)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://drill.test") as client:
        yield client


async def takes_files(bank: Bank) -> None:
    """The trainer says that the branch takes files."""
    await bank.赵敏.forges(f"stv:{bank.unit('城东网点')}:proof:files")
    assert bank.赵敏.sees("凭证改为 也收文件。今天起。")


async def called(bank: Bank) -> Someone:
    """王芳 was found not to count before the customer, and has the evening's card."""
    await bank.at("16:00")
    await enters(bank, "吴查")
    await bank.at("17:40")
    return bank.王芳


async def agreed(bank: Bank) -> Someone:
    """The same on a branch that takes files, with her consent."""
    await takes_files(bank)
    wang = await called(bank)
    await wang.taps("同意保存")
    return wang


@pytest.fixture
async def evening(day: Bank) -> Bank:
    await agreed(day)
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
    assert zhao.sees("文件 · 王芳 · 当面清点", "1 视频 0.1 MB", "打开会记下您的姓名和时间", "[打开1：视频]", "[过关]")
    async with pages(day) as site:
        got = await site.get(link_of(zhao))
        assert (got.status_code, got.content) == (200, FILM)
        assert got.headers["cache-control"] == "no-store"
        assert (got.headers["content-type"], got.headers["x-content-type-options"]) == ("video/mp4", "nosniff")
        part = await site.get(link_of(zhao), headers={"range": "bytes=4-7"})
        assert (part.status_code, part.content) == (206, b"ftyp")
        assert part.headers["content-range"] == f"bytes 4-7/{len(FILM)}"
        rest = await site.get(link_of(zhao), headers={"range": f"bytes={len(FILM) - 3}-"})
        assert rest.content == FILM[-3:]
        assert (await site.get(link_of(zhao), headers={"range": "bytes=9999999-"})).status_code == 416
    assert await day.look(looks) == [(proof.id, zhao.id)], "one link is one viewing, however often it asks"
    await zhao.taps("过关")
    assert wang.sees("「当面清点」判定过关")
    await wang.says("/me")
    await wang.taps("我的凭证文件")
    assert wang.sees("11月23日晚 视频 0.1 MB 12月23日删除，赵敏 11月23日", "看过", "[撤回并删除]")


async def test_a_file_may_come_before_the_questions_are_answered(evening: Bank) -> None:
    wang = evening.王芳
    await wang.shows("voice", AMR)
    assert wang.sees("收到了：语音", "题答完并通过以后，就请培训师判定")
    assert not evening.赵敏.heard("请判定")
    await wang.taps("开始 5 题")
    await wang.shows("photo", PHOTO)
    await wang.answers()
    assert await evening.look(states, wang.id) == [("proven", "2026-11-23")]
    assert evening.赵敏.sees("请判定：王芳", "文件凭证 2 份")
    await evening.赵敏.says("/recordings")
    assert evening.赵敏.sees("学习 缺", "文件凭证 2 份")
    await wang.shows("voice", AMR)
    assert evening.赵敏.sees("王芳又发来一份「当面清点」的文件", "[看文件]")
    await wang.shows("photo", PHOTO)
    assert wang.sees("今晚的文件已经有 3 个，够了", "没有下载")
    assert len(await evening.look(kept)) == 3
    await evening.赵敏.taps("看文件")
    assert evening.赵敏.sees("[打开1：语音] [打开2：照片] [打开3：语音]")
    async with pages(evening) as site:
        got = await site.get(link_of(evening.赵敏))
        assert got.content == AMR
        assert got.headers["content-disposition"].startswith("attachment"), "no browser plays AMR"


async def test_a_refusal_costs_nothing_and_nothing_is_even_fetched(day: Bank) -> None:
    await takes_files(day)
    wang = await called(day)
    await wang.taps("不保存")
    assert wang.sees("好，不保存。登记录像位置就够，不影响判定")
    await day.hears(day.event(wang.address, Other("video", media="nobody must fetch this", size=9)))
    assert wang.sees("没有您的同意，这个没有下载", "[同意保存] [不保存]")
    await day.hears(day.event(wang.address, File("a.mp4", 9, "nobody must fetch this")))
    assert not wang.sees("没有下载"), "said once for a burst"
    assert await day.look(kept) == []
    await wang.taps("不保存")
    assert await day.look(said) == [False]
    await wang.taps("开始 5 题")
    await wang.answers()
    assert await day.look(states, wang.id) == [("proving", "2026-11-23")], "references prove it as ever"
    await day.at("11-24 16:00")
    await enters(day, "吴查", "李强")
    await day.at("17:40")
    assert day.李强.sees("要不要保存")
    assert wang.heard("要不要保存") == 2, "once by us, once because she sent something"


async def test_where_the_branch_only_notes_recordings_nothing_is_taken(day: Bank) -> None:
    wang = await called(day)
    assert not wang.heard("要不要保存")
    await day.hears(day.event(wang.address, Other("video", media="nobody must fetch this", size=9)))
    assert wang.sees("您的网点只登记录像位置，不收文件", "没有下载，也没有保存")
    assert not wang.has_button("我的凭证文件")
    await day.hears(day.event(day.李强.address, Other("video", media="nobody must fetch this", size=9)))
    assert day.李强.sees("视频我还看不了"), "of whom no proof is wanted is told what they always were"
    assert await day.look(kept) == []


async def test_without_a_key_or_a_page_nothing_is_taken(evening: Bank) -> None:
    for lacking in ("vault", "site"):
        there = getattr(evening.store, lacking)
        setattr(evening.store, lacking, None)
        await evening.王芳.shows("video", FILM)
        assert lacking == "site" or evening.王芳.sees("存放文件的地方还没有设好")
        setattr(evening.store, lacking, there)
    assert await evening.look(kept) == []


async def test_what_it_is_counts_and_not_what_it_is_called(evening: Bank) -> None:
    wang = evening.王芳
    for data in ("柜员当面清点".encode(), b"PK\x03\x04 a spreadsheet", b"<html>", b""):
        evening.channel.files["m"] = data
        await evening.hears(evening.event(wang.address, File("证据.mp4", len(data), "m")))
        assert wang.sees("看内容，这不是语音、视频或照片，没有保存")
    evening.channel.files["m"] = FILM
    await evening.hears(evening.event(wang.address, File("随便.txt", len(FILM), "m")))
    assert wang.sees("收到了：视频")
    assert len(await evening.look(kept)) == 1


async def test_too_large_or_not_to_be_had_is_not_kept(evening: Bank) -> None:
    wang = evening.王芳
    await evening.hears(evening.event(wang.address, File("a.mp4", 21 << 20, "nobody must fetch this")))
    assert wang.sees("文件太大了（最多 20 MB），没有保存")
    evening.channel.files["m"] = FILM + bytes(20 << 20)
    await evening.hears(evening.event(wang.address, File("a.mp4", 0, "m")))
    assert wang.sees("文件没有取到，没有保存：可能超过了 20 MB")
    await evening.hears(evening.event(wang.address, Other("voice")))
    assert wang.sees("这里收到的语音只有文字")
    assert await evening.look(kept) == []


async def test_the_same_event_twice_keeps_one(evening: Bank) -> None:
    evening.channel.files["m"] = FILM
    sent = evening.event(evening.王芳.address, File("a.mp4", len(FILM), "m"))
    await evening.hears(sent)
    await evening.hears(sent)
    assert len(await evening.look(kept)) == len(await evening.look(held)) == 1


async def test_taken_back_everything_goes_and_only_the_hash_stays(evening: Bank) -> None:
    wang = evening.王芳
    await wang.taps("开始 5 题")
    await wang.answers()
    await wang.shows("video", FILM)
    await evening.赵敏.taps("看文件")
    link = link_of(evening.赵敏)
    await wang.says("/me")
    await wang.taps("我的凭证文件")
    await wang.taps("撤回并删除")
    assert wang.sees("已撤回，删除了 1 份文件。不影响判定", "本人撤回，已删除", "[同意保存]")
    [proof] = await evening.look(kept)
    assert (proof.gone_why, proof.digest) == ("withdrawn", hashlib.sha256(FILM).hexdigest())
    assert await evening.look(held) == []
    assert await evening.look(said) == [True, False]
    async with pages(evening) as site:
        assert (await site.get(link)).status_code == 404
    assert await evening.look(looks) == []
    await evening.赵敏.taps("看文件")
    assert evening.赵敏.sees("视频：本人撤回，已删除", "[过关]")
    assert await evening.look(states, wang.id) == [("proven", "2026-11-23")], "it is judged all the same"


async def test_who_took_consent_back_in_the_same_moment_keeps_nothing(evening: Bank) -> None:
    wang = evening.王芳
    fetched = evening.channel.fetch

    async def meanwhile(media: str, most: int) -> bytes:
        await evening.do(says, wang.id, given=False)
        return await fetched(media, most)

    evening.channel.fetch = meanwhile  # type: ignore[method-assign] -- the platform is slow
    await wang.shows("video", FILM)
    assert wang.sees("刚才这个没有保存：情况有变")
    assert await evening.look(kept) == []


async def test_when_its_time_is_over_a_file_goes_by_itself(evening: Bank) -> None:
    await evening.王芳.shows("video", FILM)
    await evening.at("12-23 17:30", asleep=True)
    await evening.wake()
    assert len(await evening.look(held)) == 1
    await evening.at("12-23 17:41", asleep=True)
    await evening.wake()
    assert await evening.look(held) == []
    [proof] = await evening.look(kept)
    assert (proof.gone_why, proof.gone_at is not None) == ("over", True)
    await evening.王芳.forges("pfm")
    assert evening.王芳.sees("到期已删除")


async def test_nobody_else_sees_anything(evening: Bank) -> None:
    await evening.王芳.taps("开始 5 题")
    await evening.王芳.answers()
    await evening.王芳.shows("video", FILM)
    await evening.赵敏.taps("看文件")
    data = f"pfs:{evening.赵敏.button('过关')[1].data.partition(':')[2]}"
    link = link_of(evening.赵敏)
    for name in ("何训", "周外", "李强", "吴查", "管理员"):
        await evening.person(name).forges(data)
        assert evening.person(name).sees("不在您的查看范围里"), name
    await evening.王芳.forges(data)
    assert not evening.王芳.sees("打开1")
    [proof] = await evening.look(kept)
    sealed = evening.store.site
    assert sealed is not None
    good = evening.clock() + timedelta(minutes=5)
    async with pages(evening) as site:
        for person in (evening.何训.id, evening.王芳.id, 9999):
            assert (await site.get(sealed.link(f"/proof/{proof.id}/{person}", good))).status_code == 404
        assert (await site.get(sealed.link(f"/proof/9999/{evening.赵敏.id}", good))).status_code == 404
        assert (await site.get(link.replace(f"/{proof.id}/", "/2/"))).status_code == 404
        assert (await site.get(f"/proof/{proof.id}/{evening.赵敏.id}")).status_code == 404
        evening.clock.move(evening.clock() + timedelta(minutes=11))
        assert (await site.get(link)).status_code == 404, "after ten minutes"
    assert await evening.look(looks) == []


async def test_a_file_under_another_name_or_key_does_not_open(evening: Bank, caplog: pytest.LogCaptureFixture) -> None:
    await evening.王芳.shows("video", FILM)
    [proof] = await evening.look(kept)

    def swap(turn: Turn) -> None:
        row = turn.session.get_one(ProofBytes, proof.id)
        row.sealed = VAULT.seal(FILM, f"{evening.李强.id}/{proof.digest}")
        turn.session.add(row)

    await evening.do(swap)
    sealed = evening.store.site
    assert sealed is not None
    link = sealed.link(f"/proof/{proof.id}/{evening.赵敏.id}", evening.clock() + timedelta(minutes=5))
    async with pages(evening) as site:
        got = await site.get(link)
    assert (got.status_code, FILM[:8] in got.content) == (500, False)
    assert "CHENLIAN_SECRET_KEY" in caplog.text
    caplog.clear()


async def test_it_is_kept_no_longer_than_was_agreed_and_a_longer_time_is_agreed_anew(evening: Bank) -> None:
    def shorter(turn: Turn) -> None:
        proofs.say(turn, evening.王芳.id, given=True, days=10)

    await evening.do(shorter)
    await evening.王芳.shows("video", FILM)
    assert evening.王芳.sees("12月3日删除")


async def test_the_rubric_is_there_where_the_files_are(evening: Bank) -> None:
    await evening.王芳.taps("开始 5 题")
    await evening.王芳.answers()
    await evening.王芳.shows("video", FILM)
    await evening.赵敏.taps("看文件")
    assert evening.赵敏.sees("看这几点：", "（必须）")
