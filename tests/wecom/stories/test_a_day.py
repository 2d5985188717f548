"""A day and an evening on WeCom, from the invitation to the case card, on both databases."""

import asyncio
from collections.abc import Callable
from functools import partial

from bot.store import links
from tests.fakes.wecom import Shown
from tests.fakes.wecom.answering import Press
from tests.stories.fixtures import COUNTING
from tests.stories.people import Before
from tests.wecom.conftest import shown
from tests.wecom.stories.branch import Branch, Someone


async def test_a_code_written_in_the_chat_lets_one_person_in_once(branch: Branch) -> None:
    wang, stranger = branch.person("王芳"), branch.fake.user("Stranger", "路人")
    code = await wang.joins()
    assert await branch.look(links.person_at, "wecom", wang.user.userid.lower())
    await stranger.say(code)
    refused = await stranger.wait_for(lambda message: bool(message.text))
    assert "王芳" not in refused.text
    assert await branch.look(links.person_at, "wecom", "stranger") is None


async def test_the_whole_menu_is_there_and_can_be_pressed_and_written(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    await branch.fake.wait_called("menu/create")
    await (await wang.user.click("今天")).wait()
    await wang.sees("08:03 推送今天的题")
    await (await wang.user.say("我的")).wait()
    await wang.sees("王芳", "连续")
    await (await wang.user.click("错题本")).wait()
    await wang.sees("错题本是空的")
    await (await wang.user.send_voice()).wait()
    await branch.wake()
    await wang.sees("语音我还不会听")


async def test_a_leader_with_more_commands_than_buttons_chooses_one_of_a_list(branch: Branch) -> None:
    (zhao,) = await branch.joined("赵敏")
    form = await zhao.user.wait_for(lambda message: "确定" in message.buttons)
    options = [option["text"] for option in form.card["checkbox"]["option_list"]]
    assert {"今晚", "谁没答", "设置"} <= set(options)
    await (await zhao.user.vote(["今晚"], form)).wait()
    await zhao.sees("今晚没有人需要留下")


async def test_the_push_becomes_the_question_and_a_wrong_answer_its_verdict(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")
    push = await wang.sees("早上好。今天 5 题", "[开始]")
    first = await wang.starts()
    assert first.shown.answer is None, "this seed begins with options"
    assert "1/5" in shown(push), "the push itself became the question"
    before = len(wang.user.messages)
    await wang.gives(first, first.wrong())
    verdict = await wang.sees("✗", "为什么：", "[记住了，下一题]")
    assert verdict is push
    await wang.taps("记住了，下一题")
    second = await wang.sees("2/5")
    if second.buttons:  # a number is asked for in text
        assert second is push
        assert len(wang.user.messages) == before, "nothing new was sent"
    await wang.answers()
    await wang.sees("答完了：5 题对 4")


async def test_a_right_answer_stays_readable_with_its_verdict_and_the_next_comes_below(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")
    first = await wang.starts()
    card = await wang.sees(first.shown.stem)
    await wang.gives(first, first.right())
    following = await wang.question()
    assert following is not None
    below = await wang.sees(following.shown.stem, "✓ 对。")
    assert below is not card
    await wang.user.wait_for(lambda message: message is card and card.frozen)
    assert card.grey == "✓ 对"
    assert first.shown.stem in shown(card)


async def test_several_right_answers_are_ticked_and_handed_in(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    question = await until(branch, wang, lambda before: before.shown.kind == "several")
    form = await wang.user.wait_for(lambda message: "提交" in message.buttons)
    await (await wang.user.vote([], form)).wait()
    await wang.sees("先选一项，再提交。")
    assert await wang.question() == question, "nothing ticked is nothing answered"
    await wang.gives(question, question.right())
    await wang.user.wait_for(lambda message: message is form and form.frozen)
    assert form.grey == "✓ 对"


async def test_a_number_is_typed(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    question = await until(branch, wang, lambda before: before.shown.answer is not None)
    await wang.sees(question.shown.stem, "直接回复数字")
    await (await wang.user.say("不知道")).wait()
    assert await wang.question() == question, "what can't be read counts for nothing"
    await wang.gives(question, f"{question.right()}元")
    await wang.sees("✓")


async def until(branch: Branch, wang: Someone, is_it: Callable[[Before], bool]) -> Before:
    """Answer morning after morning until such a question is asked."""
    for day in ("11-23", "11-24", "11-25", "11-26", "11-27", "11-30"):
        await branch.at(f"{day} 08:03")
        await wang.starts()
        while (question := await wang.question()) is not None:
            await wang.sees(question.shown.stem)
            if is_it(question):
                return question
            await wang.gives(question, question.right())
    raise AssertionError("six mornings without one")


async def test_anothers_card_and_a_forged_one_change_nothing_and_are_told(branch: Branch) -> None:
    wang, li = await branch.joined("王芳", "李强")
    await branch.at("08:03")
    question = await wang.starts()
    await li.starts()
    card = await li.sees("1/5")
    for forged in (f"a:{question.slot}:0", "a:999999:0", "ok:1:20261123", "nonsense", "a:x:y"):
        count = len(li.user.messages)
        press = Press(forged, card.task_id, "button_interaction", {})
        await (await li.user.press_raw(card, press)).wait()
        await li.user.wait_for(partial(_is_newer, li, count))
    assert li.has("不是您")
    assert (await wang.question()) == question


def _is_newer(someone: Someone, count: int, _: Shown) -> bool:
    return len(someone.user.messages) > count


async def test_two_people_at_once_are_both_served(branch: Branch) -> None:
    wang, li, sun = people = await branch.joined("王芳", "李强", "孙丽")
    await branch.at("08:03")
    await asyncio.gather(*(someone.starts() for someone in people))
    await asyncio.gather(*(someone.answers() for someone in people))
    for someone in (wang, li, sun):
        await someone.sees("答完了：5 题对 5")
    await branch.at("08:45")
    await wang.sees("参与 3/3，答对 15/15")


async def test_a_second_miss_is_confirmed_by_the_trainer_told_to_the_person_and_trained_in_the_evening(
    branch: Branch,
) -> None:
    wang, li, zhao = await branch.joined("王芳", "李强", "赵敏")
    for day in ("08:03", "11-24 08:03"):
        await branch.at(day)
        for someone in (wang, li):
            await someone.starts()
        assert await wang.answers(wrong=COUNTING) >= 1
        assert await li.answers() == 0
    await branch.at("11-24 09:00")
    proposed = await zhao.sees("今晚建议 1 人", "王芳", COUNTING)
    assert not wang.has("今晚 17:40"), "nobody hears of a proposal"
    await zhao.taps("全部确认")
    await zhao.sees("已确认 1 人")
    await zhao.user.wait_for(lambda message: message is proposed and message.frozen)
    await branch.wake()
    await wang.sees(f"今晚 17:40 补练「{COUNTING}」", "[为什么是我]")
    await wang.taps("为什么是我")
    await wang.sees("规则：", "11月23日")
    await branch.at("11-24 17:40")
    await wang.sees(f"补练「{COUNTING}」", "[开始 5 题]")
    assert not li.has("补练")
    await wang.starts("开始 5 题")
    assert await wang.answers() == 0
    await wang.sees("补练通过：5 题对 5")
    await branch.wake()
    await zhao.sees("王芳", "补练通过，5/5")
