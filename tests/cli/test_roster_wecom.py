"""The staff list from WeCom's contacts, read from the fake: shown, done, and done again to no effect."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.cli.contacts import Outcome, take
from bot.cli.speaking import Told
from bot.config import Settings
from bot.services import contacts, roster
from bot.sheets.problems import Problem
from bot.store import links, people, units
from bot.store.store import Store
from bot.store.turn import Reader
from bot.views import catalogue
from drills.people import Post
from tests.cast import BRANCH, COUNTY, OTHER_BRANCH
from tests.cli.bank import make_bank, now
from tests.cli.conftest import Run
from tests.fakes.wecom import WeComFake, vectors
from tests.fakes.wecom.contacts import Person

EAST, CASH, WEST, FAR = 2, 3, 4, 9


@pytest.fixture
def bank(database_url: str) -> str:
    make_bank(database_url)
    return database_url


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[WeComFake]:
    """The county in WeCom: 王芳 and 李强 with their staff numbers as userids (李强 in a section of the branch), 孙丽
    under another; 新一 and 新二 are new; 远方 is of a department that is not the county's."""
    async with WeComFake() as fake:
        office = fake.staff
        office.department(10, "清河县支行")
        for number, name, parent in (
            (EAST, BRANCH, 10),
            (CASH, "柜面", EAST),
            (WEST, OTHER_BRANCH, 10),
            (FAR, "外县", 1),
        ):
            office.department(number, name, parent)
        for userid, name, where, position in (
            ("1001", "王芳", EAST, "综合柜员"),
            ("1002", "李强", CASH, "客户经理"),
            ("SunLi", "孙丽", EAST, "大堂经理"),
            ("1006", "周内", WEST, "柜员"),
            ("XinYi", "新一", CASH, "综合柜员"),
            ("xiner", "新二", WEST, "客户经理"),
            ("yuanfang", "远方", FAR, "柜员"),
        ):
            office.join(Person(userid, name, [where], position))
        office.show_to(fake.agent_id, users=set(), parties={10, FAR})
        yield fake


def settings(bank: str, url: str, secret: str = WeComFake.secret) -> Settings:
    return Settings(
        database_url=SecretStr(bank),
        wecom_api_url=url,
        wecom_corp_id=WeComFake.corp_id,
        wecom_agent_id=WeComFake.agent_id,
        wecom_secret=SecretStr(secret),
        wecom_callback_token=SecretStr(vectors.TOKEN),
        wecom_callback_aes_key=SecretStr(vectors.AES_KEY),
    )


def nobody(_done: int, _of: int) -> None:
    """No bar."""


async def run_it(
    bank: str, fake: WeComFake, *, apply: bool = False, leavers: bool = False, department: int = 0, unit: str = ""
) -> Outcome:
    ours = settings(bank, fake.url)
    return await take(ours, apply=apply, leavers=leavers, department=department, unit=unit, tell=nobody)


async def facts(url: str) -> dict[str, tuple[str, str, str, str]]:
    """Name, post, unit and userid of everybody who is active, by staff number."""

    def ask(turn: Reader) -> dict[str, tuple[str, str, str, str]]:
        there = people.below(turn, "/")
        spoken = links.addresses(turn, "wecom", [person.id or 0 for person in there])
        return {
            p.staff_number: (p.name, p.post, units.get(turn, p.unit_id).name, spoken.get(p.id or 0, "")) for p in there
        }

    async with Store(url, clock=now, wall=now, words=catalogue(), process="p") as store:
        return await store.look(ask)


async def test_a_dry_run_shows_what_would_change_and_changes_nothing(bank: str, fake: WeComFake) -> None:
    before = await facts(bank)
    shown = await run_it(bank, fake, department=10, unit=COUNTY)
    assert shown.exit_code == 0
    assert shown.text().splitlines()[:4] == [
        "新来 1 人",
        "  xinyi · 新一 · 城东网点 · 柜员 · 员工",
        "关联企业微信 3 人，不用邀请码，晨练会先打个招呼",
        "要您看的 3 人，没有动他们",
    ]
    assert "孙丽（sunli）和城东网点名单上工号 1003 的人同名" in shown.text()
    assert "新二（xiner）在城西网点，职务：客户经理，看不出岗位" in shown.text()
    assert "周内（1006）的账号正好是名单上工号 1006，那个人是别的名字" in shown.text()
    assert "远方" not in shown.text(), "not of the county"
    assert shown.text().endswith("不变 2 人\n以上是预演，什么都还没导入。确认后加 --apply。")
    assert await facts(bank) == before


async def test_apply_does_it_and_links_chats_and_a_second_time_changes_nothing(bank: str, fake: WeComFake) -> None:
    done = (await run_it(bank, fake, department=10, unit=COUNTY, apply=True)).to_json()
    assert (done["applied"], [each["number"] for each in done["joiners"]]) == (True, ["xinyi"])
    assert {each["userid"] for each in done["linked"]} == {"1001", "1002", "xinyi"}
    assert {each["why"] for each in done["doubts"]} == {"same_name", "no_post", "other_name"}
    found = await facts(bank)
    assert found["1001"] == ("王芳", Post.TELLER, BRANCH, "1001")
    assert found["1002"] == ("李强", Post.TELLER, BRANCH, "1002"), "a post of ours stays whatever the position says"
    assert found["xinyi"] == ("新一", Post.TELLER, BRANCH, "xinyi")
    assert found["1003"][3] == found["1006"][3] == ""
    again = await run_it(bank, fake, apply=True)
    assert not again.plan.would_do
    assert again.plan.listed.changes.unchanged
    assert await facts(bank) == found


