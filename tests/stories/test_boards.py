"""Boards over days: who is named and who is not, what a leader may compare, and streaks that forgive."""

from drills.policy import Policy
from tests.stories.bank import Bank
from tests.stories.edition import body, publish

WEEK = ("11-23", "11-24", "11-25")


async def three_days(day: Bank, *names: str, misses: str = "") -> None:
    """From Monday to Wednesday these people answer everything, the last of them with faults."""
    for date in WEEK:
        await day.at(f"{date} 08:03")
        await day.answer_all(*names[:-1] if misses else names)
        if misses:
            await day.person(names[-1]).starts(misses=misses)
        await day.at(f"{date} 08:46")


async def test_a_week_is_ranked_with_ties_and_a_newcomer_has_no_place_in_it_yet(day: Bank) -> None:
    await three_days(day, "王芳", "李强")
    await day.at("11-26 08:03")
    await day.孙丽.starts()
    await day.孙丽.says("/board")
    assert day.孙丽.sees("第 1 名 孙丽　5/5", "您第 1 名，共 1 人", "[本周]", "[本月]", "[本阶段]")
    assert not day.孙丽.sees("[组]"), "what others are compared by is for those who lead"
    await day.孙丽.taps("本周")
    assert day.孙丽.sees(
        "城东网点 · 11月23日至11月26日", "参与 7/12 人天", "第 1 名 王芳　15/15", "第 1 名 李强　15/15"
    )
    assert day.孙丽.sees("答满 10 题才排名"), "a place of the week takes more than one good morning"
    assert not day.孙丽.sees("孙丽　")


async def test_leave_is_no_day_on_duty_and_neither_is_one_called_off(day: Bank) -> None:
    await day.李强.taps("今天休息")
    await day.赵敏.taps("准")
    await day.answer_all("王芳", "孙丽")
    await day.at("08:46")
    await day.赵敏.says("/board")
    await day.赵敏.taps("本周")
    assert day.赵敏.sees("参与 2/2 人天")


async def test_a_leader_compares_teams_and_sees_the_best_branches_without_their_figures(day: Bank) -> None:
    await three_days(day, "周外", "王芳", "李强", "孙丽", misses="迎客")
    chen = day.陈主任
    await chen.says("/board")
    assert chen.sees("[本周]", "[今晚]", "[谁没答]", "[组]")
    await chen.taps("组")
    await chen.taps("本周")
    assert chen.sees("城东网点 · 组榜 · 11月23日至11月25日", "第 1 名 柜员组　30/30")
    assert not chen.sees("大堂组"), "one person is no team"
    await chen.taps("网点")
    assert chen.sees("城东网点 · 网点榜", "第 1 名 城西网点", "本网点第 2 名，共 2 个")
    assert not chen.sees("15/15"), "no figure of another branch"
    assert not chen.sees("周外")


async def test_a_manager_above_sees_the_branches_ranked_and_opens_them_in_a_tap(day: Bank) -> None:
    await three_days(day, "周外", "王芳", "李强", "孙丽", misses="迎客")
    zheng = day.郑总
    await zheng.says("/board")
    await zheng.taps("本周")
    assert zheng.sees("某市分行 · 网点榜 · 11月23日至11月25日", "参与 12/12 人天", "第 1 名 城西网点　15/15")
    assert not zheng.sees("城东网点"), "of two with a place, the last is not named"
    await zheng.taps("本阶段")
    assert zheng.sees("本阶段的检查目标是 98 分")
    await zheng.taps("单位")
    assert zheng.sees("某市分行 · 单位榜")
    await zheng.taps("看网点")
    assert zheng.sees("某县支行")


async def test_nobody_compares_what_the_policy_or_their_place_does_not_let_them(day: Bank) -> None:
    unit, county = day.unit("城东网点"), day.unit("某县支行")
    for person, data in (
        (day.王芳, f"b:{unit}:20261123:w:t"),
        (day.王芳, f"b:{unit}:20261123:w:b"),
        (day.周外, f"b:{unit}:20261123:w:p"),
        (day.陈主任, f"b:{county}:20261123:w:b"),
        (day.陈主任, f"b:{unit}:20261123:w:u"),
    ):
        await person.forges(data)
        assert person.sees("这个不在您的查看范围里"), data
    await day.王芳.forges(f"b:{unit}:20261123:x:p")
    assert day.王芳.sees("这个按钮已经不用了")

    await day.do(publish, body(policy=Policy(board_names="own", board_visibility="own")))
    await day.answer_all("王芳", "李强")
    await day.王芳.says("/board")
    assert day.王芳.sees("本单位的榜不写姓名", "您第 1 名，共 2 人")
    await day.陈主任.forges(f"b:{unit}:20261123:w:b")
    assert day.陈主任.sees("这个不在您的查看范围里")


