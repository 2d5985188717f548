"""Days off: asked for, entered by a trainer, taken back; and the trainer's page on one person."""

from datetime import date

import pytest

from bot.store import absences, links, people
from bot.store.turn import Turn
from tests.stories.bank import Bank
from tests.stories.fixtures import COUNTING


async def opens_page(bank: Bank, name: str) -> None:
    """赵敏 opens somebody's page by the buttons."""
    await bank.赵敏.says("/person")
    await bank.赵敏.taps(name)


async def test_a_shift_is_asked_for_by_a_button_or_in_words(day: Bank) -> None:
    await day.王芳.says("/leave")
    await day.王芳.taps("明天轮休")
    assert day.王芳.sees("已替您问赵敏：11月24日轮休。准了会告诉您。")
    assert day.赵敏.sees("王芳想轮休：11月24日。", "[准]", "[不准]")
    await day.李强.says("/leave")
    await day.李强.says("轮休 11-25 至 11-26")
    assert day.赵敏.sees("李强想轮休：11月25日至11月26日。")
    await day.赵敏.taps("准")
    assert day.李强.sees("11月25日至11月26日的轮休准了。")
    await day.at("11-25 07:30")
    await day.at("08:03")
    assert not day.李强.seen()
    assert day.王芳.sees("早上好"), "what is not granted is no shift"


async def test_a_trainer_enters_somebodys_days_and_the_person_hears(day: Bank) -> None:
    wang, zhao = day.王芳, day.赵敏
    await opens_page(day, "王芳")
    await zhao.taps("登记请假、轮休")
    assert zhao.sees("王芳 · 请假或轮休", "[今天请假]", "[明天轮休]")
    await zhao.taps("明天轮休")
    assert zhao.sees("好，已登记王芳轮休：11月24日。", "不在 11月24日 轮休")
    assert wang.sees("赵敏替您登记了轮休：11月24日。那几天没有题")
    await zhao.taps("登记请假、轮休")
    await zhao.says("11-26 至 12-31")
    assert zhao.sees("好，已登记王芳请假：11月26日至12月31日。"), "a trainer may enter more than two weeks"
    await zhao.says("11-27")
    assert zhao.sees("没看懂这句话"), "one answer, one entry"
    await day.at("11-24 07:30")
    await day.at("21:30")
    assert not wang.seen()
    await day.at("11-25 08:03")
    assert wang.sees("早上好")


async def test_what_stands_already_is_not_entered_twice(day: Bank) -> None:
    zhao, wang = day.赵敏, day.王芳
    await wang.says("/leave")
    await wang.says("11-25 至 11-27")
    await wang.says("/leave")
    await wang.says("11-26")
    assert wang.sees("这几天已经申请过了，等培训师回复。")
    await zhao.taps("准")
    await zhao.forges(f"ple:{wang.id}:20261126:s")
    assert zhao.sees("这几天已经登记过了，不用再来一次。")
    await wang.says("/leave")
    await wang.says("11-27 至 11-28")
    assert wang.sees("已替您问赵敏：11月27日至11月28日请假。"), "a day more is something else"
    await zhao.forges(f"ple:{wang.id}:20261101:s")
    assert zhao.sees("这天已经过去了")
    await zhao.forges(f"ple:{wang.id}:20261201:x")
    assert zhao.sees("这个按钮已经不用了")
    await zhao.forges(f"pl:{wang.id}")
    await zhao.says("11-29 至 2028-01-01")
    assert zhao.sees("一次最多 366 天")


async def test_who_comes_after_all_takes_it_back_and_the_trainer_hears(day: Bank) -> None:
    wang, zhao = day.王芳, day.赵敏
    await wang.says("/leave")
    await wang.taps("明天请假")
    await zhao.taps("准")
    await wang.says("/leave")
    assert wang.sees("11月24日 请假", "[撤销 11月24日]")
    await wang.taps("撤销 11月24日")
    assert wang.sees("11月24日的请假已撤销，照常有题。")
    assert zhao.sees("王芳撤销了请假：11月24日。")
    await wang.forges("lx:1")
    assert wang.sees("已经定过了")
    await day.at("11-24 08:03")
    assert wang.sees("早上好")


async def test_a_request_taken_back_cannot_be_granted_any_more(day: Bank) -> None:
    wang, zhao = day.王芳, day.赵敏
    await wang.says("/leave")
    await wang.taps("明天请假")
    assert wang.has_button("明天请假")
    await wang.says("/leave")
    assert wang.sees("11月24日 请假（等培训师回复）")
    await wang.taps("撤销 11月24日")
    await zhao.taps("准")
    assert zhao.sees("本人已经撤销了这条申请")
    await day.at("11-24 08:03")
    assert wang.sees("早上好")


