"""The branch's group through the days: a count that grows in one message, the board it becomes, moves and losses."""

import asyncio
from datetime import timedelta

from bot.chat.incoming import Incoming, Reach, Tap, Text
from bot.rehearsal.channel import NAME, Delivered
from bot.store import groups, links
from bot.store.following import GAP
from bot.store.turn import Turn
from tests.stories.bank import Bank
from tests.stories.group import Group
from tests.stories.people import text_of


async def later(bank: Bank, seconds: float = GAP.total_seconds()) -> None:
    """A while passes, and what is due goes out."""
    bank.clock.move(bank.clock() + timedelta(seconds=seconds))
    await bank.wake()


def stays(turn: Turn, address: str) -> None:
    """The group is one whose messages never change, linked on the command line."""
    group = groups.at(turn, NAME, address)
    assert group is not None
    group.changes, group.linked_by = False, None


def letters(group: Group) -> list[Delivered]:
    """Every letter that ever came to the group, but answers to what was said there."""
    return [seen for seen in group.bank.channel.record if seen.address == group.address and not seen.event]


async def a_group(bank: Bank, name: str = "赵敏") -> Group:
    group = Group(bank)
    await group.linked_by(bank.person(name))
    return group


async def test_the_count_grows_in_one_message_which_becomes_the_board(branch: Bank) -> None:
    group = await a_group(branch)
    await branch.at("08:03")
    assert group.sees("已完成 0 / 3", "08:45 收", "[去私聊]")
    for name, count in (("王芳", "1 / 3"), ("李强", "2 / 3")):
        await branch.answer_all(name)
        await later(branch)
        assert f"已完成 {count}" in group.phone()
    await branch.孙丽.taps("开始")
    await branch.孙丽.answers(most=2)
    await later(branch)
    assert "已完成 2 / 3" in group.phone(), "begun is not finished"
    await branch.at("08:45")
    assert group.sees("城东网点 · 11月23日", "参与 3/3", "答对 12/12", "第 1 名 王芳、李强", "自己的结果在私聊里")
    assert "已完成" not in group.phone(), "the count has become the board"
    assert len(group.messages()) == 2, "the answer to /link, and this one"
    assert len(letters(group)) == 4

    await branch.at("11-24 08:45")
    assert len(group.messages()) == 3, "another day, another message"
    assert "11月24日" in group.messages()[-1]


async def test_where_a_message_cannot_be_changed_only_the_board_is_told(branch: Bank) -> None:
    group = await a_group(branch)
    await branch.store.do(stays, group.address)
    before = len(letters(group))
    await branch.at("08:03")
    for name in ("王芳", "李强"):
        await branch.answer_all(name)
        await later(branch)
    assert len(letters(group)) == before, "no count"
    await branch.at("08:45")
    assert group.sees("城东网点 · 11月23日", "第 1 名 王芳、李强")
    assert len(letters(group)) == before + 1


async def test_many_who_finish_within_seconds_are_told_in_one_change(day: Bank) -> None:
    group = await a_group(day)
    await day.answer_all("王芳")
    assert group.phone().count("已完成 1 / 3") == 1, (
        "linked in the middle of the morning, it begins with who finishes next"
    )
    await day.answer_all("李强")
    await later(day, 1)
    await day.answer_all("孙丽")
    assert len(letters(group)) == 1
    await later(day, 2)
    assert "已完成 3 / 3" in group.phone()
    assert "都答完了，08:45 出结果。" in group.phone()
    assert len(letters(group)) == 2


async def test_two_who_finish_in_two_processes_at_once_are_both_counted(day: Bank) -> None:
    group = await a_group(day)
    names = ("王芳", "李强", "孙丽")
    for name in names:
        await day.person(name).taps("开始")
        await day.person(name).answers(most=4)
    async with day.another_process() as other:
        last = [await last_tap(day, name) for name in names]
        await asyncio.gather(
            *(day.takes(event, store) for event, store in zip(last, (day.store, other, day.store), strict=True))
        )
    await later(day)
    assert "已完成 3 / 3" in group.phone()
    assert len(letters(group)) == 1, "all three while the first letter waited"


async def last_tap(bank: Bank, name: str) -> Incoming:
    """The tap, or the number written, that answers the question before somebody rightly."""
    someone = bank.person(name)
    question = await someone.question()
    assert question is not None
    right = question.right()
    said = Tap(f"a:{question.slot}:{right}") if question.shown.answer is None else Text(right)
    return bank.event(someone.address, said, bank.channel.phones[someone.address].holding(f"a:{question.slot}:"))


async def test_the_board_names_nobody_who_is_last_and_no_figure_beside_a_name(day: Bank) -> None:
    group = await a_group(day)
    await day.王芳.starts()
    await day.李强.starts(misses="当面清点")
    await day.孙丽.starts(misses="当面清点")
    await day.at("08:45")
    assert group.sees("答对 13/15", "第 1 名 王芳")
    assert not group.sees("李强"), "the two who share the last place are not named"
    await group.says(day.王芳, "/board")
    assert group.sees("第 1 名 王芳")
    assert not group.sees("孙丽")


async def test_a_day_without_questions_has_no_board(branch: Bank) -> None:
    group = await a_group(branch)
    await branch.at("08:46", asleep=True)
    await branch.wake()
    assert not letters(group), "the push went by: nobody could answer"
    await branch.at("11-28 09:00")
    assert not [seen for seen in letters(group) if "11月28日" in text_of(seen)], "a Saturday"


