"""Who leads the meeting: somebody named for a day has the host's material on that day, and only on it."""

from bot.store import absences, people
from bot.store.tables import RoleHeld
from bot.store.turn import Turn
from drills.people import Role
from tests.stories.bank import Bank

REVIEW = "点评（2 分钟）"


async def an_evening(bank: Bank) -> None:
    """王芳 stays on Tuesday, and passes."""
    await bank.赵敏.taps("全部确认")
    await bank.at("17:40")
    await bank.王芳.taps("开始 5 题")
    await bank.王芳.answers()
    await bank.at("18:00")


async def names(bank: Bank, day: str, name: str) -> None:
    """赵敏 names somebody by the buttons."""
    await bank.赵敏.says("/host")
    await bank.赵敏.taps(f"换人：{day}")
    await bank.赵敏.taps(name)


async def test_without_a_name_whoever_leads_the_branch_is_the_host(proposed: Bank) -> None:
    await proposed.赵敏.says("/host")
    assert proposed.赵敏.sees("城东网点 · 晨会主持", "今天 赵敏（默认）", "明天（11月25日） 赵敏（默认）")
    await an_evening(proposed)
    await proposed.at("11-25 08:15")
    assert proposed.赵敏.sees(REVIEW, "王芳")
    assert not proposed.李强.heard(REVIEW)


async def test_a_named_host_gets_the_material_that_day_and_only_that_day(proposed: Bank) -> None:
    zhao, li = proposed.赵敏, proposed.李强
    await names(proposed, "明天", "李强")
    assert zhao.sees("好，明天（11月25日）的晨会由李强主持。", "明天（11月25日） 李强")
    assert li.sees("明天（11月25日） 08:15，城东网点的晨会请您主持。")
    await an_evening(proposed)
    await li.forges(f"rv:{proposed.unit('城东网点')}:20261124")
    assert li.sees("不在您的查看范围里"), "not before the day"
    await proposed.at("11-25 08:15")
    assert li.sees(REVIEW, "先表扬：王芳 5 题对 5")
    assert not zhao.heard(REVIEW), "one host, one list"
    await li.taps("完成")
    assert li.sees("记下了：点评已完成")
    await proposed.at("11-26 08:20")
    await li.forges(f"rv:{proposed.unit('城东网点')}:20261124")
    assert li.sees("不在您的查看范围里"), "and not after it"
    await li.says("/host")
    assert li.sees("不在您的查看范围里"), "a host leads the meeting, not the branch"


async def test_a_named_host_without_a_role_opens_the_meeting_that_day_only(proposed: Bank) -> None:
    li, sun = proposed.李强, proposed.孙丽
    await names(proposed, "明天", "李强")
    for word in ("/meeting", "晨会"):
        await li.says(word)
        assert li.sees("这个不在您的查看范围里"), "not before the day"
    await an_evening(proposed)
    await proposed.at("11-25 08:15")
    assert li.has_button("开晨会"), "the review letter leads into the meeting"
    await li.says("/start")
    assert li.sees("[晨会] [今天]")
    for word in ("/meeting", "晨会"):
        await li.says(word)
        assert li.sees("城东网点 · 晨会，约 15 分钟", "[开始晨会]")
        assert not li.has_button("改流程"), "a host leads the meeting, not the branch"
        await sun.says(word)
        assert sun.sees("这个不在您的查看范围里")
    await li.taps("开始晨会")
    await li.taps("下一步")
    assert li.sees("2/7")
    await li.says("/host")
    assert li.sees("这个不在您的查看范围里")
    await proposed.at("11-26 08:15")
    await li.says("/meeting")
    assert li.sees("这个不在您的查看范围里"), "and not after it"


async def test_a_trainer_of_elsewhere_named_here_is_asked_which_meeting(proposed: Bank) -> None:
    await names(proposed, "今天", "王芳")
    await proposed.do(_also_leads, proposed.王芳.id, proposed.unit("城西网点"))
    await proposed.王芳.says("/meeting")
    assert proposed.王芳.sees("请选一个网点", "[城东网点] [城西网点]")


def _also_leads(turn: Turn, person: int, unit: int) -> None:
    turn.session.add(RoleHeld(person_id=person, role=Role.TRAINER, unit_id=unit))


