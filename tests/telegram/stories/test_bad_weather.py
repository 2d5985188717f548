"""What goes wrong on a real morning: a process that dies, a receipt that is lost, a chat that is blocked."""

import asyncio
from functools import partial

import pytest
from sqlmodel import select

from bot.store import answers
from bot.store.tables import LetterRow
from bot.store.turn import Reader
from tests.stories.people import Before
from tests.telegram.stories.branch import Branch, Someone, shown


async def at_the_first_choice(branch: Branch) -> tuple[Someone, Before]:
    """王芳 before a question with options."""
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")
    question = await wang.starts()
    assert question.shown.answer is None, "this seed begins with options"
    return wang, question


async def given(branch: Branch, someone: Someone) -> list[int]:
    return [each.slot for each in await branch.look(answers.of_person, someone.id)]


async def has_given(branch: Branch, someone: Someone, question: Before) -> bool:
    return question.slot in await given(branch, someone)


async def has_heard(branch: Branch) -> bool:
    return "act" in branch.store.done


async def restart(branch: Branch) -> None:
    await branch.die()
    await branch.start()


@pytest.mark.parametrize("point", ["before", "after"])
async def test_a_process_that_dies_around_an_answers_turn_loses_and_doubles_nothing(branch: Branch, point: str) -> None:
    wang, question = await at_the_first_choice(branch)
    earlier = await given(branch, wang)
    setattr(branch.store, f"held_{point}", "act")
    query = await wang.taps(f"a:{question.slot}:{question.right()}")
    async with asyncio.timeout(20):
        await branch.store.holding.wait()
    await asyncio.sleep(0.2)  # polls have gone on meanwhile
    assert not branch.is_forgotten(query.update_id), "Telegram may not forget what has not been done"
    assert query.toast is None
    await restart(branch)
    await wang.user.wait_for(lambda message: question.shown.stem not in message.text and "✓" in message.text)
    assert await given(branch, wang) == [*earlier, question.slot]
    assert len(wang.has("✓")) == 1
    following = await wang.question()
    assert following is not None
    await wang.sees(following.shown.stem)


async def test_a_process_that_dies_after_the_reply_brings_no_second_one(branch: Branch) -> None:
    wang, question = await at_the_first_choice(branch)
    await wang.gives(question, question.right())
    following = await wang.question()
    assert following is not None
    await wang.sees(following.shown.stem)
    newest, sent = max(branch.fake.updates), len(branch.fake.called("sendMessage"))
    before = [shown(message) for message in wang.user.messages]
    await restart(branch)
    branch.fake.redeliver(newest)
    await branch.until(partial(has_heard, branch))
    await branch.wake()
    assert [shown(message) for message in wang.user.messages] == before
    assert len(branch.fake.called("sendMessage")) == sent
    assert await wang.question() == following


async def test_a_clean_stop_confirms_what_was_heard_and_the_next_process_goes_on(branch: Branch) -> None:
    wang, question = await at_the_first_choice(branch)
    await branch.stop()
    assert branch.is_forgotten(max(branch.fake.updates))
    await wang.taps(f"a:{question.slot}:{question.right()}")
    await asyncio.sleep(0.1)
    await branch.start()
    await wang.user.wait_for(lambda message: "✓" in message.text)
    assert await given(branch, wang) == [question.slot]


async def test_who_stops_the_program_still_gets_the_reply_that_was_on_its_way(branch: Branch) -> None:
    wang, question = await at_the_first_choice(branch)
    await wang.taps(f"a:{question.slot}:{question.right()}")
    await branch.until(partial(has_given, branch, wang, question))
    await branch.stop()
    assert len(wang.has("✓")) == 1, "before the line was closed"


async def test_a_restart_at_half_past_eight_changes_no_days_course(branch: Branch) -> None:
    wang, li = await branch.joined("王芳", "李强")
    await branch.at("08:03")
    await wang.starts()
    await wang.answers()
    await branch.at("08:31")
    await restart(branch)
    await branch.wake()
    assert len(li.has("今天 5 题")) == 1, "nobody is pushed twice"
    await branch.at("08:33")
    await li.sees("还有 5 题没答")
    assert not wang.has("还有")
    await li.starts("继续")
    await li.answers()
    await branch.at("08:45")
    await wang.sees("参与 2/3")


async def test_an_edit_whose_answer_is_lost_is_tried_again_and_seen_once(branch: Branch) -> None:
    wang, question = await at_the_first_choice(branch)
    sent = len(branch.fake.called("sendMessage"))
    branch.fake.drop_response_next("editMessageText")
    await wang.gives(question, question.right())
    following = await wang.question()
    assert following is not None
    await wang.sees(following.shown.stem)

    async def put_back() -> bool:
        return await branch.store.look(_waiting) == 1

    await branch.until(put_back)
    branch.clock.pass_by(5)
    edits = len(branch.fake.called("editMessageText"))
    await branch.wake()
    assert len(branch.fake.called("editMessageText")) == edits + 1, "its receipt was lost, so it is tried again"
    await branch.wake()
    assert len(branch.fake.called("editMessageText")) == edits + 1, "and now it is known"
    assert len(branch.fake.called("sendMessage")) == sent
    assert len(wang.has(following.shown.stem)) == 1


async def test_who_blocks_the_bot_is_told_to_the_trainer_and_comes_back_with_the_next_word(branch: Branch) -> None:
    wang, zhao = await branch.joined("王芳", "赵敏")
    wang.user.block()
    await zhao.sees("王芳收不到消息了")
    tries = len(branch.fake.called("sendMessage"))
    await branch.at("08:03")
    assert len(branch.fake.called("sendMessage")) == tries, "nobody writes to a closed door"
    await wang.user.start()
    await wang.user.wait_for(lambda message: message.id > 2 and bool(message.text))
    await wang.user.say("/today")
    await wang.sees("17:30 前可以补做")
    await wang.starts("开始补做")
    assert await wang.answers() == 0
    await wang.sees("5 题对 5")


async def test_an_account_that_is_no_more_is_found_out_by_writing(branch: Branch) -> None:
    wang, zhao, li = await branch.joined("王芳", "赵敏", "李强")
    wang.user.deactivate()
    await branch.at("08:03")
    await branch.wake()
    await zhao.sees("王芳收不到消息了")
    await li.sees("今天 5 题")
    tries = len(branch.fake.called("sendMessage"))
    await branch.at("08:33")
    assert len(branch.fake.called("sendMessage")) == tries + 1, "the reminder for 李强"
    assert len(zhao.has("王芳收不到消息了")) == 1


async def test_telegram_away_for_a_while_delays_letters_and_loses_none(branch: Branch) -> None:
    wang, li = await branch.joined("王芳", "李强")
    branch.fake.fail_next("sendMessage", 502, "Bad Gateway", times=2)
    await branch.at("08:03")
    assert not wang.has("今天 5 题")
    assert not li.has("今天 5 题")
    branch.clock.pass_by(10)
    await branch.wake()
    for someone in (wang, li):
        assert len(someone.has("今天 5 题")) == 1


async def test_an_event_that_breaks_us_is_put_aside_with_a_number_and_the_rest_goes_on(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")

    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("bot.services.answering.begin", breaks)
        await wang.taps("开始")
        await wang.user.wait_for(lambda message: "编号" in message.text or "记下" in message.text)
    await wang.user.say("/today")
    await wang.sees("已答 0/5")


def _waiting(turn: Reader) -> int:
    """Letters that wait for another try."""
    return len(turn.session.exec(select(LetterRow.id).where(LetterRow.state == "waiting")).all())
