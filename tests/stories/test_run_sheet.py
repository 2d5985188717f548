"""A branch makes the run sheet its own, in the chat; the meeting that is running keeps the one it began with."""

from tests.stories.bank import Bank


async def test_a_trainer_leaves_the_scene_out_and_the_meeting_goes_by_it(day: Bank) -> None:
    zhao = day.赵敏
    await day.at("08:14")
    await zhao.says("/meeting")
    assert zhao.sees("晨会，约 15 分钟", "情景 4 分", "[改流程]")
    await zhao.taps("改流程")
    assert zhao.sees("城东网点 · 晨会流程", "08:24 情景 4 分", "共 15 分钟")
    assert not zhao.has_button("恢复标准")
    await zhao.taps("情景")
    assert zhao.sees("情景 · 第 5/7 步 · 4 分钟")
    await zhao.taps("不开这步")
    assert zhao.sees("晨会流程改为 6 步，11 分钟。今天起。", "情景 · 现在不开", "[加回来]")
    await zhao.taps("返回")
    assert zhao.sees("[加：情景]", "共 11 分钟")
    await zhao.taps("晨会")
    await zhao.taps("开始晨会")
    assert zhao.sees("1/6 点名")
    for _ in range(4):
        await zhao.taps("下一步")
    assert zhao.sees("5/6 今天的规矩")


async def test_order_and_minutes_and_back_to_the_standard(day: Bank) -> None:
    chen = day.陈主任
    await chen.says("/settings")
    assert chen.sees("晨会流程 7 步，15 分钟")
    await chen.taps("晨会流程")
    await chen.taps("共答一题")
    await chen.taps("多 1 分")
    assert chen.sees("共 16 分钟，比标准的长 1 分钟")
    again = chen.button("多 1 分")[1].data
    await chen.forges(again)
    await chen.forges(again)
    assert chen.sees("共 17 分钟"), "a button says what shall be: pressed twice, it is one minute"
    await chen.taps("往前")
    assert chen.sees("共答一题 · 第 3/7 步 · 6 分钟")
    await chen.says("/settings")
    assert chen.sees("晨会流程 7 步，17 分钟（自己设的）")
    await day.赵敏.says("/meeting")
    assert day.赵敏.sees("约 17 分钟", "08:16 互看仪容 2 分", "08:18 共答一题 6 分", "08:24 点评 2 分")
    await chen.taps("晨会流程")
    await chen.taps("恢复标准")
    assert chen.sees("晨会流程改为 7 步，15 分钟。今天起。", "08:20 共答一题 4 分")


async def test_a_running_meeting_keeps_its_sheet_and_a_second_change_builds_on_the_first(day: Bank) -> None:
    zhao = day.赵敏
    await day.at("08:15")
    await zhao.says("/meeting")
    await zhao.taps("开始晨会")
    await zhao.forges(f"rsm:{day.unit('城东网点')}:look:0")
    assert zhao.sees("今天的晨会已经开了，明天（11月24日）起")
    await zhao.forges(f"rsm:{day.unit('城东网点')}:slogan:0")
    assert zhao.sees("晨会流程改为 5 步，12 分钟")
    await zhao.taps("返回")
    assert zhao.sees("晨会流程（明天起）", "[加：口号]")
    await zhao.forges(f"mt:{day.unit('城东网点')}")
    assert zhao.sees("1/7 点名")
    await day.at("11-24 08:15")
    await zhao.says("/meeting")
    await zhao.taps("开始晨会")
    assert zhao.sees("1/5 点名")


async def test_a_county_sets_the_sheet_of_its_branches(day: Bank) -> None:
    zheng = day.郑总
    county = day.unit("某县支行")
    await zheng.forges(f"rsm:{county}:look:0")
    assert zheng.sees("明天（11月24日）起", "自己设过的网点不变")
    await day.at("11-24 08:10")
    await day.赵敏.says("/meeting")
    assert day.赵敏.sees("约 13 分钟")


async def test_what_cannot_be_is_refused_in_words(day: Bank) -> None:
    zhao, unit = day.赵敏, day.unit("城东网点")
    for data, said in (
        (f"rsm:{unit}:scene:16", "一步最多 15 分钟"),
        (f"rsm:{unit}:song:1", "这个按钮已经不用了"),
        (f"stn:{unit}:stages", "这个按钮已经不用了"),
        (f"stw:{unit}:stages", "这个按钮已经不用了"),
        (f"stv:{unit}:stages:ro1", "晨会流程改为 1 步，1 分钟"),
        (f"rsm:{unit}:roll:0", "至少要有一步"),
    ):
        await zhao.forges(data)
        assert zhao.sees(said), data
    await zhao.forges(f"rss:{unit}:roll")
    assert not zhao.has_button("不开这步")
