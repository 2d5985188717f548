"""A branch's WeCom group, linked by its webhook's address in somebody's private chat."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.chat.channel import Channel, Letter, Limits, Receipt, SendError
from bot.chat.message import plain
from bot.services.courier import deliver
from bot.services.posting import CHANNEL
from bot.store import groups
from bot.store.tables import GroupChat
from tests.stories.bank import Bank

KEY, OTHER_KEY = "693a91f6-7abc-4bc4-97a0-0ec2f1fa5aaa", "11111111-7abc-4bc4-97a0-0ec2f1fa5aaa"
ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="


@dataclass
class Posts:
    """The groups' channel, which remembers; `removed` webhooks are gone."""

    name: str = CHANNEL
    limits: Limits = field(default_factory=lambda: Limits(text=4096, button_data=0, row=0, together=1, changes=False))
    shown: list[tuple[str, str]] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        gone = SendError("93000", permanent=True, gone=True)
        self.shown += [(x.address, plain(x.message)) for x in letters if x.message and x.address not in self.removed]
        return [Receipt(x.id, error=gone if x.address in self.removed else None) for x in letters]

    async def fetch(self, media: str, most: int) -> bytes:
        raise NotImplementedError


@pytest.fixture
def kind() -> str:
    """One database is enough."""
    return "sqlite"


@pytest.fixture
def posts() -> Posts:
    return Posts()


async def of(bank: Bank, unit: str = "城东网点") -> GroupChat | None:
    return await bank.look(groups.of_unit, bank.unit(unit), CHANNEL)


async def post(bank: Bank, posts: Posts) -> None:
    """What the courier does, with that channel on the switchboard too."""
    channels: dict[str, Channel] = {**bank.channels, posts.name: posts}
    await deliver(bank.store, channels)


async def test_who_leads_a_branch_sends_the_address_and_the_group_is_greeted(branch: Bank, posts: Posts) -> None:
    for _ in range(2):  # once more changes nothing
        await branch.赵敏.says(f" {ADDRESS}{KEY} ")
        assert branch.赵敏.sees("城东网点的企业微信群连上了", "08:45")
        assert KEY not in branch.赵敏.seen()
    found = await of(branch)
    assert found
    assert (found.address, found.changes, found.linked_by) == (KEY, False, branch.赵敏.id)
    await post(branch, posts)
    assert [key for key, _ in posts.shown] == [KEY]
    assert "本群是城东网点的群了" in posts.shown[0][1]
    await branch.at("08:45")
    await post(branch, posts)
    (_, board) = posts.shown[-1]
    assert "11月23日" in board
    assert len(posts.shown) == 2, "no count, the board only"


async def test_who_may_not_is_refused_and_nothing_is_linked(branch: Bank) -> None:
    for name in ("王芳", "周外", "吴查"):
        await branch.person(name).says(ADDRESS + KEY)
        assert branch.person(name).sees("连群由培训师、网点负责人或管理员来做")
    assert await of(branch) is None


async def test_who_leads_several_names_one(branch: Bank) -> None:
    await branch.郑总.says(ADDRESS + KEY)
    assert branch.郑总.sees("请把网点的名字写在地址前面")
    await branch.郑总.says(f"城北 {ADDRESS}{KEY}")
    assert branch.郑总.sees("没有“城北”")
    await branch.郑总.says(f"城西网点 {ADDRESS}{KEY}")
    assert branch.郑总.sees("城西网点的企业微信群连上了")
    assert await of(branch, "城西网点")


async def test_a_new_group_takes_the_place_of_the_old_one_which_hears_so(branch: Bank, posts: Posts) -> None:
    await branch.赵敏.says(ADDRESS + KEY)
    await branch.赵敏.says(ADDRESS + OTHER_KEY)
    await post(branch, posts)
    assert [(key, "改用另一个群" in said) for key, said in posts.shown] == [(KEY, True), (OTHER_KEY, False)]


async def test_another_branchs_group_stays_theirs(branch: Bank) -> None:
    await branch.赵敏.says(ADDRESS + KEY)
    await branch.何训.says(ADDRESS + KEY)
    assert branch.何训.sees("连着另一个网点")
    found = await of(branch)
    assert found
    await branch.郑总.says(f"城西网点 {ADDRESS}{KEY}")
    moved = await of(branch, "城西网点")
    assert moved
    assert moved.address == KEY
    assert await of(branch) is None


async def test_of_a_webhook_that_was_removed_the_trainer_hears_once_how_to_mend_it(branch: Bank, posts: Posts) -> None:
    await branch.赵敏.says(ADDRESS + KEY)
    posts.removed.add(KEY)
    await post(branch, posts)
    await branch.post()
    assert branch.赵敏.sees("城东网点的群收不到消息了", "重新添加“消息推送”")
    await branch.赵敏.says("/link")
    assert branch.赵敏.sees("城东网点 发不进去了，请再连一次")
    await branch.赵敏.says(ADDRESS + KEY)
    found = await of(branch)
    assert found
    assert found.gone_at is None


@pytest.mark.parametrize(
    "said", [f"{ADDRESS}short", ADDRESS, f"ftp://x/cgi-bin/webhook/send?key={KEY}", f"{ADDRESS}{KEY}&x=1", KEY]
)
async def test_what_is_no_such_address_is_just_words(branch: Bank, said: str) -> None:
    await branch.赵敏.says(said)
    assert not branch.赵敏.sees("连上了")
    assert await of(branch) is None
