"""An appeal: in two taps, judged one level above, what rests on it frozen meanwhile and decided again afterwards."""

from datetime import date

import pytest

from bot.store import answers, appeals
from bot.store.turn import Reader
from tests.stories.bank import Bank
from tests.stories.facts import moves, states
from tests.stories.test_findings import enters

COUNTING = "cash.count-before-customer"
TUESDAY = date(2026, 11, 24)


@pytest.fixture
async def staying(proposed: Bank) -> Bank:
    """王芳 is to stay tonight: 赵敏 has confirmed it."""
    await proposed.赵敏.taps("全部确认")
    return proposed


async def appeals_the_case(bank: Bank) -> None:
    """Two taps from the letter that says why."""
    await bank.王芳.taps("为什么是我")
    await bank.王芳.taps("不服，申诉")
    await bank.王芳.taps("当时有原因")


async def appeals_the_mark(bank: Bank) -> None:
    """Two taps from the wrong-answer book."""
    await bank.王芳.says("/book")
    await bank.王芳.taps("申诉第 1 题")
    await bank.王芳.taps("我做对了")


async def an_evening(bank: Bank, *, faults: int) -> None:
    """王芳 answers the evening's five questions, so many of them wrong."""
    await bank.at("17:40")
    await bank.王芳.taps("开始 5 题")
    assert await bank.王芳.answers(wrong=["当面清点"], faults=faults) == faults


async def counting(bank: Bank) -> tuple[int, int]:
    """The branch's right and all first attempts at counting on Tuesday."""
    found = await bank.look(answers.by_checkpoint, "/", TUESDAY, TUESDAY)
    return next(((t.right, t.asked) for t in found if t.key == COUNTING), (0, 0))


async def test_a_case_appealed_stands_still_is_judged_by_the_head_and_counts_nowhere(staying: Bank) -> None:
    wang, zhao, chen = staying.王芳, staying.赵敏, staying.陈主任
    await appeals_the_case(staying)
    assert wang.sees("已提出申诉：当面清点", "由陈主任裁决，最晚12月1日", "先不用补练，也不算逾期")
    assert zhao.sees("王芳对「当面清点」提出申诉")
    assert chen.sees(
        "请裁决：王芳的申诉 · 城东网点", "对补练不服：「当面清点」", "本人答", "应是", "理由", "当时有原因"
    )
    await staying.at("21:00")
    assert not wang.heard("先唱收"), "nobody is called while it is appealed"
    assert not chen.heard("逾期没做")

    await chen.taps("申诉成立")
    assert chen.sees("王芳的补练撤销了")
    assert wang.sees("申诉成立", "「当面清点」的补练撤销了，哪里都不计")
    assert zhao.sees("王芳申诉成立，「当面清点」的补练撤销")
    assert await staying.look(states, wang.id) == [("withdrawn", "2026-11-24")]
    await wang.says("/appeal")
    assert wang.sees("当面清点：成立")


async def test_an_appeal_in_vain_is_given_a_reason_and_the_evening_follows(staying: Bank) -> None:
    wang, chen = staying.王芳, staying.陈主任
    await appeals_the_case(staying)
    await staying.at("18:00")
    await chen.taps("维持")
    assert chen.sees("为什么维持？要告诉本人。")
    await chen.taps("已核对，情况属实")
    assert wang.sees("申诉没有成立", "理由：已核对，情况属实", "裁决人：陈主任", "「当面清点」11月25日 17:40 补练")
    assert await staying.look(states, wang.id) == [("confirmed", "2026-11-25")]
    await staying.at("11-25 17:40")
    assert wang.sees("补练「当面清点」", "先唱收")
    await wang.says("/why")
    assert not wang.sees("不服，申诉"), "what was judged once is not judged again"


async def test_a_mark_put_right_ripples_through_board_case_and_statistics(staying: Bank) -> None:
    wang, zhao, chen = staying.王芳, staying.赵敏, staying.陈主任
    before = await counting(staying)
    await appeals_the_mark(staying)
    assert wang.sees("由赵敏裁决", "先不用补练")
    assert await staying.look(states, wang.id) == [("appealed", "2026-11-24")]
    assert zhao.sees("请裁决：王芳的申诉", "本人答", "应是", "正确率、榜单和补练名单都会重算")

    await zhao.taps("改判为对")
    assert wang.sees("申诉成立", "改判为对", "「当面清点」的补练因此撤销")
    assert await staying.look(states, wang.id) == [("withdrawn", "2026-11-24")]
    assert await counting(staying) == (before[0] + 1, before[1])
    assert chen.heard("更正：城东网点 11月24日答对由 14/15 改为 15/15") == 1
    await wang.says("/board")
    assert wang.sees("15/15")
    await staying.at("17:40")
    assert not wang.heard("先唱收")