async def test_a_changed_host_hears_it_and_so_does_the_former_one(proposed: Bank) -> None:
    await names(proposed, "明天", "李强")
    await names(proposed, "明天", "孙丽")
    assert proposed.孙丽.heard("请您主持") == 1
    assert proposed.李强.heard("明天（11月25日）的晨会改由孙丽主持，您不用准备了。") == 1
    await proposed.赵敏.forges(
        f"hos:{proposed.unit('城东网点')}:20261125:{proposed.孙丽.id}",
    )
    assert proposed.赵敏.sees("已经定了孙丽")
    await an_evening(proposed)
    await proposed.at("11-25 08:15")
    assert proposed.孙丽.sees(REVIEW)
    assert not proposed.李强.heard(REVIEW)


async def test_a_host_named_when_the_meeting_has_begun_gets_the_list_at_once(proposed: Bank) -> None:
    await an_evening(proposed)
    await proposed.at("11-25 08:20")
    assert proposed.赵敏.heard(REVIEW) == 1
    await names(proposed, "今天", "陈主任")
    assert proposed.陈主任.sees(REVIEW, "请您主持")


async def test_a_host_who_is_away_is_none(proposed: Bank) -> None:
    await names(proposed, "明天", "李强")
    await an_evening(proposed)
    await proposed.do(_away, proposed.李强.id, proposed.赵敏.id)
    await proposed.at("11-25 08:15")
    assert proposed.赵敏.sees(REVIEW)
    assert not proposed.李强.heard(REVIEW)
    await proposed.赵敏.says("/host")
    assert proposed.赵敏.sees("今天 赵敏（默认）")
    await proposed.赵敏.forges(f"hos:{proposed.unit('城东网点')}:20261125:{proposed.李强.id}")
    assert proposed.赵敏.sees("请从本网点当天上班的人里选")


async def test_a_host_who_has_moved_to_another_branch_is_none(proposed: Bank) -> None:
    await names(proposed, "明天", "李强")
    await an_evening(proposed)
    await proposed.do(_moves, proposed.李强.id, proposed.unit("城西网点"))
    await proposed.at("11-25 08:15")
    assert proposed.赵敏.sees(REVIEW)
    assert not proposed.李强.heard(REVIEW)
    await proposed.李强.forges(f"rv:{proposed.unit('城东网点')}:20261124")
    assert proposed.李强.sees("不在您的查看范围里")


async def test_nobody_of_elsewhere_and_no_other_day(proposed: Bank) -> None:
    unit, zhao = proposed.unit("城东网点"), proposed.赵敏
    for data, answer in (
        (f"hos:{unit}:20261125:{proposed.周外.id}", "请从本网点当天上班的人里选"),
        (f"hos:{unit}:20261123:{proposed.李强.id}", "这张卡过期了"),
        (f"hos:{unit}:20261128:{proposed.李强.id}", "请选最近两个有晨会的日子"),
        (f"hod:{unit}:20261128", "请选最近两个有晨会的日子"),
        (f"hos:{proposed.unit('某县支行')}:20261125:{proposed.李强.id}", "不在您的查看范围里"),
    ):
        await zhao.forges(data)
        assert zhao.sees(answer), data
    await proposed.郑总.forges(f"ho:{proposed.unit('某县支行')}")
    assert proposed.郑总.sees("这个按钮已经不用了"), "a county has no meeting"


async def test_what_was_reviewed_is_not_sent_again_after_a_day_called_off(proposed: Bank) -> None:
    await an_evening(proposed)
    await proposed.at("11-25 08:15")
    await proposed.赵敏.taps("完成")
    await proposed.陈主任.forges(f"cln:{proposed.unit('城东网点')}:20261125:n")
    await proposed.at("11-26 08:15")
    assert proposed.赵敏.heard(REVIEW) == 1


async def test_what_was_not_reviewed_because_the_day_was_called_off_comes_again(proposed: Bank) -> None:
    await an_evening(proposed)
    await proposed.at("11-25 08:15")
    await proposed.陈主任.forges(f"cln:{proposed.unit('城东网点')}:20261125:n")
    await proposed.at("11-26 08:15")
    assert proposed.赵敏.heard(REVIEW) == 2


def _moves(turn: Turn, person: int, unit: int) -> None:
    people.get(turn, person).unit_id = unit


def _away(turn: Turn, person: int, by: int) -> None:
    day = turn.now.date().replace(day=25)
    absence = absences.ask(turn, person, day, day)
    assert absence.id
    absences.decide(turn, absence.id, by, granted=True)