async def test_a_streak_outlives_leave_and_two_days_of_a_month_and_ends_with_the_third(day: Bank) -> None:
    wang = day.王芳
    await wang.starts()
    await wang.says("/me")
    assert wang.sees("连续 1 个工作日（本月还可缺 2 天）")
    await day.at("11-25 08:03")  # Tuesday was missed
    await wang.starts()
    await wang.says("/me")
    assert wang.sees("连续 2 个工作日（本月还可缺 1 天）")
    await day.at("11-27 08:03")
    await wang.starts()
    await wang.says("/me")
    assert wang.sees("连续 3 个工作日（本月还可缺 0 天）")
    await day.at("12-01 08:03")  # Monday 30 November was the third
    await wang.starts()
    await wang.says("/me")
    assert wang.sees("连续 1 个工作日（本月还可缺 2 天）")


async def test_the_mondays_summary_says_the_worst_first_and_every_line_opens_in_a_tap(day: Bank) -> None:
    for date in ("11-23", "11-24", "11-25", "11-26", "11-27"):
        await day.at(f"{date} 08:03")
        await day.王芳.starts(misses="迎客")
        await day.answer_all("李强", "孙丽")
    await day.at("11-30 07:40")
    zheng = day.郑总
    lines = zheng.seen().partition("某市分行 · 11月27日")[2].splitlines()
    assert [line[:3] for line in lines[1:4]] == ["没开晨", "薄弱：", "参与 "]
    assert zheng.sees("没开晨会：城西网点（连续第 5 天）", "参与 3/4", "本阶段检查目标 98 分", "[导出]")
    await zheng.taps("没开晨会")
    assert zheng.sees("没开晨会 · 11月27日", "城西网点 连续第 5 天")
    await zheng.taps("回汇报")
    assert zheng.sees("某市分行 · 11月27日")
    await zheng.taps("薄弱")
    assert zheng.sees("近 5 个工作日最弱", "[回汇报]")
    await zheng.taps("本阶段")
    assert zheng.sees("网点榜 · 9月1日至11月30日")
    await day.吴查.says("/summary")
    assert not day.吴查.sees("[导出]"), "an inspector reads figures, not answers"


async def test_an_evening_that_was_not_done_is_overdue_and_named_to_whoever_decides(proposed: Bank) -> None:
    await proposed.赵敏.taps("全部确认")
    await proposed.at("11-25 07:40")
    assert proposed.郑总.sees("逾期补练：1 件（城东网点）", "[逾期]")
    await proposed.郑总.taps("逾期")
    assert proposed.郑总.sees("逾期补练 · 11月24日", "城东网点 王芳 · 当面清点", "[回汇报]")
    await proposed.吴查.says("/summary")
    await proposed.吴查.taps("逾期")
    assert proposed.吴查.sees("城东网点 当面清点")
    assert not proposed.吴查.sees("王芳")


async def test_the_digest_comes_once_a_week_to_who_leads_and_not_about_a_week_without_a_drill(day: Bank) -> None:
    assert not day.郑总.heard("上周小结"), "last week the program was not there"
    for date in ("11-23", "11-24"):
        await day.at(f"{date} 08:03")
        await day.answer_all("王芳", "李强")
        await day.孙丽.starts(misses="迎客")
    await day.at("11-30 07:40")
    assert day.郑总.sees("上周小结 · 某市分行 · 11月23日至11月29日", "参与 6/20，答对 28/30")
    for name in ("赵敏", "陈主任"):
        assert day.person(name).sees("上周小结 · 城东网点", "参与 6/15", "做得好：王芳、李强")
    assert not day.何训.heard("上周小结"), "nobody answered there"
    assert not day.王芳.heard("上周小结")
    await day.restart()
    await day.wake()
    await day.at("12-01 07:41")
    assert [day.person(name).heard("上周小结") for name in ("郑总", "赵敏", "陈主任")] == [1, 1, 1]
    await day.郑总.taps("榜") if day.郑总.has_button("榜") else None
    assert day.郑总.sees("网点榜 · 11月23日至11月29日")