async def test_a_late_answer_does_not_bring_the_count_back(day: Bank) -> None:
    group = await a_group(day)
    await day.王芳.taps("开始")
    await day.王芳.answers(most=4)
    await day.at("08:45")
    await day.王芳.answers()
    await later(day)
    assert "参与 1/3" in group.phone()
    assert "已完成" not in group.phone()


async def test_a_group_that_moves_is_followed(branch: Bank) -> None:
    group = await a_group(branch)
    await branch.at("08:03")
    await group.moves("-1009")
    assert not branch.came()
    await branch.answer_all("王芳")
    await later(branch)
    assert "已完成 1 / 3" in group.phone(), "anew: what stands under the old address can't be changed"
    await branch.at("08:45")
    assert "参与 1/3" in group.phone()
    assert len(group.messages()) == 1


async def test_a_move_that_the_platform_tells_while_we_send(branch: Bank) -> None:
    group = await a_group(branch)
    branch.channel.moved = {"-100": "-1009"}
    await branch.at("08:03")
    group.address = "-1009"
    assert group.sees("已完成 0 / 3")
    assert await branch.look(groups.at, NAME, "-100") is None
    await branch.answer_all("王芳")
    await later(branch)
    assert len(group.messages()) == 1, "its receipt was the new group's: it can be changed"
    assert "已完成 1 / 3" in group.phone()


async def test_a_group_that_loses_us_is_told_to_the_trainer_once_and_heals(branch: Bank) -> None:
    group, zhao = await a_group(branch), branch.赵敏
    await group.drops_us(branch.王芳)
    assert zhao.sees("城东网点的群收不到消息了。", "“城东网点晨会群”", "/link")
    assert not branch.陈主任.seen(), "who decides on the branch hears it"
    await group.drops_us(branch.王芳)
    assert not zhao.seen()
    await branch.at("08:45")
    assert not letters(group)

    await branch.at("11-24 07:30")
    await group.adds_us(branch.李强)
    assert group.sees("我回来了。城东网点的结果继续发在这里。")
    await branch.at("08:45")
    assert len(letters(group)) == 2, "the count and the board"
    assert zhao.heard("的群收不到消息了") == 1
    await group.drops_us(branch.王芳)
    assert zhao.heard("的群收不到消息了") == 2, "a second loss is news again"


async def test_a_group_in_which_we_cant_write_is_found_out_by_writing(branch: Bank) -> None:
    group = await a_group(branch)
    branch.channel.blocked.add(group.address)
    await branch.at("08:03")
    await branch.answer_all("王芳")
    await branch.at("08:45")
    assert branch.赵敏.heard("的群收不到消息了") == 1
    assert branch.王芳.sees("本网点参与 1/3"), "nobody else is held up"
    found = await branch.look(groups.at, NAME, group.address)
    assert found is not None
    assert found.gone_at is not None
    branch.channel.blocked.clear()
    await group.says(branch.赵敏, "/link")
    assert group.sees("已经连着城东网点")
    await branch.at("11-24 08:45")
    assert "11月24日" in group.phone(), "linked again, it is told again"


async def test_a_chat_that_is_blocked_is_marked_when_it_happens(branch: Bank) -> None:
    wang, zhao = branch.王芳, branch.赵敏
    await branch.hears(branch.event(wang.address, Reach(open=False)))
    assert not wang.seen()
    assert zhao.sees("王芳收不到消息了")
    assert await branch.look(links.reachable, [wang.id]) == frozenset()
    await branch.at("08:03")
    assert not wang.seen()
    await branch.hears(branch.event(wang.address, Reach(open=True)))
    assert await branch.look(links.reachable, [wang.id]) == {wang.id}
    assert not wang.seen(), "who comes back says so themselves"
    await branch.hears(branch.event("888", Reach(open=False)))
    await branch.hears(branch.event("888", Reach(open=True)))
    assert not branch.came(), "of somebody unknown nobody hears"
    assert zhao.heard("王芳收不到消息了") == 1


async def test_a_dead_process_loses_no_count_and_no_board(branch: Bank) -> None:
    group = await a_group(branch)
    await branch.at("08:03")
    await branch.restart()
    await branch.answer_all("王芳")
    await branch.restart()
    await later(branch)
    assert "已完成 1 / 3" in group.phone()
    await branch.restart()
    await branch.at("08:45")
    assert "参与 1/3" in group.phone()
    assert len(group.messages()) == 2


async def test_of_two_groups_linked_at_once_one_is_the_branchs_and_the_other_may_take_its_place(branch: Bank) -> None:
    first, second = Group(branch, "-100", "一群"), Group(branch, "-200", "二群")
    async with branch.another_process() as other:
        said = Text("/link")
        branch.begun = len(branch.channel.record)
        await asyncio.gather(
            branch.takes(first.event(branch.赵敏.address, said), branch.store),
            branch.takes(second.event(branch.陈主任.address, said), other),
        )
    linked, offered = (first, second) if first.sees("好，本群就是") else (second, first)
    assert linked.sees("好，本群就是城东网点的群了")
    assert offered.sees(f"城东网点已经有一个群“{linked.title}”", "[改过来]")
    found = await branch.look(groups.of_unit, branch.unit("城东网点"), NAME)
    assert found is not None
    assert found.address == linked.address


async def test_one_group_linked_to_two_branches_at_once_is_one_branchs(branch: Bank) -> None:
    group = Group(branch)
    async with branch.another_process() as other:
        branch.begun = len(branch.channel.record)
        said = Text("/link")
        await asyncio.gather(
            branch.takes(group.event(branch.赵敏.address, said), branch.store),
            branch.takes(group.event(branch.何训.address, said), other),
        )
    assert group.seen().count("好，本群就是") == 1
    assert group.sees("本群连着另一个网点")
