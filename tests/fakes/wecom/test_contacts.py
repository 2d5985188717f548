"""Members, departments, the visible range, joiners and leavers: wecom.md §3.3, §3.5, §6, [path/90665], [path/90970]."""

import pytest

from tests.fakes.wecom import CONTACTS, User, WeComFake
from tests.fakes.wecom.asking import Asker, Ears
from tests.fakes.wecom.conftest import Clock
from tests.fakes.wecom.contacts import Person
from tests.fakes.wecom.roster import open_userid


@pytest.fixture
def branch(fake: WeComFake, fang: User) -> WeComFake:
    """A branch with a section; 王芳 at the root, 赵敏 in the branch, 李强 in the section; the app sees the branch."""
    fake.staff.department(2, "城东支行")
    fake.staff.department(3, "柜面", parent=2)
    fake.user("zhaomin", "赵敏", department=2)
    fake.user("LiQiang", "李强", department=3)
    fake.staff.show_to(fake.agent_id, users=set(), parties={2})
    return fake


async def test_an_app_reads_who_is_in_its_range(branch: WeComFake, app: Asker) -> None:  # §6.2
    got = await app.get("user/get", userid="liqiang")
    assert (got["userid"], got["name"], got["department"], got["status"]) == ("LiQiang", "李强", [3], 1)
    assert not got.keys() & {"mobile", "gender", "email", "biz_mail", "avatar"}
    assert (await app.get("user/get", userid="wangfang"))["errcode"] == 60011
    assert (await app.get("user/get", userid="nobody"))["errcode"] == 60111
    simple = await app.get("user/simplelist", department_id=2)
    assert simple["userlist"] == [{"userid": "zhaomin", "name": "赵敏", "department": [2]}], "not of the sections"
    assert [one["userid"] for one in (await app.get("user/list", department_id=3))["userlist"]] == ["LiQiang"]
    assert (await app.get("user/list", department_id=1))["errcode"] == 60011
    assert (await app.get("user/list", department_id=99))["errcode"] == 60003
    assert (await app.get("user/list"))["errcode"] == 40058


async def test_departments_are_listed_with_all_below(branch: WeComFake, app: Asker) -> None:
    every = (await app.get("department/list"))["department"]
    assert [(one["id"], one["name"], one["parentid"]) for one in every] == [(2, "城东支行", 1), (3, "柜面", 2)]
    assert [one["id"] for one in (await app.get("department/list", id=3))["department"]] == [3]
    assert (await app.get("department/simplelist"))["department_id"][1].keys() == {"id", "parentid", "order"}
    assert (await app.get("department/get", id=3))["department"]["name"] == "柜面"
    assert (await app.get("department/get", id=1))["errcode"] == 60011


async def test_the_app_can_read_its_own_range(branch: WeComFake, app: Asker) -> None:  # [path/90227]
    got = await app.get("agent/get", agentid=branch.agent_id)
    assert (got["allow_partys"], got["allow_userinfos"]) == ({"partyid": [2]}, {"user": []})
    assert (await app.get("agent/get", agentid=1))["errcode"] == 301002


async def test_only_the_contacts_assistant_lists_all_ids(branch: WeComFake, app: Asker) -> None:  # [path/96067]
    assert (await app.post("user/list_id", {}))["errcode"] == 48002
    await app.log_in(branch.contacts_secret)
    assert (await app.post("user/list_id", {"limit": 0}))["errcode"] == 40058
    first = await app.post("user/list_id", {"limit": 2})
    rest = await app.post("user/list_id", {"limit": 2, "cursor": first["next_cursor"]})
    assert rest["next_cursor"] == ""
    assert [one["userid"] for one in first["dept_user"] + rest["dept_user"]] == ["WangFang", "zhaomin", "LiQiang"]


async def test_the_contacts_assistant_is_told_ids_only(branch: WeComFake, app: Asker) -> None:  # §1, §6.2
    await app.log_in(branch.contacts_secret)
    assert (await app.get("agent/get", agentid=branch.agent_id))["errcode"] == 48002
    for path, query in (
        ("user/get", {"userid": "liqiang"}),
        ("user/list", {"department_id": 2}),
        ("user/simplelist", {"department_id": 2}),
        ("department/list", {}),
        ("department/get", {"id": 2}),
    ):
        assert (await app.get(path, **query))["errcode"] == 48009, path
    assert (await app.get("department/simplelist"))["errcode"] == 0