async def test_days_gone_by_stay_as_they_were_when_the_rest_is_taken_back(day: Bank) -> None:
    wang, zhao = day.王芳, day.赵敏
    await wang.starts()
    await zhao.forges(f"pl:{wang.id}")
    await zhao.says("11-24 至 11-27")
    await day.at("11-25 20:00")
    await opens_page(day, "王芳")
    await zhao.taps("撤销 11月24日至11月27日")
    assert zhao.sees("今天至11月27日的请假已撤销")
    assert wang.sees("赵敏撤销了您的请假：今天至11月27日，照常有题。")
    away = await day.look(absences.days_away, wang.id, date(2026, 11, 20), date(2026, 11, 30))
    assert away == {date(2026, 11, 24)}
    await day.at("11-26 08:03")
    await wang.starts()
    await wang.says("/me")
    assert wang.sees("本月还可缺 1 天"), "Wednesday was a day of work nobody answered, which the month forgives"
    await day.at("11-30 08:03")
    await zhao.forges("lx:1")
    assert zhao.sees("那几天已经过去了，不能再撤销。")


async def test_nobody_enters_their_own_leave_and_a_stranger_is_nobody(day: Bank) -> None:
    zhao = day.赵敏
    await zhao.forges(f"pl:{zhao.id}")
    assert zhao.sees("自己的事要由别人来定。")
    for data in ("pl:404", f"pl:{day.周外.id}", f"ple:{day.周外.id}:20261125:l", "pe:404", f"pe:{day.周外.id}"):
        await zhao.forges(data)
        assert zhao.sees("这个不在您的查看范围里"), data


async def test_the_page_on_one_person_says_what_a_trainer_needs(proposed: Bank) -> None:
    zhao = proposed.赵敏
    await zhao.says("/person 王芳")
    assert zhao.sees("王芳 · 柜员 · 城东网点", "今天 答对 4/5", "近来 答了 2/5 天，答对 8/10")
    assert zhao.sees(f"答错最多 {COUNTING}（2 次）", f"补练 「{COUNTING}」待确认")
    await zhao.taps(f"看补练：{COUNTING}")
    assert zhao.sees(f"王芳 · {COUNTING}", "[确认")
    await zhao.says("/person 孙")
    assert zhao.sees("孙丽 · 大堂经理 · 城东网点", "近来 答了 2/5 天，答对 10/10"), "a part of a name does"
    assert not zhao.sees("答错最多")


async def test_somebody_is_found_by_name_or_number_among_those_one_may_see(proposed: Bank) -> None:
    zhao, zheng = proposed.赵敏, proposed.郑总
    for said in ("周外", "没有这个人", "%", "_"):
        await zhao.says(f"/person {said}")
        assert zhao.sees(f"您能看的人里没有“{said}”"), said
    await zheng.says("/person 网点")
    assert zheng.sees("您能看的人里没有")
    await zheng.says("/person")
    await zheng.taps("城西网点")
    assert zheng.sees("城西网点 · 看谁？", "[周外]", "[何训]")
    await zheng.taps("周外")
    assert zheng.sees("周外 · 柜员 · 城西网点", "答了 0/5 天")
    await zheng.taps("返回")
    assert zheng.sees("城西网点 · 看谁？")
    await proposed.王芳.says("/person 李强")
    assert proposed.王芳.sees("不在您的查看范围里")


async def test_several_of_a_name_are_told_apart_by_their_branch(proposed: Bank) -> None:
    await proposed.郑总.says("/person 训")
    assert proposed.郑总.sees("何训 · 城西网点"), "one is shown at once"
    await proposed.郑总.says("/person 丽")
    assert proposed.郑总.sees("孙丽")
    await proposed.do(_rename, proposed.周外.id, "王芳")
    await proposed.郑总.says("/person 王芳")
    assert proposed.郑总.sees("有几位，请选一位。", "[王芳 · 城东网点]", "[王芳 · 城西网点]")


async def test_a_page_says_when_letters_do_not_arrive(day: Bank) -> None:
    zhao, wang = day.赵敏, day.王芳
    await opens_page(day, "王芳")
    assert not zhao.sees("收不到")
    await day.do(links.block, "rehearsal", wang.address)
    await opens_page(day, "王芳")
    assert zhao.sees("晨练的消息发不到，题也收不到。")
    await day.do(links.detach, wang.id)
    await opens_page(day, "王芳")
    assert zhao.sees("还没有用邀请码加入，收不到题。")
    await opens_page(day, "陈主任")
    assert zhao.sees("陈主任 · 城东网点")
    assert not zhao.sees("答对")


@pytest.mark.parametrize("code", ["fr", "", "zh-TW"])
async def test_a_language_nobody_speaks_is_refused(day: Bank, code: str) -> None:
    await day.王芳.forges(f"lan:{code}")
    assert day.王芳.sees("这个按钮已经不用了")


async def test_everything_is_said_in_the_language_one_has_chosen(day: Bank) -> None:
    wang = day.王芳
    await wang.says("/language")
    assert wang.sees("[中文]", "[English]")
    await wang.taps("English")
    assert wang.sees("English from now on.", "[Today]", "[Language]")
    message = next(seen.message for seen in day.came() if seen.address == wang.address)
    assert message is not None
    assert ("today", "Today") in message.menu, "the chat's own menu follows"
    await day.at("08:33")
    assert wang.sees("left")
    await wang.says("/language")
    await wang.taps("中文")
    assert wang.sees("好，以后用中文。", "[今天]")


def _rename(turn: Turn, person: int, name: str) -> None:
    people.get(turn, person).name = name
