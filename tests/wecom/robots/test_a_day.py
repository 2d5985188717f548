"""A whole day of a small branch over a smart bot's socket and a group's webhook, on both databases."""

import asyncio

from bot.wecom.frames import PUSH, SUBSCRIBE, UPDATE
from tests.fakes.wecom.lines import connect
from tests.stories.fixtures import COUNTING
from tests.wecom.robots.branch import Branch, seen


async def test_a_day_from_the_invitation_to_the_board_in_the_group(branch: Branch) -> None:
    wang, li, sun, zhao = await branch.joined("王芳", "李强", "孙丽", "赵敏")
    group = branch.fake.group("城东网点晨会群")
    await zhao.room.say(group.url)
    await zhao.sees("城东网点的企业微信群连上了")
    await branch.wake()
    assert "本群是城东网点的群了" in group.messages[0].text

    await branch.at("08:03")
    push = await wang.sees("早上好", "今天 5 题", "[开始]")
    first = await wang.starts()
    assert "1/5" in push.text or push.frozen, "the push became the question, or says that it was begun"
    await wang.gives(first, first.wrong())
    verdict = await wang.sees("✗", "为什么：")
    await wang.taps("记住了，下一题")
    await wang.next_question(first)
    assert "2/5" in verdict.text, "the verdict's card became the next question"
    await wang.answers()
    await wang.sees("答完了：5 题对 4")
    for someone in (li, sun):
        await someone.starts()
    await asyncio.gather(li.answers(), sun.answers())
    await branch.wake()
    assert len(group.messages) == 1, "no count floods the group"

    await branch.at("08:45")
    await wang.sees("参与 3/3，答对 14/15")
    board = group.messages[-1]
    assert (len(group.messages), board.kind, board.clipped) == (2, "markdown_v2", [])
    assert "| 参与 | 3/3 |" in board.text
    assert "第 1 名" in board.text

    await branch.at("09:00")
    codes = {(frame.cmd, frame.errcode) for frame in branch.bot.bot.frames}
    assert codes - {(cmd, 0) for cmd, _ in codes} == set(), "WeCom refused nothing"
    for someone in (wang, li, sun, zhao):
        assert [message.clipped for message in someone.room.messages if message.clipped] == []


async def test_a_second_miss_is_confirmed_by_the_trainer_and_trained_in_the_evening(branch: Branch) -> None:
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
    await wang.sees("今晚 17:40", COUNTING, "[为什么是我]")
    await branch.at("11-24 17:40")
    await wang.starts("开始 5 题")
    assert await wang.answers() == 0
    await wang.sees("补练通过")
    await branch.wake()
    await zhao.sees("王芳", "补练通过，5/5")