async def test_a_question_struck_counts_neither_way(staying: Bank) -> None:
    before = await counting(staying)
    await appeals_the_mark(staying)
    await staying.赵敏.taps("此题作废")
    assert staying.王芳.sees("作废，对错都不计", "「当面清点」的补练因此撤销")
    assert await counting(staying) == (before[0], before[1] - 1)


async def test_an_evening_failed_by_a_wrong_mark_is_passed_after_all(staying: Bank) -> None:
    wang = staying.王芳
    await an_evening(staying, faults=2)
    assert wang.sees("这次没过：5 题对 3")
    (slot,) = (await staying.look(wrong_this_evening, wang.id))[:1]
    await wang.forges(f"apm:a:{slot}:key")
    assert await staying.look(states, wang.id) == [("appealed", "2026-11-25")]
    await staying.赵敏.taps("改判为对")
    assert wang.sees("申诉成立", "「当面清点」那晚改为通过")
    assert [state for state, _ in await staying.look(states, wang.id)] == ["passed"]


async def test_a_mark_of_an_evening_that_was_passed_moves_nothing(staying: Bank) -> None:
    wang = staying.王芳
    await an_evening(staying, faults=1)
    (slot,) = await staying.look(wrong_this_evening, wang.id)
    await wang.forges(f"apm:a:{slot}:key")
    await staying.赵敏.taps("改判为对")
    assert wang.sees("申诉成立", "「当面清点」按原来的办")
    assert [state for state, _ in await staying.look(states, wang.id)] == ["passed"]


async def test_two_marks_of_one_evening_are_judged_one_after_the_other(staying: Bank) -> None:
    wang = staying.王芳
    await an_evening(staying, faults=2)
    for slot in await staying.look(wrong_this_evening, wang.id):
        await wang.forges(f"apm:a:{slot}:key")
    for state in ("passed", "passed"):
        await staying.赵敏.taps("改判为对")
        assert [now for now, _ in await staying.look(states, wang.id)] == [state]


async def test_a_later_question_marked_wrongly_verifies_after_all(staying: Bank) -> None:
    wang = staying.王芳
    await staying.at("17:40")
    await wang.taps("开始 5 题")
    await wang.answers()
    await staying.at("11-25 08:03")
    await wang.taps("开始")
    await wang.answers(wrong=["当面清点"])
    assert [state for state, _ in await staying.look(states, wang.id)] == ["again"]
    played = (await wang.sittings("morning"))[0]
    (verifying,) = [slot for slot in played.slots if slot.reason == "verify"]
    await wang.forges(f"apm:a:{verifying.id}:done")
    await staying.at("09:00")
    assert not staying.赵敏.heard("没答对，再练"), "what is appealed is not called again"
    await staying.赵敏.taps("改判为对")
    assert wang.sees("「当面清点」复考改为通过，已结束")
    assert [state for state, _ in await staying.look(states, wang.id)] == ["verified"]


async def test_two_appeals_hold_a_case_until_both_are_judged(staying: Bank) -> None:
    await appeals_the_case(staying)
    await appeals_the_mark(staying)
    await staying.陈主任.taps("维持")
    await staying.陈主任.taps("规定就是这样")
    assert await staying.look(states, staying.王芳.id) == [("appealed", "2026-11-24")]
    await staying.赵敏.taps("维持原判")
    await staying.赵敏.taps("规定就是这样")
    assert await staying.look(states, staying.王芳.id) == [("confirmed", "2026-11-24")]


async def test_an_answer_appealed_before_nine_keeps_nobody_until_it_is_judged(branch: Bank) -> None:
    wang, zhao = branch.王芳, branch.赵敏
    await branch.at("08:03")
    await wang.starts(misses="当面清点")
    await branch.at("11-24 08:03")
    await wang.starts(misses="当面清点")
    await appeals_the_mark(branch)
    await branch.at("11-24 09:00")
    assert zhao.sees("王芳 · 当面清点 · 申诉中，等裁决")
    await zhao.taps("维持原判")
    await zhao.taps("已核对，情况属实")
    assert zhao.sees("王芳有一件新的，请您定")
    await zhao.taps("确认")
    assert wang.sees("今晚 17:40 补练「当面清点」")


