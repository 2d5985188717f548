"""Tales of one case: 王芳 misses 当面清点, a critical item."""

from bot.store import cases
from tests.stories.bank import Bank
from tests.stories.facts import states
from tests.stories.fixtures import COUNTING


async def test_a_first_miss_of_a_critical_item_is_made_good_in_chat_and_keeps_nobody(branch: Bank) -> None:
    wang, zhao = branch.王芳, branch.赵敏

    await branch.at("08:03")
    await wang.starts(misses=COUNTING)
    assert wang.sees("「当面清点」是一票否决项，现在再答一题", "[再答一题]")
    await wang.taps("再答一题")
    assert wang.sees("再答一题 · 现金业务")
    assert await wang.answers() == 0
    assert wang.sees("「当面清点」补上了")
    await branch.answer_all("李强", "孙丽")
    await branch.at("09:00")
    assert zhao.sees("今晚没有人需要留下", "当场再答一题：王芳")
    assert not wang.sees("再答一题"), "it was made good already"


async def test_a_second_miss_is_proposed_confirmed_told_trained_reviewed_and_verified(proposed: Bank) -> None:
    branch, wang, zhao = proposed, proposed.王芳, proposed.赵敏
    assert zhao.sees(
        "今晚建议 1 人（在岗 3）", "王芳 · 答错「当面清点」", "11月23日、今天", "11:30 前没有确认，今晚就不留人"
    )
    assert not wang.heard("补练"), "nobody hears of a proposal"

    await zhao.taps("全部确认")
    assert zhao.sees("已确认 1 人，都通知到了", "王芳 · 当面清点 · 已确认")
    assert wang.sees("今晚 17:40 补练「当面清点」", "算工作时间", "原因：11月23日、今天，同一要点答错")

    await wang.taps("为什么是我")
    assert wang.sees("一票否决项 30 天内第二次答错", "11月23日", "今天", "您答", "应是")
    await wang.taps("11月23日那题有误")
    assert wang.sees("收到")
    assert zhao.sees("王芳觉得这道题有误")
    await wang.taps("先看要点")
    assert wang.sees("要点：当面清点", "先唱收", "点完再走")

    await branch.at("17:40")
    assert wang.sees("补练「当面清点」", "先唱收", "再答 5 题，4 题对就通过", "21:00 前完成")
    before = await wang.sittings("morning")
    await wang.taps("开始 5 题")
    assert await wang.answers() == 0
    assert wang.sees("补练通过：5 题对 5", "之后再考一题不同的")
    assert zhao.sees("王芳 · 当面清点：补练通过，5/5")
    evening = (await wang.sittings("evening"))[0]
    morning = {slot.question for played in before for slot in played.slots}
    assert not morning & {slot.question for slot in evening.slots}, "five fresh questions"
    assert await branch.look(states, wang.id) == [("passed", "2026-11-24")]

    # Wednesday: the review, and one more, different question
    await branch.at("11-25 07:40")
    assert branch.陈主任.sees("当晚补练：通过 1")
    await branch.at("11-25 08:03")
    await wang.taps("开始")
    asked = (await wang.sittings("morning"))[0]
    verify = [slot for slot in asked.slots if slot.reason == "verify"]
    assert [slot.checkpoint for slot in verify] == ["cash.count-before-customer"]
    await wang.answers()
    assert wang.heard("「当面清点」复考答对，这件事结束了") == 1
    assert await branch.look(states, wang.id) == [("verified", "2026-11-24")]

    await branch.at("08:15")
    assert zhao.sees("点评（2 分钟）· 11月24日晚", "先表扬：王芳 5 题对 5", "[完成]")
    await zhao.taps("完成")
    assert zhao.sees("点评已完成")
    await wang.says("/why")
    assert wang.sees("您不在今晚的名单上")


async def test_a_verifying_question_is_one_that_was_never_used_for_the_case(proposed: Bank) -> None:
    await proposed.赵敏.taps("全部确认")
    await proposed.at("17:40")
    await proposed.王芳.taps("开始 5 题")
    await proposed.王芳.answers()
    case = (await proposed.look(cases.of_person, proposed.王芳.id))[0]
    assert case.id is not None
    used = await proposed.look(cases.questions_used, case.id)
    assert len(used) >= 5
    await proposed.at("11-25 08:03")
    asked = (await proposed.王芳.sittings())[0]
    verify = {slot.question for slot in asked.slots if slot.reason == "verify"}
    assert len(verify) == 1
    assert not verify & used
