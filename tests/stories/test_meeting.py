"""A branch's meeting, from the roll to the minutes; and that nobody's phone rings to remind them meanwhile."""

import asyncio
from urllib.parse import parse_qsl, urlsplit

from bot.chat.incoming import Tap
from bot.services import wall
from bot.services.standing import standing
from bot.store import answers, meetings, units
from bot.store.turn import Reader
from drills.sitting import Kind
from tests.stories.bank import Bank
from tests.stories.group import Group
from tests.stories.people import Someone
from tests.stories.test_hosts import an_evening, names

REMINDER = "题没答"


async def opens(bank: Bank) -> Someone:
    await bank.赵敏.says("/meeting")
    await bank.赵敏.taps("开始晨会")
    return bank.赵敏


async def shared(someone: Someone, *, right: bool) -> str:
    """The answer to the shared question that somebody has before them, as a button carries it."""
    (played,) = await someone.sittings(Kind.SHARED)
    shown = played.slots[0].shown
    options = range(len(shown["options"]) or 2)
    return f"a:{played.slots[0].id}:{next(i for i in options if (i in shown['right']) is right)}"


def scores(turn: Reader, unit: int) -> tuple[int, list[tuple[int, int, int]]]:
    day = turn.now.date()
    return standing(turn, units.get(turn, unit), day).asked, answers.scores(turn, unit, day, Kind.SHARED)


async def test_a_whole_meeting(day: Bank) -> None:
    group = Group(day)
    await group.linked_by(day.赵敏)
    await day.at("08:15")
    zhao = await opens(day)
    assert zhao.sees("1/7 点名 · 1 分钟 · 已用 0 分", "[王芳]", "[其余都到]")
    await zhao.taps("李强")
    await zhao.taps("李强 到")
    assert zhao.sees("李强 迟到")
    await zhao.taps("其余都到")
    assert zhao.sees("王芳 到", "孙丽 到", "李强 迟到")
    await zhao.taps("下一步")
    assert zhao.sees("2/7 互看仪容", " 和 ")
    await zhao.taps("下一步")
    assert zhao.sees("昨晚没有补练，不用点评")
    await zhao.taps("下一步")
    assert zhao.sees("发给在场的 3 人")
    await zhao.taps("发题")
    assert zhao.sees("已答 0/3")
    for someone, right in ((day.王芳, True), (day.李强, False)):
        assert someone.heard("晨会共答 · ") == 1
        data = await shared(someone, right=right)
        await someone.forges(data)
        assert someone.sees("依据：" if right else "✗ 应是")
        await someone.forges(data)
        assert someone.sees("已经答过了"), "the same tap counts once"
    await zhao.taps("刷新")
    assert zhao.sees("已答 2/3")
    await zhao.taps("公布结果")
    assert zhao.sees("✓ ", "：1 人", "为什么：")
    assert day.孙丽.heard("应是：") == 1, "who has not answered learns what was right"
    await day.孙丽.forges(await shared(day.孙丽, right=True))
    assert day.孙丽.sees("不计分"), "what comes after the result is practice"
    on_board, counted = await day.look(scores, day.unit("城东网点"))
    assert on_board == 0
    assert sum(asked for _, _, asked in counted) == 2
    await zhao.taps("下一步")
    assert zhao.sees("5/7 情景", "当自己", "当客户", "观察")
    await zhao.taps("下一步")
    assert zhao.sees("6/7 今天的规矩", "依据：某网点服务规范 第三条")
    await zhao.taps("下一步")
    await zhao.taps("结束")
    assert zhao.sees("城东网点 · 晨会 · 11月23日", "主持 赵敏", "迟到 李强", "3 人中 2 人答，1 人对")
    assert day.陈主任.heard("迟到 李强") == 1
    assert group.sees("迟到 1 人", "3 人中 2 人答，1 人对")
    assert "迟到 李强" not in group.phone()
    assert not day.王芳.heard("主持 赵敏")


