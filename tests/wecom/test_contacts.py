"""Reading WeCom's contacts (§6.1, §6.2), and what its contacts-sync assistant tells (§3.5)."""

import pytest

from bot.chat.channel import SendError
from bot.chat.incoming import Changed, Incoming
from bot.wecom.changes import change_of
from bot.wecom.client import Client
from bot.wecom.contacts import WAITS, Contacts, member_of
from bot.wecom.trouble import MINUTE, Refused
from bot.wecom.xml import read
from drills.contacts import Member
from tests.fakes.wecom import WeComFake, xml
from tests.fakes.wecom.contacts import Person


def nobody(_done: int, _of: int) -> None:
    """No bar."""


async def test_everybody_in_sight_is_read_once_in_small_letters(fake: WeComFake, client: Client) -> None:
    office = fake.staff
    office.department(2, "城东 网点")
    office.department(3, "柜面", 2)
    office.join(Person("WangFang", "王　芳", [3, 2], "综合柜员"))
    office.join(Person("Alone", "独一", [1]))
    office.join(Person("Hidden", "看不见", [1]))
    office.show_to(fake.agent_id, users={"Alone"}, parties={2})
    told: list[tuple[int, int]] = []
    book = await Contacts(client).book(lambda done, of: told.append((done, of)))
    assert [(each.id, each.name, each.parent) for each in book.departments] == [(2, "城东网点", 1), (3, "柜面", 2)]
    assert book.members == (
        Member(userid="wangfang", name="王芳", departments=(3, 2), position="综合柜员"),
        Member(userid="alone", name="独一", departments=(1,)),
    )
    assert told == [(1, 2), (2, 2)]
    assert await Contacts(client).member("hidden") is None
    assert await Contacts(client).member("nobody") is None


async def test_who_is_asked_too_much_is_given_a_minutes_rest_and_then_left(fake: WeComFake, client: Client) -> None:
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)

    reader = Contacts(client, rest)
    fake.faults.fail_next("department/list", 45009, 1)
    assert await reader.departments()
    assert rests == [MINUTE]
    fake.faults.fail_next("department/list", 45009, WAITS + 1)
    with pytest.raises(Refused, match="45009"):
        await reader.book(nobody)
    assert rests == [MINUTE] * (1 + WAITS)


async def test_what_the_program_reads_tells_trouble_as_a_channel_does(fake: WeComFake, client: Client) -> None:
    fake.faults.fail_next("user/get", 48002, 1)
    with pytest.raises(SendError, match="48002") as caught:
        await Contacts(client).member("wangfang")
    assert not caught.value.permanent
    fake.faults.fail_next("user/list", 60011, 1)
    with pytest.raises(Refused, match="60011"):
        await Contacts(client).book(nobody)


def test_the_main_department_stands_first_and_who_is_disabled_or_left_is_not_here() -> None:
    told = {"userid": "A", "name": "甲", "department": [1, 5, 7], "main_department": 5}
    assert member_of(told | {"status": 1}).departments == (5, 1, 7)
    assert [member_of(told | {"status": status}).here for status in (1, 2, 4, 5)] == [True, False, True, False]


def heard(change: str, **fields: str) -> Incoming | None:
    head = {"FromUserName": "sys", "CreateTime": "1", "MsgType": "event", "Event": "change_contact"}
    return change_of(read(xml.write(head | {"ChangeType": change} | fields).encode()))


@pytest.mark.parametrize(
    ("change", "fields", "said"),
    [
        ("create_user", {"UserID": "ZhangSan", "Department": "1,2"}, Changed(who="zhangsan")),
        ("update_user", {"UserID": "ZhangSan", "NewUserID": "ZhangSan"}, Changed(who="zhangsan")),
        ("update_user", {"UserID": "ZhangSan", "NewUserID": "San"}, Changed(who="zhangsan", to="san")),
        ("delete_user", {"UserID": "ZhangSan"}, Changed(who="zhangsan", gone=True)),
        ("update_party", {"Id": "2"}, Changed()),
    ],
)
def test_what_concerns_us_is_heard(change: str, fields: dict[str, str], said: Changed) -> None:
    incoming = heard(change, **fields)
    assert incoming
    assert incoming.said == said
    again, other = heard(change, **fields), heard(change, **fields | {"UserID": "other", "Id": "9"})
    assert again
    assert other
    assert incoming.event == again.event != other.event


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ("create_party", {"Id": "2"}),
        ("delete_party", {"Id": "2"}),
        ("update_tag", {"TagId": "1"}),
        ("create_user", {}),
        ("delete_user", {"UserID": "x" * 65}),
    ],
)
def test_what_does_not_is_not(change: str, fields: dict[str, str]) -> None:
    assert heard(change, **fields) is None
    assert change_of(read(b"<xml><Event>subscribe</Event><FromUserName>a</FromUserName></xml>")) is None
