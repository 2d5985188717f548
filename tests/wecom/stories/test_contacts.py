"""Joiners, movers and leavers as the contacts-sync assistant tells of them: §3.5 of the reference, decision 21."""

from datetime import timedelta

from bot.router import welcome
from bot.services import contacts, roster
from bot.store import links, people, units
from drills.people import Post, Role
from drills.places import Asked
from drills.roster import Line
from tests.cast import BRANCH, COUNTY, OTHER_BRANCH
from tests.fakes.wecom.contacts import Person as Member
from tests.wecom.conftest import shown
from tests.wecom.stories.branch import Branch
from tests.wecom.stories.following import COUNTY_DEPARTMENT, EAST, WEST, followed, follows, told, waiting, who

__all__ = ["followed"]


async def test_who_joins_is_let_in_without_an_invitation_and_drilled_the_same_morning(followed: Branch) -> None:
    await told(followed.fake.staff.join(Member("XinYi", "新一", [EAST], "综合柜员")))
    assert await waiting(followed) == ["xinyi"], "nothing is asked of WeCom while it waits for our answer"
    await follows(followed)
    person, unit = await who(followed, "xinyi")
    assert (person.name, person.post, person.active, unit) == ("新一", Post.TELLER, True, BRANCH)
    assert await followed.look(links.owner_of, "wecom", "xinyi") == person.id
    await followed.person("赵敏").sees("新一（柜员）来到城东网点")
    assert await waiting(followed) == []
    hello = await followed.fake.user("xinyi").wait_for(lambda message: "新一，欢迎" in shown(message))
    assert "每个工作日 08:03 推送" in shown(hello), "the same as by an invitation"
    await followed.at("08:03")
    await followed.fake.user("xinyi").wait_for(lambda message: "早上好。今天 5 题" in message.text)


async def test_who_moves_is_moved_and_both_branches_hear(followed: Branch) -> None:
    await told(followed.fake.staff.move(followed.person("王芳").user.person, WEST, EAST))
    await follows(followed)
    person, unit = await who(followed, "1001")
    assert (person.post, unit) == (Post.TELLER, OTHER_BRANCH), "the first department is the main one"
    assert [held.role for held in await followed.look(people.held, person.id or 0)] == [Role.STAFF]
    await followed.person("赵敏").sees("王芳调离了城东网点")


async def test_who_leaves_loses_access_before_wecom_has_its_answer(followed: Branch) -> None:
    qiang = followed.person("李强")
    await told(followed.fake.staff.leave(qiang.user.person))
    person, _ = await who(followed, "1002")
    assert not person.active
    assert await followed.look(links.owner_of, "wecom", "staff002") is None
    assert await followed.look(people.held, qiang.id) == ()
    await followed.board.deliver()
    await followed.person("赵敏").sees("李强已从企业微信通讯录删除")
    assert await waiting(followed) == []


async def test_who_gets_another_userid_keeps_their_chat(followed: Branch) -> None:
    sun = followed.person("孙丽")
    await told(followed.fake.staff.change_userid(sun.user.person, "SunLi"))
    assert await followed.look(links.owner_of, "wecom", "sunli") == sun.id
    assert await followed.look(links.owner_of, "wecom", "staff003") is None
    await follows(followed)
    person, unit = await who(followed, "1003")
    assert (person.active, unit) == (True, BRANCH), "the staff number is as it was"
    await followed.at("08:03")
    await sun.sees("早上好。今天 5 题")


async def test_a_position_nobody_knows_is_put_to_an_admin_once_until_it_is_settled(followed: Branch) -> None:
    await told(followed.fake.staff.join(Member("xiner", "新二", [EAST], "客户经理")))
    admin = followed.person("管理员")
    for _ in range(2):
        await follows(followed)
        followed.clock.move(followed.clock() + timedelta(days=1, minutes=1))
    await admin.sees("新二（xiner）在城东网点，职务：客户经理，看不出岗位")
    assert len(admin.has("新二（xiner）")) == 1
    assert await followed.look(people.by_staff_number, "xiner") is None

    line = Line(row=2, number="xiner", name="新二", post=Post.LOBBY, roles=None, unit=Asked((BRANCH,)))
    await followed.store.do(roster.apply, [line], None)
    await follows(followed)
    person, _ = await who(followed, "xiner")
    assert await followed.look(links.owner_of, "wecom", "xiner") == person.id, (
        "linked as soon as the list says the post"
    )
    assert await waiting(followed) == []


async def test_who_is_never_settled_is_given_up(followed: Branch) -> None:
    await told(followed.fake.staff.join(Member("xiner", "新二", [EAST], "客户经理")))
    followed.clock.move(followed.clock() + timedelta(days=15))
    await follows(followed)
    assert await waiting(followed) == []


async def test_who_leads_is_moved_by_a_person_only(followed: Branch) -> None:
    await told(followed.fake.staff.move(followed.person("赵敏").user.person, WEST))
    await follows(followed)
    assert (await who(followed, "1004"))[1] == BRANCH
    await followed.person("管理员").sees("赵敏（工号 1004）调到了城西网点", "要由您来定")


async def test_who_is_out_of_sight_is_not_taken_for_gone(followed: Branch) -> None:
    fang = followed.person("王芳").user.person
    await told(followed.fake.staff.move(fang, WEST))
    admin = followed.person("管理员")
    followed.fake.staff.show_to(followed.fake.agent_id, users={admin.user.userid}, parties={COUNTY_DEPARTMENT})
    fang.departments = [1]
    await followed.fake.callbacks.wait_idle()
    await follows(followed)
    person, unit = await who(followed, "1001")
    assert (person.active, unit) == (True, BRANCH)
    await admin.sees("王芳（工号 1001，城东网点）在企业微信里停用了，或者不在应用的可见范围里")


async def test_a_department_that_is_called_otherwise_renames_its_unit(followed: Branch) -> None:
    roots = {COUNTY_DEPARTMENT: followed.town.units[COUNTY]}
    assert followed.board.contacts
    book = await followed.board.contacts.book(lambda _done, _of: None)  # type: ignore[attr-defined]  # the real one has it
    await followed.store.do(contacts.apply, book, roots, welcome)
    await told(followed.fake.staff.rename_department(EAST, "城东第一网点"))
    await follows(followed)
    assert (await followed.look(units.get, followed.town.units[BRANCH])).name == "城东第一网点"


async def test_what_is_told_again_and_again_counts_once(followed: Branch) -> None:
    followed.fake.callbacks.deaf = 3
    deliveries = followed.fake.staff.join(Member("XinYi", "新一", [EAST], "柜员"))
    await told(deliveries)
    assert max(len(delivery.tries) for delivery in deliveries) > 1
    await follows(followed)
    [came] = [one for one in deliveries if one.fields["Event"] == "change_contact"]
    followed.fake.callbacks.redeliver(came)
    await came.wait()
    assert await waiting(followed) == [], "a repetition marks nothing anew"
    assert len(followed.person("赵敏").has("新一（柜员）来到城东网点")) == 1


async def test_two_who_leave_in_the_same_second_are_two(followed: Branch) -> None:
    office = followed.fake.staff
    await told(*(office.leave(followed.person(name).user.person) for name in ("王芳", "李强")))
    assert not any([(await who(followed, number))[0].active for number in ("1001", "1002")])
