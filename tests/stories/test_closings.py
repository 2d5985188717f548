"""停课: said before the push or after it, ahead or in the middle of the day, lifted again; and who is told."""

from datetime import date

import pytest

from bot.store import answers, closings
from tests.stories.bank import Bank
from tests.stories.facts import moves, states
from tests.stories.group import Group
from tests.stories.people import Someone

STAFF = ("王芳", "李强", "孙丽")


async def calls_off(who: Someone, reason: str = "", *, day: str = "今天") -> None:
    """By the buttons of the settings."""
    await who.says("/settings")
    await who.taps("停课")
    await who.taps(f"{day}停课")
    if reason:
        await who.says(reason)
    else:
        await who.taps("停课")


async def test_a_day_called_off_before_the_push_has_nothing_and_everybody_is_told_once(branch: Bank) -> None:
    await branch.at("07:45")
    await calls_off(branch.陈主任, "台风")
    assert branch.陈主任.sees("好，今天 停课：台风。已通知 4 人。", "[恢复今天]")
    for name in (*STAFF, "赵敏"):
        assert branch.person(name).sees("今天 停课：台风", "今天没有题，连续天数不受影响"), name
    assert not branch.周外.seen()
    await branch.at("21:30")
    for name in STAFF:
        assert not branch.person(name).heard("早上好")
        assert branch.person(name).heard("停课") == 1, "once"
    assert not branch.赵敏.heard("今晚")
    await branch.王芳.says("/today")
    assert branch.王芳.sees("今天 停课：台风。没有题，连续天数不受影响。")
    await branch.赵敏.says("/missing")
    assert branch.赵敏.sees("今天 停课：台风")
    await branch.赵敏.says("/tonight")
    assert branch.赵敏.sees("今天 停课：台风")
    await branch.at("11-24 07:40")
    assert branch.郑总.sees("停课：城东网点（台风）")
    assert not branch.郑总.sees("没开晨会：城东网点")
    await branch.at("08:03")
    assert branch.王芳.heard("早上好") == 1, "and the next day is a day"


async def test_a_day_called_off_after_the_push_excuses_the_morning_and_keeps_what_was_answered(day: Bank) -> None:
    wang, li, zhao = day.王芳, day.李强, day.赵敏
    await wang.starts()
    await li.taps("开始")
    await li.answers(most=2)
    await day.at("08:20")
    await calls_off(zhao)
    assert li.sees("今天 停课", "已经答的照算，没答的不算缺"), "told what becomes of it"
    assert await li.answers() == 0
    assert li.sees("08:20 已收，这题不计分，当练习")
    counted = [g.counted for g in await day.look(answers.of_person, li.id)]
    assert counted == [True, True, False, False, False], "what was said to count does, the rest is practice"
    await day.孙丽.taps("开始")
    assert day.孙丽.sees("今天 停课。没有题"), "no make-up is offered"
    await zhao.forges(f"nu:{day.unit('城东网点')}:20261123")
    await day.at("21:30")
    for name in STAFF:
        assert not day.person(name).heard("还有"), "no reminder"
        assert not day.person(name).heard("补做"), "and no make-up"
    assert not zhao.heard("今晚建议")
    assert not day.陈主任.heard("没开晨会")
    await day.at("11-24 07:40")
    assert not day.陈主任.heard("参与"), "the day has no figures"
    await day.at("09:00")
    assert not zhao.heard("连续两天没答")
    await wang.starts()
    assert wang.sees("08:45 已收") or wang.seen()


async def test_the_summary_that_came_before_the_day_was_called_off_does_not_come_again(day: Bank) -> None:
    await day.answer_all("王芳")
    await day.at("11-24 08:10")
    assert day.陈主任.heard("参与 1/3") == 1
    await calls_off(day.赵敏, "台风")
    await day.at("11-25 07:40")
    assert day.陈主任.heard("参与 1/3") == 1
    assert day.郑总.sees("11月24日", "停课：城东网点（台风）")
    await day.郑总.forges(f"u:{day.unit('某县支行')}:20261124")
    assert day.郑总.sees("城东网点 停课：台风")