async def test_movers_renamed_people_and_renamed_departments(bank: str, fake: WeComFake) -> None:
    await run_it(bank, fake, department=10, unit=COUNTY, apply=True)
    fake.staff.move(fake.user("1001").person, WEST)
    fake.staff.rename(fake.user("1002").person, "李　大强")
    fake.staff.rename_department(EAST, "城东第一网点")
    done = await run_it(bank, fake, apply=True)
    moved = {move.after.number: move.differs for move in done.plan.listed.changes.movers}
    assert moved == {"1001": ("place",), "1002": ("name",)}
    assert "改名的单位 1 个\n  城东网点 → 城东第一网点" in done.text()
    found = await facts(bank)
    assert found["1001"] == ("王芳", Post.TELLER, OTHER_BRANCH, "1001")
    assert found["1002"][0] == "李大强"
    assert found["1002"][2] == found["xinyi"][2] == "城东第一网点", "the department is known by its number"
    assert not (await run_it(bank, fake)).plan.would_do


async def test_who_is_gone_is_let_go_only_when_asked(bank: str, fake: WeComFake) -> None:
    await run_it(bank, fake, department=10, unit=COUNTY, apply=True)
    fake.staff.leave(fake.user("1001").person)
    fake.staff.disable(fake.user("1002").person)
    fake.staff.move(fake.user("xinyi").person, 1)
    fake.staff.tag(7, fake.user("xinyi").person)
    fake.app.scope.tags = {7}
    shown = await run_it(bank, fake, apply=True)
    assert "通讯录里没有 2 人，没有动他们" in shown.text()
    assert {each["number"] for each in shown.to_json()["missing"]} == {"1001", "1002"}
    assert [each.why for each in shown.plan.doubts if each.number == "xinyi"] == ["no_place"], "only a tag shows them"
    assert "1001" in await facts(bank)
    gone = await run_it(bank, fake, apply=True, leavers=True)
    assert "离开 2 人" in gone.text()
    assert {each["number"] for each in gone.to_json()["leavers"]} == {"1001", "1002"}
    found = await facts(bank)
    assert not {"1001", "1002"} & found.keys()
    assert {"1003", "1004", "xinyi"} <= found.keys(), "who has no chat in WeCom is not missed there"


async def test_the_root_is_chosen_once_and_who_does_not_say_it_is_shown_what_is_in_sight(
    bank: str, fake: WeComFake
) -> None:
    with pytest.raises(Told, match=r"还没说过.*--department 2(?s:.*)  9  外县\n  10  清河县支行$"):
        await run_it(bank, fake)
    with pytest.raises(Told, match=r"编号 77 的部门不在应用看得到的范围里"):
        await run_it(bank, fake, department=77, unit=COUNTY)
    with pytest.raises(Told, match="没有叫“天边”的单位"):
        await run_it(bank, fake, department=10, unit="天边")
    fake.staff.show_to(fake.agent_id, users=set(), parties=set())
    with pytest.raises(Told, match="可见范围。看得到的部门：\n  一个也没有"):
        await run_it(bank, fake, department=10, unit=COUNTY)
    fake.staff.show_to(fake.agent_id, users=set(), parties={10, FAR})
    alone = await run_it(bank, fake, department=EAST, unit=BRANCH, apply=True)
    assert "周内" not in alone.text(), "one branch, with its sections"
    assert {each.number for each in alone.plan.listed.changes.joiners} == {"xinyi"}


async def test_large_departments_are_asked_for_one_by_one(bank: str, fake: WeComFake) -> None:
    fake.faults.fail_next("user/list", 45029, 1)
    shown = await run_it(bank, fake, department=10, unit=COUNTY)
    assert fake.called("user/get")
    assert [each.number for each in shown.plan.listed.changes.joiners] == ["xinyi"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (48002, "自建应用自己的 Secret"),
        (60011, "可见范围"),
        (60020, "企业可信 IP"),
        (50003, "50003"),
    ],
)
async def test_what_wecom_refuses_is_told_with_where_to_switch_it_on(
    bank: str, fake: WeComFake, code: int, said: str
) -> None:
    fake.faults.fail_next("agent/get", code, 1)
    with pytest.raises(Told, match=said) as caught:
        await run_it(bank, fake, department=10, unit=COUNTY)
    assert "什么都没有改" in str(caught.value)
    assert "fake" not in str(caught.value)


async def test_the_contacts_assistants_secret_is_not_the_apps(bank: str, fake: WeComFake) -> None:
    ours = settings(bank, fake.url, fake.contacts_secret)
    with pytest.raises(Told, match=r"（48002）.*不是通讯录同步的"):
        await take(ours, apply=True, leavers=False, department=10, unit=COUNTY, tell=nobody)


async def test_where_wecom_cannot_be_reached_nothing_happens(bank: str) -> None:
    ours = settings(bank, "http://127.0.0.1:1")
    for department, unit in ((10, COUNTY), (0, "")):
        with pytest.raises(Told, match="连不上企业微信"):
            await take(ours, apply=True, leavers=False, department=department, unit=unit, tell=nobody)


async def test_a_tree_that_changed_meanwhile_is_told_as_a_list_would(
    bank: str, fake: WeComFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise roster.NotSound([Problem(code="unit-unknown", row=2, column="unit", read=BRANCH)])

    monkeypatch.setattr(contacts, "apply", refuses)
    done = await run_it(bank, fake, department=10, unit=COUNTY, apply=True)
    assert (done.exit_code, done.applied) == (1, False)
    assert "什么都还没导入" in done.text()


def test_without_an_app_or_with_half_a_choice_it_says_so(run: Run) -> None:
    refused = run("roster", "wecom")
    assert (refused.exit_code, "还没有填企业微信自建应用的设置" in refused.stderr) == (1, True)
    assert run("roster", "wecom", "--department", "2").exit_code == 2
