"""Those who lead: who has not answered, the board, the units below, the weakest points."""

from tests.stories.bank import Bank


async def test_the_nudge_reminds_only_those_who_have_not_answered_and_once(day: Bank) -> None:
    zhao = day.赵敏
    await day.answer_all("王芳")
    await day.李强.taps("开始")
    await day.李强.answers(most=2)
    await zhao.says("/missing")
    assert zhao.sees("还没答完 2 人（在岗 3）", "李强 · 2/5", "孙丽 · 0/5", "[提醒这 2 人]")
    await zhao.taps("提醒这 2 人")
    assert zhao.sees("已提醒 2 人")
    assert day.李强.sees("赵敏提醒您：还有 3 题没答")
    assert day.孙丽.sees("赵敏提醒您：还有 5 题没答")
    assert not day.王芳.seen()
    await zhao.taps("提醒这 2 人")
    assert zhao.sees("刚才已经提醒过了")
    assert not day.李强.seen()

    await day.answer_all("孙丽")
    await day.李强.answers()
    await zhao.says("/missing")
    assert zhao.sees("都答完了，3 人在岗")


async def test_after_closing_the_nudge_speaks_of_the_makeup_until_that_is_over(day: Bank) -> None:
    zhao = day.赵敏
    await day.answer_all("王芳")
    await day.at("09:00")
    await zhao.taps("提醒没答的")
    assert day.孙丽.sees("赵敏提醒您：今天的题还没答，17:30 前可以补做", "[开始补做]")
    assert not day.王芳.seen()
    await day.孙丽.taps("开始补做")
    await day.孙丽.answers()
    assert day.孙丽.sees("5 题对 5")
    await zhao.says("/missing")
    assert zhao.sees("还没答完 1 人", "李强 · 0/5"), "who has made up is no longer missing"

    await day.at("17:31")
    await zhao.taps("提醒没答的")
    assert zhao.sees("这张卡过期了")
    assert not day.李强.seen()


async def test_the_board_praises_three_and_shames_nobody(day: Bank) -> None:
    await day.王芳.starts()
    await day.李强.starts(misses="迎客")
    await day.孙丽.taps("开始")
    await day.孙丽.answers(most=2)
    await day.孙丽.taps("榜") if day.孙丽.has_button("榜") else await day.孙丽.says("/board")
    assert day.孙丽.sees("城东网点 · 11月23日 星期一", "参与 3/3", "答对 11/12", "第 1 名 王芳　5/5")
    assert not day.孙丽.sees("李强"), "of two with a place, the last is not named"
    assert day.孙丽.sees("答满 3 题才排名")
    assert not day.孙丽.sees("孙丽")
    await day.王芳.taps("榜")
    assert day.王芳.sees("您第 1 名，共 2 人")


async def test_the_manager_drills_down_from_the_city_to_a_branch(day: Bank) -> None:
    zheng = day.郑总
    await day.answer_all("王芳", "李强", "周外")
    await day.孙丽.starts(misses="迎客")
    await day.at("11-24 07:40")
    assert zheng.sees("某市分行 · 11月23日 · 2 个网点", "参与 4/4")
    await zheng.taps("看网点")
    assert zheng.sees("某市分行下面 · 11月23日", "某县支行 参与 4/4"), "the day the summary speaks of"
    await zheng.taps("某县支行")
    assert zheng.sees("某县支行下面 · 11月23日", "[城东网点]", "[城西网点]", "[上一级]")
    await zheng.taps("城西网点")
    assert zheng.sees("城西网点 · 11月23日", "周外　5/5")
    await zheng.says("/summary")
    await zheng.taps("薄弱")
    assert zheng.sees("近 5 个工作日最弱")


async def test_the_weakest_points_need_enough_answers_and_name_nobody(day: Bank) -> None:
    chen = day.陈主任
    await chen.says("/worst")
    assert chen.sees("答题还不多，看不出哪一项最弱")
    for date in ("11-23", "11-24", "11-25"):
        await day.at(f"{date} 08:03")
        await day.王芳.starts(misses="迎客")
        await day.answer_all("李强", "孙丽")
    await chen.says("/worst")
    assert chen.sees("城东网点 · 近 5 个工作日最弱", "迎客 ")
    assert not any(name in chen.seen() for name in ("王芳", "李强", "孙丽"))


async def test_the_summary_now_is_of_today_once_the_morning_has_closed(day: Bank) -> None:
    chen = day.陈主任
    await day.answer_all("王芳")
    await chen.says("/summary")
    assert chen.sees("城东网点 · 11月20日")
    await day.at("08:45")
    await chen.says("/summary")
    assert chen.sees("城东网点 · 11月23日", "参与 1/3")
