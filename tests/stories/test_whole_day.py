from tests.stories.bank import Bank


async def test_a_day_from_the_push_to_the_next_mornings_summary(branch: Bank) -> None:
    wang, li, sun = branch.王芳, branch.李强, branch.孙丽

    await branch.at("08:03")
    assert wang.sees("早上好。今天 5 题", "08:45 前都算", "[开始]")
    assert not branch.赵敏.seen(), "a trainer has no questions"
    assert not branch.陈主任.seen(), "the program was not there on Friday: nobody stayed away"

    await wang.taps("开始")
    assert wang.sees("1/5")
    assert len(wang.seen().splitlines()) > 2
    assert await wang.answers() == 0
    assert wang.sees("✓ 对。", "5 题对 5", "连续 1 个工作日", "本网点已答 1/3")

    await li.taps("开始")
    question = await li.question()
    assert question is not None
    await li.gives(question, question.wrong())
    assert li.sees("✗ 应是", "为什么：", "依据：某网点服务规范 第三条，2020-01-01 起。", "[题目有误]"), (
        "stops at a fault"
    )
    await li.taps("记住了，下一题")
    assert li.sees("2/5")
    await li.answers()

    await branch.at("08:33")
    assert sun.sees("还有 5 题没答，约 3 分钟，08:45 收。")
    assert not wang.seen(), "only who has not finished is reminded"
    await sun.taps("继续")
    await sun.answers(most=2)

    await branch.at("08:45")
    assert wang.sees("本网点参与 3/3，答对 11/12", "您第 1 名，共 2 人")
    assert li.sees("您答对 4/5")
    assert sun.sees("答满 3 题才排名")

    await branch.at("09:05")
    assert branch.赵敏.sees("今晚没有人需要留下（在岗 3）")
    assert branch.郑总.sees("今天没开晨会的网点", "城西网点"), "nobody of the other branch answered"
    assert not branch.陈主任.sees("没开晨会")

    await branch.at("11-24 07:40")
    assert branch.陈主任.sees("城东网点 · 11月23日", "参与 3/3")
    assert branch.郑总.sees("某市分行 · 11月23日 · 2 个网点", "没开晨会：城西网点", "参与 3/4")
    assert not branch.吴查.seen()

    await branch.at("11-24 08:15")
    assert not branch.赵敏.seen(), "no evening, no review"
    assert wang.sees("今天 5 题"), "and the next day begins"


async def test_who_did_not_answer_makes_up_for_it_until_the_afternoon_and_is_on_no_board(day: Bank) -> None:
    await day.answer_all("王芳")
    await day.at("09:00")
    assert day.李强.sees("今天的 5 题还没答，17:30 前补做就行")
    assert day.赵敏.sees("没答题，17:30 前补做：李强、孙丽", "[提醒没答的]")

    await day.at("14:00")
    await day.李强.taps("开始补做")
    await day.李强.answers()
    assert day.李强.sees("5 题对 5", "这次补做不上榜", "连续 1 个工作日")
    await day.李强.says("/board")
    assert day.李强.sees("第 1 名 王芳", "5/5")
    assert not day.李强.sees("李强")

    await day.at("11-24 07:40")
    assert day.陈主任.sees("参与 1/3")

    await day.at("11-24 09:00")
    assert day.赵敏.sees("连续两天没答：孙丽")
    assert not day.赵敏.sees("连续两天没答：李强")


async def test_who_comes_too_late_for_the_morning_is_led_to_the_makeup(day: Bank) -> None:
    await day.at("08:50")
    await day.王芳.taps("开始")
    assert day.王芳.sees("08:45 已收。今天的题 17:30 前可以补做", "[开始补做]")
    await day.王芳.taps("开始补做")
    await day.王芳.answers()
    await day.at("09:00")
    assert not day.赵敏.sees("王芳"), "made up for already"

    await day.at("17:31")
    await day.李强.taps("开始")
    assert day.李强.sees("今天的题已经收了")
    await day.李强.says("/today")
    assert day.李强.sees("今天的题已经收了")