async def test_the_hosts_phone_dies_and_the_head_goes_on_where_it_stopped(day: Bank) -> None:
    await day.at("08:15")
    zhao, head = await opens(day), day.陈主任
    stale = zhao.button("下一步")[1].data
    await zhao.taps("下一步")
    await head.says("/meeting")
    assert head.sees("2/7 互看仪容")
    await head.taps("下一步")
    await zhao.forges(stale)
    assert zhao.sees("3/7 点评"), "an old button changes nothing, and shows how it stands"
    await head.taps("上一步")
    assert head.sees("2/7")
    await head.taps("结束")
    assert head.sees("还有 5 步没走")
    await head.taps("mte")
    assert head.sees("主持 赵敏、陈主任", "没点到 王芳、李强、孙丽")
    for data in (stale, stale.replace("mtn", "mtq"), stale.replace("mtn", "mta")):
        await zhao.forges(data)
        assert zhao.sees("主持 赵敏、陈主任"), "what is over stays over"


async def test_who_is_away_gets_no_question_and_who_comes_late_gets_it(day: Bank) -> None:
    await day.at("08:15")
    zhao = await opens(day)
    unit = day.unit("城东网点")
    meeting = (await day.look(meetings.running))[0][0]
    await zhao.forges(f"mtr:{meeting}:{day.李强.id}:leave")
    await zhao.forges(f"mtr:{meeting}:{day.孙丽.id}:absent")
    await zhao.forges(f"mts:{meeting}")
    assert [day.person(n).heard("晨会共答") for n in ("王芳", "李强", "孙丽")] == [1, 0, 0]
    await zhao.forges(f"mtr:{meeting}:{day.孙丽.id}:late")
    assert day.孙丽.heard("晨会共答") == 1
    for data in (f"mtr:{meeting}:{day.周外.id}:late", f"mtr:{meeting}:{day.孙丽.id}:sick"):
        await zhao.forges(data)
        assert zhao.sees("这个按钮已经不用了")
    await day.at("11-24 08:20")
    await zhao.forges(f"mte:{meeting}")
    assert zhao.sees("这张卡过期了")
    await zhao.forges(f"mt:{unit}")
    assert zhao.sees("晨会，约 15 分钟")


async def test_whoever_leads_hears_once_that_everybody_has_answered(day: Bank) -> None:
    await day.at("08:15")
    zhao, head = await opens(day), day.陈主任
    meeting = (await day.look(meetings.running))[0][0]
    await zhao.forges(f"mtr:{meeting}:{day.孙丽.id}:absent")
    for _ in range(3):
        await zhao.taps("下一步")
    await zhao.taps("发题")
    for someone in (day.王芳, day.李强):
        assert not zhao.heard("都答了")
        await someone.forges(await shared(someone, right=True))
    assert zhao.heard("2 人都答了，可以公布结果了。") == 1
    await head.forges(f"mtr:{meeting}:{day.孙丽.id}:late")
    await day.孙丽.forges(await shared(day.孙丽, right=False))
    assert head.heard("3 人都答了") == 1, "who goes on with it hears, not who began"
    assert zhao.heard("都答了") == 1
    await head.taps("公布结果")
    assert head.sees("✓ ", "为什么：")


async def test_two_who_answer_last_at_once_are_both_seen(day: Bank) -> None:
    await day.at("08:15")
    await opens(day)
    meeting = (await day.look(meetings.running))[0][0]
    await day.赵敏.forges(f"mts:{meeting}")
    everybody = (day.王芳, day.李强, day.孙丽)
    events = [day.event(p.address, Tap(await shared(p, right=True))) for p in everybody]
    await asyncio.gather(*(day.takes(event) for event in events))
    await day.post()
    assert day.赵敏.heard("3 人都答了") == 1


async def test_last_night_is_reviewed_in_it_and_a_named_host_leads(proposed: Bank) -> None:
    await names(proposed, "明天", "李强")
    li = proposed.李强
    assert li.has_button("开晨会")
    await an_evening(proposed)
    await proposed.at("11-25 08:15")
    await li.forges(f"mtb:{proposed.unit('城东网点')}")
    await li.taps("下一步")
    await li.taps("下一步")
    assert li.sees("先表扬：王芳 5 题对 5", "要点：当面清点")
    await li.taps("mtd")
    assert li.sees("记下了：点评已完成")
    await li.forges(f"rv:{proposed.unit('城东网点')}:20261124")
    assert not li.sees("记下了"), "it is recorded once"
    await proposed.at("08:19")
    await li.taps("下一步")
    await proposed.赵敏.says("/recordings")
    await proposed.赵敏.taps("登记学习")
    await proposed.赵敏.says("一号柜台 17:40-17:45")
    await proposed.赵敏.taps("登记点评")
    await proposed.赵敏.taps("一号柜台")
    assert proposed.赵敏.sees("[08:15-08:19] [08:15-08:20] "), "the review as it was held comes first"