def wrong_this_evening(turn: Reader, person: int) -> list[int]:
    """The slots somebody answered wrong in an evening."""
    return [slot.id or 0 for given, slot in answers.wrong_of_person(turn, person, TUESDAY) if given.kind == "evening"]


async def test_every_change_of_a_mark_is_on_the_trail(staying: Bank) -> None:
    await appeals_the_mark(staying)
    await staying.赵敏.taps("改判为对")
    (row, end), *_ = await staying.look(appeals.of_person, staying.王芳.id, 5)
    assert row.answer_id is not None
    assert end is not None
    trail = await staying.look(appeals.trail, row.answer_id)
    assert [(t.right_before, t.counted_before, t.right, t.counted) for t in trail] == [(False, True, True, True)]
    assert (end.by_id, end.outcome) == (staying.赵敏.id, "upheld")
    assert await staying.look(moves, staying.王芳.id) == ["confirm", "appeal", "withdraw"]


async def test_nobody_judges_what_they_decided_nor_their_own(staying: Bank) -> None:
    await appeals_the_case(staying)
    await staying.赵敏.forges("aju:1")
    assert staying.赵敏.sees("原来是您定的，要由上一级来裁决")
    await staying.王芳.forges("aju:1")
    assert staying.王芳.sees("自己的事要由别人来定")
    assert await staying.look(states, staying.王芳.id) == [("appealed", "2026-11-24")]


async def test_of_another_branch_nobody_learns_even_that_it_exists(staying: Bank) -> None:
    await appeals_the_case(staying)
    for stranger in (staying.周外, staying.何训):
        for data in ("aj:{}", "ajk:{}", "aju:{}", "ajn:{}:seen", "ajo:{}", "ap:c:{}", "apm:c:{}:done", "apb:{}"):
            await stranger.forges(data.format(1))
            there = stranger.seen()
            assert stranger.sees("不在您的查看范围里") or stranger.sees("这张卡不是您的")
            await stranger.forges(data.format(999))
            assert stranger.seen() == there


async def test_an_appeal_taken_back_leaves_everything_as_it_was(staying: Bank) -> None:
    await appeals_the_case(staying)
    await staying.王芳.taps("撤回申诉")
    assert staying.王芳.sees("申诉撤回了")
    assert await staying.look(states, staying.王芳.id) == [("confirmed", "2026-11-24")]
    await staying.陈主任.taps("申诉成立")
    assert staying.陈主任.sees("已经定过了")
    await staying.at("17:40")
    assert staying.王芳.sees("补练「当面清点」")


async def test_an_appeal_not_judged_is_asked_for_again_and_then_above(staying: Bank) -> None:
    await appeals_the_case(staying)
    await staying.at("12-01 09:00")
    assert staying.陈主任.sees("这件申诉今天到期")
    assert not staying.郑总.heard("请裁决")
    await staying.at("12-02 09:00")
    assert staying.陈主任.sees("过了期限")
    assert staying.郑总.sees("过了期限", "请裁决：王芳的申诉")
    await staying.郑总.taps("申诉成立")
    assert staying.王芳.sees("申诉成立")


async def test_after_three_working_days_it_is_too_late(staying: Bank) -> None:
    await staying.王芳.taps("为什么是我")
    await staying.at("11-30 09:00", asleep=True)
    await staying.王芳.taps("不服，申诉")
    assert staying.王芳.sees("过了申诉期限（3 个工作日）")


async def test_the_ground_and_the_reason_may_be_written(staying: Bank) -> None:
    await staying.王芳.taps("为什么是我")
    await staying.王芳.taps("不服，申诉")
    await staying.王芳.taps("自己写理由")
    await staying.王芳.says("那天机器坏了，我是按应急流程做的")
    assert staying.陈主任.sees("那天机器坏了，我是按应急流程做的")
    await staying.陈主任.taps("维持")
    await staying.陈主任.taps("自己写")
    await staying.陈主任.says("应急流程也要当面清点")
    assert staying.王芳.sees("理由：应急流程也要当面清点")


async def test_what_an_inspector_of_the_county_saw_is_judged_above_the_county(day: Bank) -> None:
    await day.at("16:00")
    await enters(day, "吴查")
    await appeals_the_case(day)
    assert day.王芳.sees("由郑总裁决")
    assert day.赵敏.sees("王芳对「当面清点」提出申诉")
    await day.郑总.taps("申诉成立")
    assert day.吴查.sees("王芳申诉成立，「当面清点」的补练撤销")
    await day.at("11-24 08:03")
    asked = (await day.李强.sittings("morning"))[-1]
    assert "found" not in {slot.reason for slot in asked.slots}, "what was not so is drilled by nobody"
