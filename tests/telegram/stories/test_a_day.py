"""A day and an evening on Telegram, from the invitation to the case card, on both databases."""

import asyncio
from functools import partial

from bot.store import links
from tests.fakes.telegram.messages import Message
from tests.stories.fixtures import COUNTING
from tests.stories.people import Before
from tests.telegram.stories.branch import Branch, Someone


async def test_an_invitation_lets_one_person_in_once(branch: Branch) -> None:
    wang, stranger = branch.person("王芳"), branch.fake.user(9001, "路人")
    code = await wang.joins()
    assert await branch.look(links.person_at, "telegram", str(wang.user.id))
    await stranger.start(code)
    refused = await stranger.wait_for(lambda message: bool(message.text))
    assert "王芳" not in refused.text
    assert await branch.look(links.person_at, "telegram", "9001") is None


async def test_a_stranger_learns_nothing_and_changes_nothing(branch: Branch) -> None:
    stranger = branch.fake.user(9001, "路人")
    await branch.joined("王芳")
    await branch.at("08:03")
    await stranger.start()
    first = await stranger.wait_for(lambda message: bool(message.text))
    for command in ("/tonight", "/board", "早上好"):
        newest = stranger.messages[-1].id
        await stranger.say(command)
        await stranger.wait_for(partial(is_newer, newest))
    assert {message.text for message in stranger.messages} == {first.text}
    assert "王芳" not in first.text
    assert await branch.person("王芳").question() is None
    query = await stranger.tap_raw("ok:1:20261123", first.id)
    await query.wait()


async def test_the_questions_own_message_becomes_the_verdict_and_then_the_next_question(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")
    push = await wang.sees("早上好。今天 5 题", "[开始]")
    assert len(wang.has("[开始]")) == 1
    first = await wang.starts()
    assert first.shown.answer is None, "this seed begins with options"
    assert "1/5" in push.text, "the push itself became the question"
    before = len(wang.user.messages)
    await wang.gives(first, first.wrong())
    verdict = await wang.sees("✗", "为什么：", "[记住了，下一题]")
    assert verdict is push
    await wang.taps("记住了，下一题")
    second = await wang.sees("2/5")
    assert second is push
    assert len(wang.user.messages) == before, "nothing new was sent"
    await wang.answers()
    await wang.sees("答完了：5 题对 4")


async def test_a_number_is_typed_and_the_card_above_shows_no_buttons(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    question = await until_an_amount(branch, wang)
    newest = wang.user.messages[-1].id
    await wang.user.say("不知道")
    await wang.user.wait_for(partial(is_newer, newest))
    assert await wang.question() == question, "what can't be read counts for nothing"
    await wang.gives(question, f"{question.right()}元")
    await wang.sees("✓")


async def until_an_amount(branch: Branch, wang: Someone) -> Before:
    """Answer morning after morning until a number is asked for."""
    for day in ("11-23", "11-24", "11-25", "11-26", "11-27", "11-30"):
        await branch.at(f"{day} 08:03")
        await wang.starts()
        while (question := await wang.question()) is not None:
            await wang.sees(question.shown.stem)
            if question.shown.answer is not None:
                return question
            await wang.gives(question, question.right())
    raise AssertionError("six mornings without an amount")


def is_newer(newest: int, message: Message) -> bool:
    return message.id > newest


async def test_anothers_card_and_an_old_card_are_told_over_the_button(branch: Branch) -> None:
    wang, li = await branch.joined("王芳", "李强")
    await branch.at("08:03")
    question = await wang.starts()
    await li.starts()
    card = await li.sees("1/5")
    query = await li.user.tap_raw(f"a:{question.slot}:0", card.id)
    assert "不是您" in await query.wait()
    assert (await wang.question()) == question, "nothing is answered"
    assert "1/5" in card.text
    for forged in ("a:999999:0", "ok:1:20261123", "nonsense", "a:x:y"):
        query = await li.user.tap_raw(forged, card.id)
        assert await query.wait(), forged
    assert (await wang.question()) == question


async def test_two_people_at_once_are_both_served_each_in_their_own_order(branch: Branch) -> None:
    wang, li, sun = people = await branch.joined("王芳", "李强", "孙丽")
    await branch.at("08:03")
    await asyncio.gather(*(someone.starts() for someone in people))
    await asyncio.gather(*(someone.answers() for someone in people))
    for someone in (wang, li, sun):
        await someone.sees("答完了：5 题对 5")
        assert await someone.question() is None
    await branch.at("08:45")
    await wang.sees("参与 3/3，答对 15/15")


async def test_a_double_tap_counts_once(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")
    await wang.starts()
    while (question := await wang.question()) is not None and question.shown.answer is not None:
        await wang.gives(question, question.right())
    assert question is not None
    card = await wang.user.wait_for(lambda message: bool(message.button(f"a:{question.slot}:{question.right()}")))
    data = f"a:{question.slot}:{question.right()}"
    first, second = await wang.user.tap_raw(data, card.id), await wang.user.tap_raw(data, card.id)
    await first.wait()
    assert await second.wait(), "the second is told that it was answered"
    following = await wang.question()
    assert following is not None
    assert following.slot != question.slot


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
    await zhao.sees("今晚建议 1 人", "王芳", COUNTING)
    assert not wang.has("今晚 17:40"), "nobody hears of a proposal"
    await zhao.taps("全部确认")
    await zhao.sees("已确认 1 人")
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