async def test_a_forgotten_meeting_ends_by_itself(day: Bank) -> None:
    await day.at("08:15")
    zhao = await opens(day)
    await zhao.taps("下一步")
    await zhao.taps("下一步")
    await zhao.taps("下一步")
    await zhao.taps("发题")
    await day.at("09:00")
    assert zhao.heard("没有人点结束，开始 45 分钟后自动结束") == 1
    assert day.王芳.heard("应是：") == 1, "no question is left open"
    assert not await day.look(meetings.running)


async def test_the_reminder_waits_until_the_meeting_has_ended(day: Bank) -> None:
    await day.at("08:15")
    zhao = await opens(day)
    await day.at("08:35")
    assert not day.王芳.heard(REMINDER)
    assert day.周外.heard(REMINDER) == 1, "another branch has no meeting"
    await zhao.taps("mtq")
    await zhao.taps("mte")
    await day.at("08:37")
    assert day.王芳.heard(REMINDER) == 1


async def test_on_a_day_off_there_is_no_meeting(day: Bank) -> None:
    await day.at("11-28 08:15")
    await day.赵敏.says("/meeting")
    assert day.赵敏.sees("没有晨会")
    await day.赵敏.forges(f"mtb:{day.unit('城东网点')}")
    assert day.赵敏.sees("没有晨会")


async def test_the_minutes_of_earlier_days_are_paged_for_who_leads_the_branch(day: Bank) -> None:
    zhao, unit = day.赵敏, day.unit("城东网点")
    await zhao.says("/meeting")
    assert not zhao.has_button("以前的记录"), "there are none yet"
    for morning in ("08:15", "11-24 08:15", "11-25 08:15"):
        await day.at(morning)
        await opens(day)
        await zhao.taps("mtq")
        await zhao.taps("mte")
    assert zhao.sees("11月25日", "[前一次]")
    await day.at("11-26 07:50")
    await zhao.says("/meeting")
    await zhao.taps("以前的记录")
    assert zhao.sees("城东网点 · 晨会 · 11月25日", "[前一次]")
    await zhao.taps("前一次")
    assert zhao.sees("晨会 · 11月24日", "[前一次] [后一次]")
    await zhao.taps("前一次")
    assert zhao.sees("晨会 · 11月23日")
    assert not zhao.sees("[前一次]")
    await zhao.forges(f"mth:{unit}:3")
    assert zhao.sees("这张卡过期了")
    await day.何训.forges(f"mth:{unit}:0")
    assert day.何训.sees("不在您的查看范围里"), "a trainer of another branch"


async def test_the_wall_is_opened_by_its_link_and_shows_no_name_beside_a_fault(day: Bank) -> None:
    await day.at("08:15")
    zhao = await opens(day)
    link = urlsplit(zhao.button("大屏")[1].url)
    meeting, query = int(link.path.rpartition("/")[2]), dict(parse_qsl(link.query))
    shown = []
    for press in ("其余都到", "下一步", "下一步", "下一步", "发题", "公布结果", "下一步", "下一步", "下一步", "结束"):
        await zhao.taps(press)
        if press == "发题":
            await day.李强.forges(await shared(day.李强, right=False))
        shown.append(await day.look(wall.screen, meeting, query))
    assert all(shown)
    texts = [" ".join((w.headline, w.count, *w.lines, *(b.text for b in w.bars))) for w in shown if w]
    assert "到 3 / 3" in texts[0]
    assert "已答 1 / 3" in texts[4]
    assert "依据：" in texts[5]
    assert texts[-1].startswith("今天的我们")
    assert not [text for text in (*texts[:1], *texts[4:6], texts[-1]) if "李强" in text]
    for bad in ({}, query | {"seal": "x"}, query | {"until": "9999999999"}):
        assert await day.look(wall.screen, meeting, bad) is None
    assert await day.look(wall.screen, meeting + 1, query) is None
    await day.at("09:16")
    assert await day.look(wall.screen, meeting, query) is None, "its hour is over"
