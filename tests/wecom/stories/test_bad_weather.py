"""What goes wrong on a real morning on WeCom: repeated, late and lost callbacks, a process that dies, a limit."""

import asyncio
from functools import partial

import pytest
from sqlmodel import col, select

from bot.store import answers, links
from bot.store.tables import LetterRow
from bot.store.turn import Reader
from tests.stories.people import Before
from tests.wecom.conftest import shown
from tests.wecom.stories.branch import Branch, Someone


async def at_the_first_choice(branch: Branch) -> tuple[Someone, Before]:
    """王芳 before a question with options."""
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")
    question = await wang.starts()
    assert question.shown.answer is None, "this seed begins with options"
    return wang, question


async def given(branch: Branch, someone: Someone) -> list[int]:
    return [each.slot for each in await branch.look(answers.of_person, someone.id)]


async def restart(branch: Branch) -> None:
    await branch.die()
    await branch.start()


@pytest.mark.parametrize("point", ["before", "after"])
async def test_a_process_that_dies_around_an_answers_turn_loses_and_doubles_nothing(branch: Branch, point: str) -> None:
    wang, question = await at_the_first_choice(branch)
    setattr(branch.store, f"held_{point}", "act")
    press = await wang.taps(f"a:{question.slot}:{question.right()}")
    async with asyncio.timeout(20):
        await branch.store.holding.wait()
    assert press.tries == [], "WeCom has no answer before the answer is on disk"
    await restart(branch)
    branch.fake.callbacks.redeliver(press)  # its repetitions, which take no time here, were over before we were back
    assert (await press.wait()).taken
    await branch.wake()
    await wang.user.wait_for(lambda message: "✓" in shown(message) and question.shown.stem not in shown(message))
    assert await given(branch, wang) == [question.slot]
    following = await wang.question()
    assert following is not None
    await wang.sees(following.shown.stem)


async def test_an_event_brought_three_times_and_late_counts_once_and_is_answered_once(branch: Branch) -> None:
    wang, question = await at_the_first_choice(branch)
    branch.fake.callbacks.doubled = 1
    press = await wang.taps(f"a:{question.slot}:{question.right()}")
    await branch.fake.callbacks.wait_idle()
    following = await wang.question()
    assert following is not None
    await wang.sees(following.shown.stem)
    count = len(wang.user.messages)
    branch.fake.callbacks.redeliver(press)
    await press.wait()
    await restart(branch)
    branch.fake.callbacks.redeliver(press)
    await press.wait()
    await branch.wake()
    await asyncio.sleep(0.1)
    assert len(wang.user.messages) == count
    assert await given(branch, wang) == [question.slot]


async def test_answers_that_are_lost_on_the_way_are_brought_again_and_change_nothing(branch: Branch) -> None:
    wang, question = await at_the_first_choice(branch)
    branch.fake.callbacks.deaf = 2
    press = await wang.taps(f"a:{question.slot}:{question.right()}")
    await press.wait()
    assert press.tries == [0, 0, 200]
    assert await given(branch, wang) == [question.slot]
    await branch.fake.callbacks.wait_idle()
    assert not wang.has("已经答过"), "it is the same press"