async def test_the_contacts_assistant_hears_of_departments_by_id(fake: WeComFake, ears: Ears) -> None:  # §3.5
    await ears.connect(fake, agent=CONTACTS)
    fake.app.profile = None
    for deliveries in (
        fake.staff.department(2, "城东支行"),
        fake.staff.rename_department(2, "城东第一支行"),
        fake.staff.close_department(2),
    ):
        await deliveries[-1].wait()
    told = [(one["ChangeType"], one["Id"], one.get("Name")) for one in ears.heard]
    assert told == [("create_party", "2", None), ("update_party", "2", None), ("delete_party", "2", None)]


async def test_who_enters_or_leaves_the_range_is_told_to_the_app(
    branch: WeComFake, ears: Ears, fang: User
) -> None:  # §3.3
    fresh = Person("sunli", "孙丽", [3])
    for deliveries in (
        branch.staff.join(fresh),
        branch.staff.move(fang.person, 2),
        branch.staff.move(fang.person, 1),
        branch.staff.disable(fresh),
        branch.staff.enable(fresh),
        branch.staff.leave(fresh),
        branch.staff.rename(fang.person, "王芳芳"),
        branch.staff.show_to(branch.agent_id, users={"WangFang"}, parties=set()),
    ):
        for delivery in deliveries:
            await delivery.wait()
    assert [(one["Event"], one["FromUserName"]) for one in ears.heard] == [
        ("subscribe", "sunli"),
        ("subscribe", "WangFang"),
        ("unsubscribe", "WangFang"),
        ("unsubscribe", "sunli"),
        ("subscribe", "sunli"),
        ("unsubscribe", "sunli"),
        ("subscribe", "WangFang"),
        ("unsubscribe", "LiQiang"),
        ("unsubscribe", "zhaomin"),
    ], "never change_contact"
    assert {one["EventKey"] for one in ears.heard} == {""}


async def test_the_contacts_assistant_hears_of_changes_with_ids_only(
    fake: WeComFake, ears: Ears, fang: User
) -> None:  # §3.5
    await ears.connect(fake, agent=CONTACTS)
    fake.app.profile = None
    for deliveries in (
        fake.staff.move(fang.person, 1, 2),
        fake.staff.change_userid(fang.person, "wangfang2"),
        fake.staff.tag(7, fang.person),
        fake.staff.leave(fang.person),
    ):
        await deliveries[-1].wait()
    common = {"ToUserName", "FromUserName", "CreateTime", "MsgType", "Event"}
    assert [{key: value for key, value in one.items() if key not in common} for one in ears.heard] == [
        {"ChangeType": "update_user", "UserID": "WangFang", "Department": "1,2"},
        {"ChangeType": "update_user", "UserID": "WangFang", "NewUserID": "wangfang2", "Department": "1,2"},
        {"ChangeType": "update_tag", "TagId": "7", "AddUserItems": "wangfang2"},
        {"ChangeType": "delete_user", "UserID": "wangfang2"},
    ]


async def test_who_has_another_userid_keeps_their_chat(fake: WeComFake, app: Asker, fang: User) -> None:
    await app.send()
    fake.staff.tag(7, fang.person)
    fake.staff.change_userid(fang.person, "wangfang2")
    assert (await app.send())["errcode"] == 81013
    await app.send(touser="", totag="7")
    assert len(fang.messages) == 2


async def test_who_left_or_is_disabled_is_not_reached(fake: WeComFake, app: Asker, fang: User) -> None:
    fake.staff.disable(fang.person)
    assert (await app.send())["errcode"] == 81013
    fake.staff.enable(fang.person)
    assert (await app.send())["errcode"] == 0


async def test_a_login_code_is_good_once_for_five_minutes(
    fake: WeComFake, app: Asker, fang: User, clock: Clock
) -> None:  # §6.3
    code = fang.log_in()
    assert (await app.get("auth/getuserinfo", code=code))["userid"] == "WangFang"
    assert (await app.get("auth/getuserinfo", code=code))["errcode"] == 42022
    assert (await app.get("auth/getuserinfo", code="made-up"))["errcode"] == 40029
    late = fang.log_in()
    clock.seconds = 300
    assert (await app.get("auth/getuserinfo", code=late))["errcode"] == 42003
    fake.staff.show_to(fake.agent_id, users=set(), parties=set())
    code = fang.log_in()
    assert (await app.get("auth/getuserinfo", code=code))["errcode"] == 0, "outside the range too: no pass by itself"


async def test_a_bots_userid_is_mapped_to_the_plain_one(
    fake: WeComFake, app: Asker, fang: User
) -> None:  # [path/101521]
    given = open_userid(fang.person)
    got = await app.post("batch/openuserid_to_userid", {"open_userid_list": [given, "WangFang"]})
    assert got["userid_list"] == [{"open_userid": given, "userid": "WangFang"}]
    assert got["invalid_open_userid_list"] == ["WangFang"]
    assert (await app.post("batch/openuserid_to_userid", {}))["errcode"] == 40058
