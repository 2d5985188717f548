"""/link and /unlink in a group, as everybody might try them; and what else is said in a group."""

import pytest

from bot.chat.incoming import File, Other, Tap
from bot.rehearsal.channel import NAME
from bot.store import groups, people
from bot.store.turn import Turn
from tests.router.test_forged import ARGUMENTS, rows
from tests.stories.bank import Bank
from tests.stories.group import Group

NOBODY = "888"
OTHER = "城西网点"


@pytest.fixture
def kind() -> str:
    """One database is enough: what is told apart here is told apart before any SQL."""
    return "sqlite"


@pytest.fixture
def group(branch: Bank) -> Group:
    return Group(branch)


async def unit_of(group: Group) -> int | None:
    found = await group.bank.look(groups.at, NAME, group.address)
    return None if found is None else found.unit_id


async def test_added_to_a_group_it_says_once_who_it_is_for_and_how_to_link(branch: Bank, group: Group) -> None:
    await group.adds_us(branch.王芳)
    assert group.sees("大家好，我是晨练", "在群里发 /link")
    assert len(group.came()) == 1
    assert not branch.王芳.seen(), "in the group only"


@pytest.mark.parametrize("name", ["赵敏", "陈主任"])
@pytest.mark.parametrize("said", ["/link", "/LINK ", "/start link"])
async def test_who_leads_one_branch_links_the_group_to_it(branch: Bank, group: Group, name: str, said: str) -> None:
    await group.says(branch.person(name), said)
    assert group.sees("好，本群就是城东网点的群了。", "08:03", "08:45", "题目、对错和个人的事只在私聊里")
    assert await unit_of(group) == branch.unit("城东网点")
    found = await branch.look(groups.at, NAME, group.address)
    assert found is not None
    assert (found.title, found.linked_by) == (group.title, branch.person(name).id)


@pytest.mark.parametrize("name", ["王芳", "吴查", "周外"])
async def test_who_may_not_is_told_who_may(branch: Bank, group: Group, name: str) -> None:
    for command in ("/link", "/link 城东网点", "/link 城"):
        await group.says(branch.person(name), command)
        assert group.seen().strip() == "连群由培训师、网点负责人或管理员来做，请找他们发 /link。"
    assert await unit_of(group) is None


async def test_a_stranger_is_sent_to_the_private_chat(branch: Bank, group: Group) -> None:
    await group.says(NOBODY, "/link")
    assert group.sees("还不认识您。请先在私聊里用邀请码登记", "[去私聊]")
    await group.says(NOBODY, "/unlink")
    assert group.sees("还不认识您")
    assert await unit_of(group) is None


async def test_who_writes_in_the_groups_name_is_asked_to_write_as_themselves(branch: Bank, group: Group) -> None:
    for address in ("", group.address):
        await group.says(address, "/link")
        assert group.sees("以群的名义说话", "改用本人身份")
    assert await unit_of(group) is None


async def test_linking_again_changes_nothing(branch: Bank, group: Group) -> None:
    await group.linked_by(branch.赵敏)
    for name in ("赵敏", "陈主任", "郑总"):
        await group.says(branch.person(name), "/link")
        assert group.sees("本群已经连着城东网点，不用再连。")


async def test_who_leads_several_chooses_and_nobody_chooses_for_them(branch: Bank, group: Group) -> None:
    await group.says(branch.郑总, "/link")
    assert group.sees("本群是哪个网点的？", "[城东网点] [城西网点]")
    for name in ("赵敏", "王芳", "管理员"):
        await group.taps(branch.person(name), "城东网点")
        assert group.seen().strip() == "请发 /link 的人来选。"
    await group.taps(NOBODY, "城东网点")
    assert group.sees("还不认识您")
    assert await unit_of(group) is None
    shown = len(group.messages())
    await group.taps(branch.郑总, "城西网点")
    assert group.sees("好，本群就是城西网点的群了。")
    assert len(group.messages()) == shown, "in place of the question"
    assert await unit_of(group) == branch.unit(OTHER)


async def test_who_leads_many_names_the_branch(branch: Bank, group: Group) -> None:
    admin = branch.管理员
    await group.says(admin, "/link 城西")
    assert group.sees("好，本群就是城西网点的群了。")
    await group.says(admin, "/link 城北")
    assert group.sees("您管的网点里没有“城北”")
    await group.says(branch.赵敏, "/link 城西")
    assert group.sees("您管的网点里没有“城西”"), "what lies elsewhere is not there"
    await group.says(branch.赵敏, "/link %")
    assert group.sees("没有“%”"), "a name, not a pattern"


