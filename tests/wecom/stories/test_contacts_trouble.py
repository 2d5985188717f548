"""The contacts change while we read them, can't be read, or are told by somebody who is not WeCom: decision 21."""

from datetime import timedelta

import aiohttp
import pytest

from bot.lines import CONTACTS_PATH
from bot.store import links, people
from bot.wecom.callback import MOST
from tests.cast import OTHER_BRANCH
from tests.fakes.wecom import CONTACTS, NotVerified, vectors
from tests.fakes.wecom.contacts import Person as Member
from tests.wecom.stories.branch import Branch
from tests.wecom.stories.following import EAST, WEST, followed, follows, told, waiting, who
from tests.wecom.test_xml import BOMB

__all__ = ["followed"]


async def test_who_leaves_while_their_entry_is_being_read_does_not_come_back(followed: Branch) -> None:
    newcomer = Member("XinYi", "新一", [EAST], "综合柜员")
    await told(followed.fake.staff.join(newcomer))
    await follows(followed)
    await told(followed.fake.staff.move(newcomer, WEST))

    async def leaves() -> None:
        await told(followed.fake.staff.leave(newcomer))

    followed.fake.faults.meanwhile("user/get", leaves)
    await follows(followed)
    assert not (await who(followed, "xinyi"))[0].active
    assert await followed.look(links.owner_of, "wecom", "xinyi") is None
    assert await waiting(followed) == []


async def test_what_changes_while_an_entry_is_being_read_is_read_first(followed: Branch) -> None:
    newcomer = Member("XinYi", "新一", [EAST], "综合柜员")
    await told(followed.fake.staff.join(newcomer))

    async def moves() -> None:
        followed.clock.move(followed.clock() + timedelta(seconds=1))
        await told(followed.fake.staff.move(newcomer, WEST))

    followed.fake.faults.meanwhile("user/get", moves)
    await follows(followed)
    assert await followed.look(people.by_staff_number, "xinyi") is None
    assert await waiting(followed) == ["xinyi"]
    await follows(followed)
    assert (await who(followed, "xinyi"))[1] == OTHER_BRANCH
    assert followed.person("赵敏").has("新一") == [], "nobody is told that they came to a branch they were not at"


async def test_who_gets_another_userid_while_their_entry_is_being_read_stays_one_person(followed: Branch) -> None:
    sun = followed.person("孙丽")
    sun.user.person.position = "综合柜员"
    await told(followed.fake.staff.move(sun.user.person, WEST))

    async def renamed() -> None:
        await told(followed.fake.staff.change_userid(sun.user.person, "SunLi"))

    followed.fake.faults.meanwhile("user/get", renamed)
    await follows(followed)
    assert await followed.look(people.by_staff_number, "staff003") is None
    assert await waiting(followed) == ["sunli"]
    await follows(followed)
    assert await followed.look(links.owner_of, "wecom", "sunli") == sun.id
    assert (await who(followed, "1003"))[1] == OTHER_BRANCH


async def test_what_is_not_the_assistants_is_refused(followed: Branch) -> None:
    url = f"http://127.0.0.1:{followed._port}{CONTACTS_PATH}"  # noqa: SLF001 -- the address under test
    with pytest.raises(NotVerified, match="403"):
        await followed.fake.set_callback(url, vectors.TOKEN, vectors.AES_KEY, agent=CONTACTS)
    query = {"timestamp": str(int(followed.fake.now())), "nonce": "1", "msg_signature": "0" * 40}
    async with aiohttp.ClientSession() as session:
        for body, status in ((b"x" * (MOST + 1), 413), (BOMB, 400), (b"<xml><Encrypt>QUFB</Encrypt></xml>", 403)):
            async with session.post(url, params=query, data=body) as answer:
                assert (answer.status, await answer.read()) == (status, b"")
    assert await waiting(followed) == []


async def test_while_wecom_is_away_nothing_is_lost(followed: Branch) -> None:
    await told(followed.fake.staff.join(Member("XinYi", "新一", [EAST], "柜员")))
    followed.fake.faults.fail_next("department/list", 48002, 1)
    await follows(followed)
    assert await waiting(followed) == ["xinyi"]
    await follows(followed)
    assert await followed.look(people.by_staff_number, "xinyi") is None, "not again at once"
    followed.clock.move(followed.clock() + timedelta(minutes=6))
    await follows(followed)
    assert (await who(followed, "xinyi"))[0].active


async def test_an_entry_that_nobody_can_read_does_not_have_wecom_asked_without_end(followed: Branch) -> None:
    await told(followed.fake.staff.join(Member("XinYi", "新一", [EAST], "柜员")))
    followed.fake.faults.answer_next("user/get", 200, b'{"errcode":0}')
    await follows(followed)
    await follows(followed)
    assert len(followed.fake.called("user/get")) == 1
    assert await waiting(followed) == ["xinyi"]
    followed.clock.move(followed.clock() + timedelta(minutes=6))
    await follows(followed)
    assert (await who(followed, "xinyi"))[0].active


async def test_a_root_that_is_out_of_sight_is_waited_for(followed: Branch) -> None:
    followed.fake.staff.show_to(followed.fake.agent_id, users=set(), parties={EAST})
    await told(followed.fake.staff.join(Member("XinYi", "新一", [EAST], "柜员")))
    await follows(followed)
    assert await waiting(followed) == ["xinyi"]


async def test_where_no_department_was_chosen_there_is_nothing_to_follow(branch: Branch) -> None:
    await branch.enter_contacts()
    await told(branch.fake.staff.join(Member("XinYi", "新一", [1], "柜员")))
    await told(branch.fake.staff.tag(7), branch.fake.staff.department(5, "x"))
    assert await waiting(branch) == ["xinyi"]
    await follows(branch)
    assert await waiting(branch) == []
    assert await branch.look(people.by_staff_number, "xinyi") is None
