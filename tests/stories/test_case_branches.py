"""What else may become of a case: it fails, it moves, it is let go, nobody decides it."""

from datetime import date

from bot.store import cases, closings, people
from bot.store.tables import RoleHeld
from bot.store.turn import Turn
from drills.cases import Event
from drills.people import Role
from drills.policy import Policy
from tests.stories.bank import Bank
from tests.stories.edition import body, publish
from tests.stories.facts import moves, states
from tests.stories.fixtures import COUNTING


async def confirmed(bank: Bank) -> None:
    await bank.赵敏.taps("全部确认")


async def test_four_right_of_five_are_not_enough_without_the_missed_point(proposed: Bank) -> None:
    await confirmed(proposed)
    await proposed.do(publish, body(counting=1, notes=6))
    await proposed.at("17:40")
    await proposed.王芳.taps("开始 5 题")
    assert await proposed.王芳.answers(wrong=[COUNTING]) == 1
    assert proposed.王芳.sees("这次没过：5 题对 4", "11月25日 17:40 再练一次", "（「当面清点」这一题要答对才算过）")
    assert proposed.赵敏.sees("王芳 · 当面清点：补练没过，4/5，要点那题没答对，11月25日再练")
    assert await proposed.look(states, proposed.王芳.id) == [("again", "2026-11-25")]


async def test_who_did_not_pass_comes_again_on_the_next_open_day(proposed: Bank) -> None:
    wang = proposed.王芳
    await proposed.do(closings.close, proposed.unit("城东网点"), date(2026, 11, 25))
    await confirmed(proposed)
    await proposed.at("17:40")
    await wang.taps("开始 5 题")
    await wang.answers(wrong=[COUNTING], faults=2)
    assert wang.sees("这次没过：5 题对 3", "11月26日 17:40 再练一次")

    await proposed.at("11-26 07:40")
    assert proposed.陈主任.sees("当晚补练：通过 0，还要再练 1")
    await proposed.at("11-26 08:15")
    assert proposed.赵敏.sees("还要再练：1 人，今晚 17:40")
    assert not proposed.赵敏.sees("王芳"), "who has to come again is not named in the meeting"
    await proposed.at("09:00")
    assert wang.sees("今晚 17:40 补练「当面清点」"), "told again in the morning"
    assert proposed.赵敏.sees("王芳 · 当面清点 · 再练一次")
    await proposed.at("17:40")
    await wang.taps("开始 5 题")
    await wang.answers()
    assert wang.sees("补练通过：5 题对 5")


async def test_nobody_came_so_it_is_overdue_and_comes_again(proposed: Bank) -> None:
    await confirmed(proposed)
    await proposed.at("17:40")
    await proposed.王芳.taps("开始 5 题")
    await proposed.王芳.answers(most=3)
    await proposed.at("21:00")
    assert proposed.赵敏.sees("王芳 · 当面清点：没做完，改到 11月25日")

    await proposed.at("21:10")
    await proposed.王芳.answers()
    assert proposed.王芳.sees("不计分"), "too late to pass"
    assert not proposed.王芳.sees("补练通过")
    assert await proposed.look(states, proposed.王芳.id) == [("again", "2026-11-25")]

    await proposed.at("11-25 07:40")
    assert proposed.陈主任.sees("逾期补练：1 件（城东网点）")
    assert proposed.郑总.sees("逾期补练：1 件（城东网点）")
    await proposed.at("17:40")
    assert proposed.王芳.sees("补练「当面清点」", "[开始 5 题]")


async def test_the_trainer_excuses_and_nobody_stays(proposed: Bank) -> None:
    wang, zhao = proposed.王芳, proposed.赵敏
    await zhao.taps("逐个看")
    assert zhao.sees("王芳 · 当面清点", "状态 待确认", "[确认]", "[改到明天]", "[免这次]")
    await zhao.taps("免这次")
    assert zhao.sees("好，王芳：已免")
    assert wang.sees("「当面清点」今晚不用留了")
    await proposed.at("17:40")
    assert not wang.seen()
    await zhao.says("/tonight")
    assert zhao.sees("今晚没有人需要留下", "王芳 · 当面清点 · 已免")


async def test_a_confirmed_case_may_still_be_excused(proposed: Bank) -> None:
    await confirmed(proposed)
    case = (await proposed.look(cases.of_person, proposed.王芳.id))[0]
    await proposed.赵敏.forges(f"ce:{case.id}")
    assert proposed.王芳.sees("今晚不用留了")
    await proposed.赵敏.forges(f"cy:{case.id}")
    assert proposed.赵敏.sees("现在是“已免”，这一步不能做")
    assert not proposed.王芳.seen()


async def test_the_trainer_moves_it_to_another_evening(proposed: Bank) -> None:
    wang = proposed.王芳
    await proposed.赵敏.taps("逐个看")
    await proposed.赵敏.taps("改到明天")
    assert proposed.赵敏.sees("好，王芳改到 11月25日。")
    assert wang.sees("改到 11月25日 17:40 补练「当面清点」")
    await proposed.at("17:40")
    assert not wang.seen()
    await proposed.at("11-25 17:40")
    assert wang.sees("[开始 5 题]")