async def test_so_many_branches_that_there_is_no_button_for_each(
    branch: Bank, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.linking.CHOICE", 1)
    await group.says(branch.管理员, "/link")
    assert group.sees("您管的网点很多", "/link 城东")


async def test_a_second_group_of_a_branch_is_moved_with_one_button(branch: Bank, group: Group) -> None:
    await group.linked_by(branch.赵敏)
    second = Group(branch, "-200", "新群")
    await second.says(branch.陈主任, "/link")
    assert second.sees("城东网点已经有一个群“城东网点晨会群”。要改用本群吗？", "[改过来]")
    assert await unit_of(second) is None
    await second.taps(branch.赵敏, "改过来")
    assert second.sees("请发 /link 的人来选。")
    await second.taps(branch.陈主任, "改过来")
    assert second.sees("好，本群就是城东网点的群了。")
    assert group.sees("城东网点改用另一个群了"), "the first group hears it"
    assert (await unit_of(group), await unit_of(second)) == (None, branch.unit("城东网点"))


async def test_a_group_of_another_branch_is_not_taken_away(branch: Bank, group: Group) -> None:
    await group.linked_by(branch.何训)
    for command in ("/link", "/unlink"):
        await group.says(branch.赵敏, command)
        assert not group.sees("城西网点"), "whose it is is not theirs to know"
    await group.says(branch.赵敏, "/link")
    assert group.sees("本群连着另一个网点", "/unlink")
    assert await unit_of(group) == branch.unit(OTHER)
    await group.says(branch.何训, "/unlink")
    assert group.sees("好，本群和城西网点断开了")
    await group.linked_by(branch.赵敏)


async def test_who_leads_both_branches_moves_the_group_from_one_to_the_other(branch: Bank, group: Group) -> None:
    await group.linked_by(branch.赵敏)
    await group.says(branch.郑总, f"/link {OTHER}")
    assert group.sees("本群现在连着城东网点。要改成城西网点吗？")
    await group.taps(branch.郑总, "改过来")
    assert group.sees("好，本群就是城西网点的群了。")
    assert await unit_of(group) == branch.unit(OTHER)
    assert await branch.look(groups.of_unit, branch.unit("城东网点"), NAME) is None


async def test_a_button_pressed_when_it_is_too_late_decides_nothing_by_itself(branch: Bank, group: Group) -> None:
    """The question stood there; meanwhile another linked the group, or the role has ended."""
    await group.says(branch.郑总, "/link")
    await group.linked_by(branch.赵敏)
    await group.taps(branch.郑总, "城西网点")
    assert group.sees("本群现在连着城东网点。要改成城西网点吗？"), "asked anew"
    await branch.do(ends_roles_of, branch.郑总.id)
    await group.taps(branch.郑总, "改过来")
    assert group.sees("不在您的查看范围里")
    assert await unit_of(group) == branch.unit("城东网点")


def ends_roles_of(turn: Turn, person: int) -> None:
    people.take_roles(turn, person)


async def test_a_group_that_was_lost_is_replaced_without_asking(branch: Bank, group: Group) -> None:
    await group.linked_by(branch.赵敏)
    await group.drops_us(branch.王芳)
    second = Group(branch, "-200", "新群")
    await second.linked_by(branch.赵敏)
    assert await unit_of(second) == branch.unit("城东网点")


async def test_unlinking(branch: Bank, group: Group) -> None:
    await group.says(branch.赵敏, "/unlink")
    assert group.sees("本群还没有连到网点")
    await group.linked_by(branch.赵敏)
    await group.says(branch.王芳, "/unlink")
    assert group.sees("连群由培训师")
    await group.says(branch.陈主任, "/unlink")
    assert group.sees("好，本群和城东网点断开了", "/link")
    assert await unit_of(group) is None


async def test_in_the_private_chat_link_explains_how(branch: Bank) -> None:
    await branch.赵敏.says("/link")
    assert branch.赵敏.sees("先把我加进去，再在群里发 /link", "[加到群里]")
    await branch.赵敏.says("连群")
    assert branch.赵敏.sees("把网点的群连上")
    assert not branch.赵敏.sees("城东网点")
    group = Group(branch)
    await group.linked_by(branch.陈主任)
    for name in ("赵敏", "郑总", "管理员"):
        await branch.person(name).says("/link")
        assert branch.person(name).sees("城东网点 城东网点晨会群")
    await branch.何训.says("/link")
    assert not branch.何训.sees("城东网点"), "elsewhere is elsewhere"
    await group.drops_us(branch.王芳)
    await branch.赵敏.says("/link")
    assert branch.赵敏.sees("城东网点 发不进去了，请再连一次")
    await branch.王芳.says("/link")
    assert branch.王芳.sees("不在您的查看范围里")


PERSONAL = ("/me", "/today", "/book", "/why", "/leave", "/tonight", "/missing", "/summary", "/units", "/worst")


async def test_what_is_personal_is_said_in_private_only(proposed: Bank) -> None:
    group = Group(proposed)
    await group.linked_by(proposed.赵敏)
    for name in ("王芳", "赵敏", "郑总"):
        for command in PERSONAL:
            await group.says(proposed.person(name), command)
            assert group.seen().strip() == "这个只在私聊里看，请在和我的私聊里发。\n[去私聊]", (name, command)
            assert not proposed.person(name).seen()
    await group.says(NOBODY, "/me")
    assert group.sees("这个只在私聊里看")


async def test_ordinary_talk_gets_no_answer(proposed: Bank) -> None:
    """Nor what is meant for another bot, nor a file, nor a number that would answer somebody's question."""
    group = Group(proposed)
    await group.linked_by(proposed.赵敏)
    before = await proposed.look(rows)
    for said in ("早上好", "12", "我的", "start", "", "/weather", "//", "连群", "abcdefghijklmnop", "11-25"):
        await group.says(proposed.王芳, said)
        await group.says(NOBODY, said)
        assert not proposed.came(), said
    for other in (File("名单.xlsx", 10, "f1"), Other("sticker")):
        await proposed.hears(group.event(proposed.王芳.address, other))
        assert not proposed.came()
    assert await proposed.look(rows) == before


async def test_no_card_is_answered_in_a_group(proposed: Bank) -> None:
    """A forwarded or forged card: the presser alone is told where to go, and nothing has changed."""
    group = Group(proposed)
    await group.linked_by(proposed.赵敏)
    played = (await proposed.王芳.sittings())[0]
    before = await proposed.look(rows)
    unit = proposed.unit("城东网点")
    data = (f"s:{played.sitting.id}", f"a:{played.slots[0].id}:0", f"ok:{unit}:20261124", f"b:{unit}", "/me", "/board")
    for carried in (*data, "", "💥", *(f"{verb}{rest}" for verb in ("grl", "grm") for rest in ("", *ARGUMENTS))):
        for who in (proposed.王芳, proposed.赵敏, NOBODY):
            await group.forges(who, carried)
            (seen,) = proposed.came()
            assert seen.message is None, "a word over the button, seen by the presser only"
            assert seen.toast
    assert await proposed.look(rows) == before


async def test_the_board_in_a_group_is_the_groups_own(day: Bank) -> None:
    group = Group(day)
    await group.says(day.王芳, "/board")
    assert group.sees("本群还没有连到网点")
    await group.linked_by(day.何训)
    await group.says(day.王芳, "/board")
    assert group.sees("城西网点 · 11月23日", "参与 0/1", "今天还没有人答题"), "whoever asks"


async def test_the_group_speaks_the_language_of_who_linked_it(day: Bank) -> None:
    await day.do(speaks_english, day.赵敏.id)
    group = Group(day)
    await group.says(day.赵敏, "/link")
    assert group.sees("This is now the group of 城东网点")
    await group.says(day.王芳, "/board")
    assert group.sees("Took part 0/3")
    await group.says(day.王芳, "/me")
    assert group.sees("这个只在私聊里看"), "who asks is answered in their own"


def speaks_english(turn: Turn, person: int) -> None:
    people.get(turn, person).language = "en"


async def test_a_repeated_event_is_answered_once(branch: Bank, group: Group) -> None:
    event = group.event(branch.赵敏.address, Tap("grl:1"))
    await branch.hears(event)
    assert len(branch.came()) == 1
    await branch.hears(event)
    assert not branch.came()