async def test_events_in_another_order_are_each_heard(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    branch.fake.callbacks.hold()
    first = await wang.user.say("我的")
    second = await wang.user.say("错题本")
    branch.fake.callbacks.release(backwards=True)
    await first.wait()
    await second.wait()
    await wang.sees("连续")
    await wang.sees("错题本是空的")


async def test_a_card_older_than_three_days_is_answered_below_it(branch: Branch) -> None:
    wang, question = await at_the_first_choice(branch)
    card = await wang.sees(question.shown.stem)
    branch.fake.callbacks.hold()
    press = await wang.taps(f"a:{question.slot}:{question.wrong()}")
    branch.fake.pass_time(72 * 3600 + 60)
    branch.fake.callbacks.release()
    await press.wait()
    verdict = await wang.sees("✗", "为什么：")
    assert verdict is not card
    assert not card.frozen


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


async def test_a_push_whose_receipts_are_lost_is_seen_once(branch: Branch) -> None:
    wang, li = await branch.joined("王芳", "李强")
    branch.fake.faults.drop_response_next("message/send", times=2)
    await branch.at("08:03")
    branch.clock.pass_by(10)
    await branch.wake()
    for someone in (wang, li):  # the alarm clock rings by itself, too, and may still be at it
        await someone.sees("今天 5 题")
        await branch.until(partial(was_dropped, someone))
        assert len(someone.has("今天 5 题")) == 1
        assert [each.why for each in someone.user.dropped] == ["duplicate"]


async def was_dropped(someone: Someone) -> bool:
    """Whether WeCom has dropped anything of theirs."""
    return bool(someone.user.dropped)


async def test_the_days_limit_delays_letters_and_loses_none(branch: Branch) -> None:
    wang, li = await branch.joined("王芳", "李强")
    branch.fake.app.quota.most = branch.fake.app.quota.used
    await branch.at("08:03")
    assert not wang.has("今天 5 题")
    branch.fake.app.quota.most += 1000
    await asyncio.sleep(0.3)  # the pause, which is a minute there
    branch.clock.pass_by(70)
    await branch.wake()
    for someone in (wang, li):
        await someone.sees("今天 5 题")
        assert len(someone.has("今天 5 题")) == 1


async def test_who_leaves_the_visible_range_is_told_to_the_trainer_and_comes_back_by_opening_the_app(
    branch: Branch,
) -> None:
    wang, zhao, li = await branch.joined("王芳", "赵敏", "李强")
    directory = branch.fake.world.directory
    gone = directory.people.pop(wang.user.userid.lower())
    await branch.at("08:03")
    await branch.wake()
    await zhao.sees("王芳收不到消息了")
    await li.sees("今天 5 题")
    tries = len(branch.fake.called("message/send"))
    await branch.at("08:33")
    assert len(branch.fake.called("message/send")) == tries + 1, "the reminder for 李强; nobody writes to a closed door"
    directory.people[wang.user.userid.lower()] = gone
    opened = await wang.user.open_app()
    assert opened
    await opened.wait()
    assert await branch.look(links.reachable, [wang.id])
    await wang.user.say("今天")
    await wang.sees("已答 0/5")


async def test_an_event_that_breaks_us_is_put_aside_with_a_number_and_the_rest_goes_on(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")

    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("bot.services.answering.begin", breaks)
        press = await wang.taps("开始")
        assert (await press.wait()).taken
        await wang.sees("编号")
    await wang.user.say("今天")
    await wang.sees("已答 0/5")


async def test_who_stops_the_program_still_gets_the_reply_that_was_on_its_way(branch: Branch) -> None:
    wang, question = await at_the_first_choice(branch)
    await wang.taps(f"a:{question.slot}:{question.right()}")
    await branch.until(partial(_has_given, branch, wang, question))
    await branch.stop()
    assert len([m for m in wang.user.messages if "✓ 对。" in shown(m)]) == 1


async def _has_given(branch: Branch, someone: Someone, question: Before) -> bool:
    return question.slot in await given(branch, someone)


async def test_a_process_that_dies_in_the_middle_of_a_push_is_seen_by_nobody(branch: Branch) -> None:
    """They have their letters, and no receipt was written; the same requests are made again, and shown once."""
    people = await branch.joined("王芳", "李强", "孙丽")
    branch.store.held_before = "close"
    pushing = asyncio.create_task(branch.at("08:03"))
    for someone in people:
        await someone.sees("今天 5 题")
    async with asyncio.timeout(20):
        await branch.store.holding.wait()
    pushing.cancel()
    await branch.die()
    await branch.start()
    await branch.wake()
    await branch.until(partial(_all_sent, branch))
    for someone in people:
        assert len(someone.has("今天 5 题")) == 1
        assert {each.why for each in someone.user.dropped} == {"duplicate"}
    await people[0].starts()


async def _all_sent(branch: Branch) -> bool:
    return await branch.look(_unsent) == 0


def _unsent(turn: Reader) -> int:
    """Letters of the push that have no receipt."""
    push = col(LetterRow.once).startswith("push/")
    return len(turn.session.exec(select(LetterRow.id).where(push, LetterRow.state != "sent")).all())