async def test_something_came_up_tonight(proposed: Bank) -> None:
    wang, zhao = proposed.王芳, proposed.赵敏
    await confirmed(proposed)
    await wang.taps("今晚有事")
    assert wang.sees("已告诉培训师", "今晚的安排不变")
    assert zhao.sees("王芳今晚有事，您来定", "[改到明天]")
    await wang.taps("今晚有事")
    assert zhao.heard("王芳今晚有事") == 1, "told once"
    await zhao.taps("改到明天")
    assert wang.sees("改到 11月25日 17:40")
    await proposed.at("17:40")
    assert not wang.seen()


async def test_what_nobody_confirms_by_half_past_eleven_lapses(proposed: Bank) -> None:
    await proposed.at("11:30")
    assert proposed.赵敏.sees("1 条建议到点没有确认，今晚不留人")
    await proposed.赵敏.taps("全部确认")
    assert proposed.赵敏.sees("已经定过了")
    await proposed.at("17:40")
    assert proposed.王芳.heard("补练") == 0


async def test_or_it_is_confirmed_where_the_policy_says_so(proposed: Bank) -> None:
    await proposed.do(publish, body(policy=Policy(unconfirmed="confirm")))
    await proposed.at("11:30")
    assert proposed.王芳.sees("今晚 17:40 补练「当面清点」"), "told well before noon"
    assert not proposed.赵敏.seen()
    await proposed.at("17:40")
    assert proposed.王芳.sees("[开始 5 题]")


async def test_a_miss_at_the_verification_brings_the_case_back(proposed: Bank) -> None:
    wang = proposed.王芳
    await confirmed(proposed)
    await proposed.at("17:40")
    await wang.taps("开始 5 题")
    await wang.answers()
    await proposed.at("11-25 08:03")
    await wang.taps("开始")
    while (question := await wang.question()) and question.reason != "verify":
        await wang.gives(question, question.right())
    assert question is not None
    await wang.gives(question, question.wrong())
    assert wang.sees("✗ 应是", "「当面清点」复考没答对，今晚 17:40 再练一次")
    assert await proposed.look(states, wang.id) == [("again", "2026-11-25")]
    await wang.taps("n")
    await wang.answers()
    await proposed.at("09:00")
    assert wang.sees("今晚 17:40 补练「当面清点」")
    await proposed.at("17:40")
    await wang.taps("开始 5 题")
    await wang.answers()
    assert await proposed.look(moves, wang.id) == [
        Event.CONFIRM,
        Event.CALL,
        Event.BEGIN,
        Event.PASS,
        Event.RELAPSE,
        Event.CALL,
        Event.BEGIN,
        Event.PASS,
    ]


async def test_nobody_decides_about_themselves(proposed: Bank) -> None:
    wang = proposed.王芳
    await proposed.do(_make_trainer, wang.id, proposed.unit("城东网点"))
    case = (await proposed.look(cases.of_person, wang.id))[0]
    await wang.says("/tonight")
    await wang.taps("全部确认")
    assert wang.sees("已确认 0 人", "您自己的那一件要由别人来定")
    for verb in ("cy", "cp", "ce"):
        await wang.forges(f"{verb}:{case.id}")
        assert wang.sees("自己的事要由别人来定")
    assert await proposed.look(states, wang.id) == [("proposed", "2026-11-24")]
    await proposed.赵敏.taps("全部确认")
    assert wang.sees("今晚 17:40 补练")


def _make_trainer(turn: Turn, person: int, unit: int) -> None:
    turn.session.add(RoleHeld(person_id=person, role=Role.TRAINER, unit_id=unit))


async def test_leave_in_the_evening_moves_the_case_and_who_has_left_is_let_go(proposed: Bank) -> None:
    await confirmed(proposed)
    await proposed.王芳.says("/leave")
    await proposed.王芳.says("11-24 至 11-25")
    await proposed.赵敏.taps("准")
    await proposed.at("17:40")
    assert proposed.王芳.sees("改到 11月26日 17:40")
    assert not proposed.王芳.sees("先读要点")
    assert await proposed.look(states, proposed.王芳.id) == [("confirmed", "2026-11-26")]
    await proposed.do(_leaves_the_bank, proposed.王芳.id)
    await proposed.at("11-26 17:40")
    assert await proposed.look(states, proposed.王芳.id) == [("excused", "2026-11-26")]


def _leaves_the_bank(turn: Turn, person: int) -> None:
    people.get(turn, person).active = False


async def test_an_evening_the_program_slept_through_is_made_up_for_the_next_day(proposed: Bank) -> None:
    await confirmed(proposed)
    await proposed.at("11-25 08:00", asleep=True)
    await proposed.at("09:00")
    assert proposed.王芳.sees("今晚 17:40 补练「当面清点」"), "heard in the morning, not only in the evening"
    assert proposed.赵敏.sees("王芳 · 当面清点 · 已确认")
    await proposed.at("17:40")
    await proposed.王芳.taps("开始 5 题")

    await proposed.at("11-26 08:00", asleep=True)
    await proposed.at("09:00")
    assert proposed.王芳.sees("今晚 17:40 补练「当面清点」"), "called, but nobody was awake to close the evening"
    await proposed.at("17:40")
    assert proposed.王芳.sees("[开始 5 题]")
