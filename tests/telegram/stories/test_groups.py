"""A branch's group on Telegram: linked, counted in, told the board, followed when it moves, lost."""

from contextlib import suppress

import pytest

from bot.store import groups, links
from bot.store.following import GAP
from tests.fakes.telegram.groups import Group
from tests.telegram.stories.branch import Branch, Someone, shown
from tests.telegram.stories.conftest import BY_WEBHOOK, ON_POSTGRES

TITLE = "城东网点晨会群"
RINGS = 5


@pytest.fixture(params=[BY_WEBHOOK, ON_POSTGRES])
def way(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Once by webhook, once by polling."""
    database, mode = request.param
    return database, mode


async def sees(branch: Branch, group: Group, *words: str) -> None:
    """A message with all these words stands in the group, now or once the alarm clock has rung again, as it does every
    few seconds: a change that comes while the one before is on its way waits for it."""
    for _ in range(RINGS):
        with suppress(AssertionError):
            await group.wait_for(lambda message: all(word in shown(message) for word in words), timeout=2)
            return
        await branch.wake()
    await group.wait_for(lambda message: all(word in shown(message) for word in words))


async def later(branch: Branch) -> None:
    """Long enough for the next change of a message, and what is due goes out."""
    branch.clock.move(branch.clock() + GAP)
    await branch.wake()


def changes(branch: Branch, group: Group) -> int:
    """How often a message of the group was changed in place."""
    return sum(call.params.get("chat_id") == group.id for call in branch.fake.called("editMessageText"))


async def finishes(*people: Someone) -> None:
    """These people answer everything."""
    for someone in people:
        await someone.starts()
        await someone.answers()


async def test_a_branchs_group_from_the_first_hello_to_the_day_it_is_lost(branch: Branch) -> None:
    wang, li, sun, zhao = await branch.joined("王芳", "李强", "孙丽", "赵敏")
    group = branch.fake.group(TITLE, supergroup=False)
    group.join(*(one.user for one in (wang, li, sun, zhao)))
    group.add_bot(by=wang.user)
    await sees(branch, group, "大家好，我是晨练", "/link")
    await group.say(wang.user, "/link")
    await sees(branch, group, "连群由培训师、网点负责人或管理员来做")
    await group.say(zhao.user, "/link@chenlian_fake_bot")
    await sees(branch, group, "好，本群就是城东网点的群了")

    await branch.at("08:03")
    await sees(branch, group, "已完成 0 / 3", "[去私聊]")
    count = group.messages[-1]
    assert count.buttons[0][0].url == "https://t.me/chenlian_fake_bot"
    await finishes(wang, li)
    await branch.wake()
    assert changes(branch, group) == 0, "not within three seconds"
    await later(branch)
    await sees(branch, group, "已完成 2 / 3")
    assert changes(branch, group) == 1, "two who finished, one change"
    await finishes(sun)
    await later(branch)
    await sees(branch, group, "已完成 3 / 3")

    await branch.at("08:45")
    await sees(branch, group, "城东网点 · 11月23日", "3/3", "第 1 名")
    assert changes(branch, group) == 3
    assert len(group.messages) == 4, "hello, no, linked, and one message for the whole morning"
    assert group.messages[-1] is count

    group.upgrade(by=zhao.user)
    await branch.until(lambda: is_known(branch, group))
    await branch.at("11-24 08:03")
    await branch.at("08:45")
    await sees(branch, group, "11月24日", "0/3")

    group.put_bot_out(by=wang.user)
    await zhao.sees("城东网点的群收不到消息了", TITLE)
    await branch.at("11-25 08:03")
    await branch.at("08:45")
    assert len(zhao.has("城东网点的群收不到消息了")) == 1
    assert not any("11月25日" in message.text for message in group.messages)
    group.add_bot(by=zhao.user)
    await sees(branch, group, "我回来了。城东网点的结果继续发在这里。")


async def is_known(branch: Branch, group: Group) -> bool:
    found = await branch.look(groups.at, "telegram", str(group.id))
    return found is not None and found.gone_at is None


async def test_a_link_that_adds_us_also_links_the_group(branch: Branch) -> None:
    (zhao,) = await branch.joined("赵敏")
    await zhao.user.say("/link")
    help_ = await zhao.sees("先把我加进去", "[加到群里]")
    assert help_.buttons[0][0].url == "https://t.me/chenlian_fake_bot?startgroup=link"
    group = branch.fake.group(TITLE)
    group.add_bot(by=zhao.user, payload="link")
    await sees(branch, group, "好，本群就是城东网点的群了")


async def test_an_anonymous_admin_a_stranger_and_people_who_talk(branch: Branch) -> None:
    (zhao,) = await branch.joined("赵敏")
    stranger = branch.fake.user(9001, "路人")
    group = branch.fake.group(TITLE, supergroup=True)
    group.join(zhao.user, stranger)
    group.add_bot(admin=True)  # an admin sees everything that is written
    await group.say_anonymously("/link")
    await sees(branch, group, "您是以群的名义说话的")
    await group.say(stranger, "/link")
    await sees(branch, group, "还不认识您")
    await group.say(stranger, "早上好")
    await group.say(zhao.user, "12")
    await group.say(zhao.user, "/me")
    await sees(branch, group, "这个只在私聊里看")
    assert len(group.messages) == 3, "talk is not answered"


async def test_only_who_asked_chooses_the_branch(branch: Branch) -> None:
    zheng, zhao = await branch.joined("郑总", "赵敏")
    group = branch.fake.group(TITLE)
    group.join(zheng.user, zhao.user)
    group.add_bot()
    await group.say(zheng.user, "/link")
    await sees(branch, group, "本群是哪个网点的？", "[城西网点]")
    assert await (await group.tap(zhao.user, "城东网点")).wait() == "请发 /link 的人来选。"
    await group.tap(zheng.user, "城西网点")
    await sees(branch, group, "好，本群就是城西网点的群了")
    assert len(group.messages) == 1, "in place of the question"


async def test_a_move_that_is_only_learnt_while_writing(branch: Branch) -> None:
    zhao, wang = await branch.joined("赵敏", "王芳")
    group = branch.fake.group(TITLE, supergroup=False)
    group.join(zhao.user, wang.user)
    group.add_bot()
    await group.say(zhao.user, "/link")
    await sees(branch, group, "好，本群就是城东网点的群了")
    group.upgrade()  # nobody tells the bot
    await branch.at("08:03")
    await sees(branch, group, "已完成 0 / 3")
    assert await is_known(branch, group)
    await branch.at("08:45")
    await sees(branch, group, "城东网点 · 11月23日", "0/3")
    assert len(group.messages) == 1, "what came under the new address can be changed there"


async def test_a_group_where_members_may_not_write_is_lost_until_somebody_mends_it(branch: Branch) -> None:
    zhao, wang = await branch.joined("赵敏", "王芳")
    group = branch.fake.group(TITLE)
    group.join(zhao.user, wang.user)
    group.add_bot()
    await group.say(zhao.user, "/link")
    await sees(branch, group, "好，本群就是城东网点的群了")
    group.mute()
    await branch.at("08:03")
    await branch.wake()
    await zhao.sees("城东网点的群收不到消息了", "让它能发言")
    group.mute(muted=False)
    await group.say(zhao.user, "/link")
    await sees(branch, group, "本群已经连着城东网点")
    await branch.at("08:45")
    await sees(branch, group, "城东网点 · 11月23日", "0/3")


async def test_a_person_who_blocks_the_bot_is_marked_at_once(branch: Branch) -> None:
    wang, zhao = await branch.joined("王芳", "赵敏")
    wang.user.block()
    await zhao.sees("王芳收不到消息了")
    assert await branch.look(links.reachable, [wang.id]) == frozenset()
    wang.user.unblock()

    async def reachable() -> bool:
        return await branch.look(links.reachable, [wang.id]) == {wang.id}

    await branch.until(reachable)
