"""A branch's WeCom group from the command line, tried on the fake before anything is written."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.cli import posting
from bot.cli.speaking import Told
from bot.config import Settings
from bot.services.posting import CHANNEL
from bot.store import groups, units
from bot.store.store import Store
from bot.store.tables import GroupChat
from bot.store.turn import Reader
from bot.views import catalogue
from tests.cast import BRANCH, COUNTY
from tests.cli.bank import make_bank, now
from tests.cli.conftest import Run
from tests.fakes.wecom import WeComFake


@pytest.fixture
def bank(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    make_bank(database_url, "赵敏")
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", database_url)
    return database_url


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[WeComFake]:
    async with WeComFake() as fake:
        yield fake


def settings_of(bank: str, fake: WeComFake) -> Settings:
    return Settings(database_url=SecretStr(bank), wecom_api_url=fake.url)


async def linked(url: str) -> GroupChat | None:
    def ask(turn: Reader) -> GroupChat | None:
        branch = next(unit for unit in units.branches(turn, "/") if unit.name == BRANCH)
        return groups.of_unit(turn, branch.id or 0, CHANNEL)

    async with Store(url, clock=now, wall=now, words=catalogue(), process="p") as store:
        return await store.look(ask)


async def test_a_message_goes_in_first_and_then_the_group_is_the_branchs(bank: str, fake: WeComFake) -> None:
    group = fake.group("城东")
    told = await posting.link(settings_of(bank, fake), BRANCH, group.url)
    assert told == f"{BRANCH}的企业微信群连上了，群里已经看得到一条消息。"
    assert f"本群是{BRANCH}的群了" in group.messages[0].text
    found = await linked(bank)
    assert found
    assert (found.address, found.linked_by, found.changes) == (group.key, None, False)
    assert await posting.remove(settings_of(bank, fake), BRANCH) == f"好，结果不再发到{BRANCH}的企业微信群。"
    assert await posting.remove(settings_of(bank, fake), BRANCH) == f"{BRANCH}没有连着企业微信群。"
    assert await linked(bank) is None


async def test_what_does_not_arrive_changes_nothing(bank: str, fake: WeComFake) -> None:
    group = fake.group("城东")
    group.remove()
    with pytest.raises(Told, match=r"没有收下.*93000.*什么都没有改") as caught:
        await posting.link(settings_of(bank, fake), BRANCH, group.url)
    assert group.key not in str(caught.value)
    for address in ("", "https://example.com/x", group.url[:-30]):
        with pytest.raises(Told, match="不是消息推送的地址"):
            await posting.link(settings_of(bank, fake), BRANCH, address)
    with pytest.raises(Told, match="不是网点"):
        await posting.link(settings_of(bank, fake), COUNTY, fake.group("x").url)
    assert await linked(bank) is None


def test_one_of_the_two_is_said(run: Run, bank: str) -> None:
    for words in ((), ("--remove", "--wecom", "x")):
        assert run("branch", "group", BRANCH, *words).exit_code == 2
    done = run("branch", "group", BRANCH, "--remove")
    assert (done.exit_code, done.output.strip()) == (0, f"{BRANCH}没有连着企业微信群。")
    refused = run("branch", "group", BRANCH, "--wecom", "nonsense")
    assert refused.exit_code == 1