async def test_streaks_stand_still_over_a_day_called_off(day: Bank) -> None:
    await day.answer_all("王芳")
    await day.do(closings.close, day.unit("某县支行"), date(2026, 11, 24), "全县比赛", "no-drill")
    await day.at("11-25 08:03")
    await day.王芳.starts()
    assert day.王芳.sees("连续 2 个工作日")


async def test_who_was_to_stay_comes_on_the_next_working_day(proposed: Bank) -> None:
    wang, zhao = proposed.王芳, proposed.赵敏
    await zhao.taps("全部确认")
    await proposed.at("15:00")
    await calls_off(zhao, "断电")
    assert wang.sees("今天 停课：断电", "「当面清点」的补练改到明天（11月25日）")
    assert await proposed.look(states, wang.id) == [("confirmed", "2026-11-25")]
    await proposed.at("21:30")
    assert not wang.heard("先读要点"), "nobody stays"
    await proposed.at("11-25 17:40")
    assert wang.heard("先读要点") == 1


async def test_what_nobody_had_confirmed_lapses(proposed: Bank) -> None:
    await calls_off(proposed.陈主任)
    assert await proposed.look(moves, proposed.王芳.id) == ["lapse"]
    await proposed.赵敏.taps("全部确认")
    assert proposed.赵敏.sees("已经定过了")


async def test_an_evening_that_has_begun_ends(proposed: Bank) -> None:
    wang = proposed.王芳
    await proposed.赵敏.taps("全部确认")
    await proposed.at("17:40")
    await wang.taps("开始 5 题")
    await wang.answers(most=2)
    await calls_off(proposed.赵敏)
    assert await proposed.look(states, wang.id) == [("confirmed", "2026-11-25")]
    await wang.answers()
    assert await proposed.look(states, wang.id) == [("confirmed", "2026-11-25")], "what is answered now is practice"
    await proposed.at("11-25 08:15")
    assert not proposed.赵敏.heard("点评（2 分钟）")


async def test_lifted_before_the_push_the_day_is_as_ever(branch: Bank) -> None:
    await calls_off(branch.赵敏, "台风")
    await branch.赵敏.taps("恢复今天")
    assert branch.赵敏.sees("好，今天照常。已通知 4 人。", "往后没有停课的日子")
    assert branch.王芳.sees("今天照常晨练。08:03 推送。")
    await branch.at("08:03")
    assert branch.王芳.sees("早上好")
    await calls_off(branch.陈主任, "又来了")
    assert branch.王芳.sees("今天 停课：又来了"), "a lifted day can be closed again"
    assert branch.王芳.heard("停课：") == 2


async def test_lifted_in_the_morning_what_is_open_goes_on(day: Bank) -> None:
    await day.at("08:20")
    await calls_off(day.赵敏)
    await day.at("08:30")
    await day.赵敏.taps("恢复今天")
    assert day.王芳.sees("题可以接着答，08:45 收")
    await day.王芳.starts()
    assert all(g.counted for g in await day.look(answers.of_person, day.王芳.id))
    await day.at("08:33")
    assert day.李强.heard("还有 5 题没答") == 1
    await day.at("09:00")
    assert day.赵敏.sees("没答题，17:30 前补做：李强、孙丽")


async def test_lifted_too_late_for_the_push_there_is_the_make_up(branch: Bank) -> None:
    await calls_off(branch.赵敏)
    await branch.at("10:00")
    await branch.赵敏.taps("恢复今天")
    assert branch.王芳.sees("今天的题可以从“今天”里补做，17:30 前都行")
    await branch.at("10:01")
    assert not branch.王芳.heard("早上好")
    assert not branch.赵敏.heard("那时程序没在运行"), "it was running"
    await branch.王芳.says("/today")
    await branch.王芳.taps("开始补做")
    assert await branch.王芳.answers() == 0
    assert branch.王芳.sees("5 题对 5")


