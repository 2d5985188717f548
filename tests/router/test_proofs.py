"""Files as proof, where one database is enough: what is fetched, what is told from what, what does not open."""

from datetime import datetime, timedelta

import pytest

from bot.chat.incoming import File, Other
from bot.services import causes
from bot.store import people, proofs, units
from bot.store.tables import ProofBytes
from bot.store.turn import Turn
from drills.staying import Rule
from tests.stories.bank import SITE, VAULT, Bank
from tests.stories.facts import states
from tests.stories.proving import FILM, agreed, called, held, kept, pages, said, takes_files
from tests.stories.test_findings import enters
from tests.stories.test_scenes import marks_by_taps


@pytest.fixture
def kind() -> str:
    """One database is enough."""
    return "sqlite"


@pytest.fixture
async def evening(day: Bank) -> Bank:
    """王芳 has agreed, on a branch that takes files, and has the evening's card."""
    await agreed(day)
    return day


def soon(bank: Bank) -> datetime:
    return bank.clock() + timedelta(minutes=5)


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


async def test_it_is_kept_no_longer_than_was_agreed_and_a_longer_time_is_agreed_anew(evening: Bank) -> None:
    def shorter(turn: Turn) -> None:
        proofs.say(turn, evening.王芳.id, given=True, days=10)

    await evening.do(shorter)
    await evening.王芳.shows("video", FILM)
    assert evening.王芳.sees("12月3日删除")


async def test_a_judge_who_is_judged_sees_none_of_their_own(evening: Bank) -> None:
    await evening.王芳.shows("video", FILM)
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
    await evening.王芳.shows("video", FILM)
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
    await evening.王芳.taps("开始 5 题")
    await evening.王芳.answers()
    await evening.王芳.shows("video", FILM)
    evening.store.site = None
    await evening.赵敏.taps("看文件")
    assert evening.赵敏.sees("文件现在打不开", "请告诉管理员")


async def test_who_agreed_ahead_is_told_on_the_evening_and_not_asked(day: Bank) -> None:
    await takes_files(day)
    li = day.李强
    await li.says("/me")
    await li.taps("我的凭证文件")
    assert li.sees("您没有同意保存，发来的不会下载")
    await li.taps("同意保存")
    assert li.sees("好，您同意了保存。需要的那天晚上会告诉您")
    await li.forges("pfy")
    assert await day.look(said) == [True], "the same word twice is one"
    await day.at("16:00")
    await enters(day, "吴查", "李强")
    await day.at("17:40")
    assert li.sees("今晚的演练可以发文件", "最多 3 个，每个 20 MB 以内，存 30 天", "不发也行")
    assert not li.heard("要不要保存")


async def test_a_file_whose_time_is_over_does_not_open_before_the_clock_has_come_by(evening: Bank) -> None:
    await evening.王芳.shows("video", FILM)
    [proof] = await evening.look(kept)
    evening.clock.move(evening.clock() + timedelta(days=30))
    async with pages(evening) as site:
        got = await site.get(SITE.link(f"/proof/file/{proof.id}/{evening.赵敏.id}", soon(evening)))
    assert got.status_code == 404
    assert len(await evening.look(held)) == 1


async def test_recordings_noted_before_the_questions_are_passed_prove_them(day: Bank) -> None:
    wang, zhao = await called(day), day.赵敏
    await zhao.says("/recordings")
    for part in ("登记学习", "登记演练"):
        await zhao.taps(part)
        await zhao.says("一号柜台 17:40-17:45")
    assert not zhao.heard("请判定")
    await wang.taps("开始 5 题")
    await wang.answers()
    assert zhao.sees("请判定：王芳 · 当面清点", "学习 一号柜台 17:40-17:45")


def found(turn: Turn, person: int) -> None:
    """Somebody was found not to greet, which is said aloud and so has a scene in the evening."""
    unit = units.get(turn, people.get(turn, person).unit_id)
    greeting = "manners.greeting"
    causes.bring(turn, unit, person, rule=Rule.FINDING, checkpoint=greeting, by=None, confirmed=True)


async def test_a_film_sent_before_the_scene_is_ticked_proves_the_whole_evening(day: Bank) -> None:
    await takes_files(day)
    sun = day.孙丽
    await day.do(found, sun.id)
    await day.at("17:40")
    await sun.taps("同意保存")
    await sun.taps("开始 5 题")
    await sun.answers()
    assert sun.sees("还差一个情景")
    await sun.shows("video", FILM)
    assert sun.sees("题答完并通过以后，就请培训师判定")
    await sun.taps("李强")
    await marks_by_taps(day.李强, "ABCD")
    assert await day.look(states, sun.id) == [("proven", "2026-11-23")]
    assert day.赵敏.sees("请判定：孙丽 · 迎客", "文件凭证 1 份")
