"""Processes die, sleep too long, or come in twos; the trade does not notice."""

import asyncio
from collections import Counter

from bot.rehearsal.clock import Clock
from bot.services.courier import deliver
from tests.stories.bank import Bank
from tests.stories.people import text_of


async def test_a_restart_at_08_31_doubles_nothing_and_loses_nothing(day: Bank) -> None:
    await day.answer_all("王芳")
    await day.李强.taps("开始")
    await day.李强.answers(most=2)
    await day.at("08:31")
    await day.restart()
    await day.wake()
    assert [day.person(n).heard("早上好") for n in ("王芳", "李强", "孙丽")] == [1, 1, 1]

    await day.at("08:33")
    assert day.李强.sees("还有 3 题没答")
    assert day.孙丽.sees("还有 5 题没答")
    await day.restart()
    await day.at("08:34")
    assert day.李强.heard("08:45 收。") == 1, "the reminder goes out once"
    assert day.王芳.heard("08:45 收。") == 0
    await day.李强.taps("继续")
    assert day.李强.sees("3/5"), "where they were"
    await day.李强.answers()
    await day.at("08:45")
    assert day.王芳.sees("本网点参与 2/3，答对 10/10")


async def test_started_late_at_08_41_the_trainer_is_told_and_nobody_is_blamed(branch: Bank) -> None:
    await branch.at("08:41", asleep=True)
    await branch.restart()
    await branch.wake()
    assert not branch.王芳.seen(), "four minutes are too few"
    assert branch.赵敏.sees("今天 08:03 的题没有推送", "17:30 前都行")
    await _nobody_is_blamed(branch)


async def test_started_at_10_the_day_is_made_up_for_by_those_who_want(branch: Bank) -> None:
    await branch.at("10:00", asleep=True)
    await branch.wake()
    assert branch.赵敏.sees("今天 08:03 的题没有推送")
    assert not branch.赵敏.sees("王芳")
    await _nobody_is_blamed(branch)


async def _nobody_is_blamed(branch: Bank) -> None:
    await branch.at("10:30")
    for name in ("李强", "孙丽", "周外"):
        assert not branch.person(name).heard("没答")
    assert not branch.赵敏.heard("没答题")
    assert not branch.陈主任.heard("没开晨会")
    await branch.王芳.says("/today")
    assert branch.王芳.sees("17:30 前可以补做")
    await branch.王芳.taps("开始补做")
    assert branch.王芳.sees("1/5")
    await branch.王芳.answers()
    assert branch.王芳.sees("5 题对 5", "连续 1 个工作日")
    await branch.at("11-24 07:40")
    assert not branch.陈主任.heard("参与 0/3")
    assert not branch.陈主任.heard("没开晨会")
    await branch.at("11-24 09:05")
    assert not branch.赵敏.heard("连续两天没答")


async def test_started_at_08_20_the_push_still_goes_out_once(branch: Bank) -> None:
    await branch.at("08:20", asleep=True)
    await branch.wake()
    await branch.wake()
    assert branch.王芳.heard("早上好") == 1
    assert branch.赵敏.heard("没有推送") == 0


async def test_two_processes_tick_and_deliver_at_once_and_everybody_hears_once(branch: Bank) -> None:
    async with branch.another_process() as other:
        for at in ("07:40", "08:03", "08:33", "08:45", "09:00", "09:05"):
            await branch.at(at, asleep=True)
            await branch.wake(branch.store, other)
            await branch.wake(other, branch.store)
        every = Counter((seen.address, text_of(seen)) for seen in branch.channel.record)
        assert set(every.values()) == {1}
        assert branch.王芳.heard("早上好") == 1
        assert branch.王芳.heard("还有 5 题没答") == 1
        assert branch.赵敏.heard("今晚没有人需要留下") == 1

        await branch.王芳.taps("开始补做")
        await asyncio.gather(*(deliver(store, branch.channels) for store in (branch.store, other)))
        assert branch.王芳.sees("1/5")


async def test_a_clock_set_back_an_hour_repeats_nothing(day: Bank) -> None:
    letters = len(day.channel.record)
    day.clock = Clock(day.moment("07:20"))
    await day.restart()
    await day.at("08:10")
    assert len(day.channel.record) == letters
    await day.at("08:33")
    assert day.王芳.sees("还有 5 题没答")