async def test_an_answered_card_says_how_it_was_and_can_not_be_pressed_again(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")
    await wang.starts()
    while (question := await wang.question()) is not None:
        await wang.sees(question.shown.stem)
        await wang.gives(question, question.right())
    await wang.sees("答完了：5 题对 5")
    left = [card for card in wang.room.messages if any(name.startswith("a:") for name in keys(card.card))]
    assert left == [], "every question's card was frozen"
    assert wang.has("✓ 对")


def keys(card: dict[str, object]) -> list[str]:
    buttons = card.get("button_list", [])
    assert isinstance(buttons, list)
    return [str(button["key"]) for button in buttons]


async def test_a_minute_without_a_line_loses_no_letter(branch: Branch) -> None:
    wang, li = await branch.joined("王芳", "李强")
    branch.bot.bot.enabled = True
    branch.fake.faults.fail_next(SUBSCRIBE, -1, times=3)
    branch.bot.cut()
    await branch.until_so(lambda: not branch.bot.is_connected)
    await branch.at("08:03")
    await branch.connected()
    await branch.at("08:04")
    for someone in (wang, li):
        await someone.sees("早上好", "今天 5 题", "[开始]")
        assert len(someone.has("早上好", "今天 5 题")) == 1


async def test_a_line_cut_in_the_middle_of_the_push_brings_each_card_once(branch: Branch) -> None:
    people = await branch.joined("王芳", "李强", "孙丽")

    async def cut() -> None:
        branch.bot.cut()

    branch.fake.faults.meanwhile(PUSH, cut)
    await branch.at("08:03")
    await branch.connected()
    for later in ("08:04", "08:05"):
        await branch.at(later)
    for someone in people:
        assert len(someone.has("早上好", "今天 5 题")) == 1, someone.room.messages


async def test_a_tap_told_twice_counts_once(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")
    question = await wang.starts()
    while question.shown.kind not in {"one", "truth"}:
        await wang.gives(question, question.right())
        question = await wang.next_question(question)
    card = await wang.room.wait_for(lambda message: f"a:{question.slot}:{question.right()}" in keys(message.card))
    asked = await wang.room.tap(f"a:{question.slot}:{question.right()}", card)
    assert branch.bot.bot.connection
    before = len(wang.room.messages)
    await branch.bot.bot.connection.send(asked.frame)
    following = await wang.next_question(question)
    assert (await wang.question()) == following
    assert len(wang.has(following.shown.stem)) == 1
    assert len(wang.room.messages) <= before + 2, "the verdict's next card, and nothing twice"


async def test_a_button_pressed_too_late_for_the_card_gets_a_new_one(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")
    branch.fake.faults.fail_next(UPDATE, 846604)
    await wang.starts()
    assert wang.has("[开始]"), "the old card stays as it was"
    assert wang.has("1/5")


async def test_who_dies_with_an_answer_in_hand_is_followed_by_one_who_gives_it(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")
    await wang.sees("[开始]")
    await branch.die()
    await branch.start()
    question = await wang.starts()
    await wang.gives(question, question.right())
    assert await wang.question() != question


async def test_another_connection_takes_over_and_gives_back(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    async with connect(branch.fake) as other:
        assert await other.subscribe() == 0
        await branch.until_so(lambda: bool(branch.edge.pulse.trouble))
    await branch.connected()
    await branch.at("08:03")
    await wang.sees("早上好", "今天 5 题")


async def test_a_second_process_of_ours_has_the_bot_as_long_as_it_lives(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    async with branch.another_process(), connect(branch.fake) as other:
        assert await other.subscribe() == 0
        await branch.until_so(lambda: bool(branch.edge.pulse.trouble))
        await asyncio.sleep(0.5)  # many times the pause after which it would be back
        assert branch.edge.pulse.trouble, "the other lives"
        await branch.at("08:03")
        assert not wang.has("早上好", "今天 5 题"), "the letter waits in the outbox"
    await branch.connected()
    await branch.at("08:04")
    await wang.sees("早上好", "今天 5 题")
    assert len(wang.has("早上好", "今天 5 题")) == 1


async def test_who_opens_the_chat_hears_what_to_do_next(branch: Branch) -> None:
    (wang,) = await branch.joined("王芳")
    stranger = branch.bot.alone(branch.fake.user("nobody", "路人"))
    entered = await stranger.enter()
    assert entered
    assert "邀请" in str(await entered.wait())
    entered = await wang.room.enter()
    assert entered
    await entered.wait()
    assert "王芳" in seen(wang.room.messages[-1])


async def test_encrypted_userids_are_linked_by_invitation_like_any(branch: Branch) -> None:
    branch.bot.bot.plain_userids = False
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")
    await wang.sees("早上好", "今天 5 题")
    await wang.starts()


async def test_a_webhook_that_was_removed_is_told_to_the_trainer(branch: Branch) -> None:
    wang, zhao = await branch.joined("王芳", "赵敏")
    group = branch.fake.group("城东")
    await zhao.room.say(group.url)
    await zhao.sees("连上了")
    await branch.wake()
    group.remove()
    await branch.at("08:03")
    await wang.starts()
    await wang.answers()
    await branch.at("08:45")
    await branch.wake()
    await zhao.sees("城东网点的群收不到消息了", "重新添加“消息推送”")


async def test_a_group_the_bot_is_in_gets_the_board_and_no_count(branch: Branch) -> None:
    wang, zhao = await branch.joined("王芳", "赵敏")
    group = branch.bot.group("wr1", branch.fake.user(f"User{zhao.id}"))
    await (await group.say("/link")).wait()
    assert "城东网点" in group.messages[-1].text
    await branch.at("08:03")
    await wang.starts()
    await wang.answers()
    await branch.at("08:45")
    assert len(group.messages) == 2
    assert "11月23日" in group.messages[-1].text
    assert group.messages[-1].kind == "markdown"


async def test_a_staff_list_sent_as_a_file_is_read(branch: Branch) -> None:
    (admin,) = await branch.joined("管理员")
    rows = "姓名,工号,岗位,网点\n新来的,9001,柜员,城东网点\n"
    await admin.room.send_file("名单.csv", rows.encode())
    await admin.sees("新来的")