async def test_days_ahead_in_writing_and_lifted_one_by_one(branch: Bank) -> None:
    chen = branch.陈主任
    await chen.says("/settings")
    await chen.taps("停课")
    await chen.taps("写日期和原因")
    await chen.says("下周三")
    assert chen.sees("没看懂日期")
    await chen.says("11-27 至 12-01 换系统")
    assert chen.sees("好，11月27日至12月1日 停课：换系统。已通知 4 人。"), "a weekend between is none of ours"
    assert branch.王芳.sees("11月27日至12月1日 停课：换系统", "这几天没有题")
    await chen.says("/settings")
    assert chen.sees("11月27日 停课：换系统")
    await chen.forges(f"clx:{branch.unit('城东网点')}:20261130")
    assert chen.sees("好，11月30日照常")
    assert branch.王芳.sees("11月30日 星期一照常晨练")
    await branch.at("11-30 08:03")
    assert branch.王芳.sees("早上好")
    await branch.at("12-01 12:00")
    assert branch.王芳.heard("早上好") == 5, "23 to 26 November, and the 30th"


async def test_a_county_calls_off_and_only_a_county_lifts(branch: Bank) -> None:
    county = branch.unit("某县支行")
    await branch.郑总.forges(f"cln:{county}:20261123:n")
    assert branch.郑总.sees("好，今天 停课。已通知 7 人。")
    assert branch.周外.sees("今天 停课")
    await branch.陈主任.says("/settings")
    assert branch.陈主任.sees("今天 停课（某县支行定的）")
    await branch.陈主任.forges(f"clx:{branch.unit('城东网点')}:20261123")
    assert branch.陈主任.sees("那天是某县支行定的停课，请由上级恢复")
    await branch.陈主任.forges(f"cln:{branch.unit('城东网点')}:20261123:n")
    assert branch.陈主任.sees("那几天已经定了停课")
    await branch.at("08:03")
    assert not branch.周外.heard("早上好")
    await branch.郑总.forges(f"clx:{county}:20261123")
    await branch.wake()
    assert branch.周外.heard("早上好") == branch.王芳.heard("早上好") == 1
    await branch.at("11-24 07:40")
    assert branch.郑总.sees("参与 0/4")


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ("cln:{}:20261122:n", "这天已经过去了"),
        ("clq:{}:20261122", "这天已经过去了"),
        ("cln:{}:20261128:n", "那几天本来就不上班"),
        ("cln:{}:20280101:n", "最远可以定到 366 天以后"),
        ("clx:{}:20261124", "那天没有停课，不用恢复"),
        ("clx:{}:20261120", "这天已经过去了"),
    ],
)
async def test_what_cannot_be_called_off(branch: Bank, data: str, answer: str) -> None:
    await branch.陈主任.forges(data.format(branch.unit("城东网点")))
    assert branch.陈主任.sees(answer)
    assert not branch.王芳.seen()


async def test_the_group_reads_it_in_place_of_the_count(day: Bank) -> None:
    group = Group(day)
    await group.linked_by(day.赵敏)
    await day.answer_all("王芳")
    await day.at("08:20")
    assert "已完成 1 / 3" in group.phone()
    await calls_off(day.陈主任, "台风")
    await day.at("08:21")
    assert "今天 停课：台风" in group.phone()
    assert "已完成" not in group.phone()
    await day.李强.taps("开始")
    await day.李强.answers()
    await day.at("08:50")
    assert "参与" not in group.phone(), "no count and no board"
    await day.陈主任.taps("恢复今天")
    await day.at("08:51")
    assert "今天照常晨练" in group.phone()
    assert "参与 1/3" in group.phone()
    await day.陈主任.forges(f"cln:{day.unit('城东网点')}:20261130:c")
    assert group.phone().count("11月30日 不营业") == 1


async def test_a_push_that_could_not_go_out_is_not_sent_after_the_day_was_called_off(branch: Bank) -> None:
    branch.channel.down = True
    await branch.at("08:03")
    await branch.陈主任.forges(f"cln:{branch.unit('城东网点')}:20261123:n")
    branch.channel.down = False
    await branch.at("08:30")
    assert branch.王芳.heard("停课") == 1
    assert not branch.王芳.heard("早上好")
    assert branch.周外.heard("早上好") == 1
