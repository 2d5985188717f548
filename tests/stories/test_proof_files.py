"""A voice, video or photo as proof: taken only where the unit says so and the person agreed, told by its bytes, and
gone when its time is over."""

import pytest

from bot.chat.incoming import File, Other
from bot.services import consenting
from bot.services.caller import caller
from bot.store import people
from bot.store.turn import Turn
from tests.stories.bank import Bank
from tests.stories.facts import states
from tests.stories.proving import AMR, FILM, PHOTO, agreed, called, files_of, held, kept, pages, said, takes_files
from tests.stories.test_findings import enters


def says(turn: Turn, person: int, *, given: bool) -> None:
    who = caller(turn, people.get(turn, person))
    (consenting.agree if given else consenting.refuse)(turn, who)


@pytest.fixture
async def evening(day: Bank) -> Bank:
    await agreed(day)
    return day


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
    assert evening.赵敏.sees("1 语音", "2 照片", "3 语音")
    async with pages(evening) as site:
        files = await files_of(site, evening.赵敏)
        assert len(files) == 3
        got = await site.get(files[2])
        assert got.content == AMR
        assert got.headers["content-disposition"].startswith("attachment"), "no browser plays AMR"


async def test_a_second_judge_looks_at_the_same_files_on_appeal(evening: Bank) -> None:
    wang, judge = evening.王芳, evening.郑总
    await wang.taps("开始 5 题")
    await wang.answers()
    await wang.shows("photo", PHOTO)
    await evening.赵敏.taps("再练一晚")
    await wang.says("/why")
    await wang.taps("不服，申诉")
    await wang.taps("我做对了")
    assert judge.sees("请裁决：王芳的申诉", "文件凭证 1 份"), "above who saw it and who judged"
    await judge.taps("看文件")
    async with pages(evening) as site:
        (file,) = await files_of(site, judge)
        assert (await site.get(file)).content == PHOTO
    await judge.taps("申诉成立")
    assert await evening.look(states, wang.id) == [("withdrawn", "2026-11-24")]


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


async def test_who_took_consent_back_in_the_same_moment_keeps_nothing(
    evening: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    wang = evening.王芳
    fetched = evening.channel.fetch

    async def meanwhile(media: str, most: int) -> bytes:
        await evening.do(says, wang.id, given=False)
        return await fetched(media, most)

    monkeypatch.setattr(evening.channel, "fetch", meanwhile)
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
