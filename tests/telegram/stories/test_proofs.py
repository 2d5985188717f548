"""A film as proof over real HTTP: fetched from Telegram at once, kept sealed, once, whoever dies over it."""

import asyncio

import pytest

from bot.services import causes, consenting, setting
from bot.services.caller import caller
from bot.store import people, units
from bot.store.turn import Turn
from drills.settings import Name
from drills.staying import Rule
from tests.stories.bank import VAULT
from tests.stories.proving import FILM, held, kept
from tests.telegram.stories.branch import Branch, Someone


@pytest.fixture
def way() -> tuple[str, str]:
    """Once: what differs between databases is told elsewhere."""
    return "sqlite", "webhook"


def found(turn: Turn, person: int, *, consents: bool) -> None:
    """A branch that takes files, and somebody who was found not to count before the customer."""
    who = caller(turn, people.get(turn, person))
    unit = units.get(turn, who.person.unit_id)
    setting.put(turn, unit, {Name.PROOF: "files"}, None)
    point = "cash.count-before-customer"
    causes.bring(turn, unit, person, rule=Rule.FINDING, checkpoint=point, by=None, confirmed=True)
    (consenting.agree if consents else consenting.refuse)(turn, who)


async def the_evening(branch: Branch, *, consents: bool = True) -> Someone:
    (wang,) = await branch.joined("王芳")
    await branch.at("08:03")
    await branch.store.do(found, wang.id, consents=consents)
    await branch.at("17:40")
    await wang.sees("当面清点", "开始 5 题")
    return wang


async def test_a_film_is_fetched_and_kept(branch: Branch) -> None:
    wang = await the_evening(branch)
    await wang.user.send_video(FILM)
    await wang.sees("收到了：视频，0.1 MB。已加密保存，12月23日删除")
    [proof] = await branch.look(kept)
    [sealed] = await branch.look(held)
    assert VAULT.open(sealed, f"{wang.id}/{proof.digest}") == FILM
    await wang.user.send_video(FILM, size=30 << 20)
    await wang.sees("文件太大了（最多 20 MB）")
    assert len(branch.fake.called("getFile")) == 1


async def test_without_consent_telegram_is_not_even_asked(branch: Branch) -> None:
    wang = await the_evening(branch, consents=False)
    await wang.user.send_voice()
    await branch.wake()
    await wang.sees("没有您的同意，这个没有下载", "同意保存")
    assert not branch.fake.called("getFile")


@pytest.mark.parametrize("point", ["before", "after"])
async def test_a_process_that_dies_over_a_film_keeps_it_once(branch: Branch, point: str) -> None:
    wang = await the_evening(branch)
    setattr(branch.store, f"held_{point}", "act")
    update = await wang.user.send_video(FILM)
    async with asyncio.timeout(10):
        await branch.store.holding.wait()
    assert not branch.is_forgotten(update)
    await branch.die()
    await branch.start()
    await branch.wake()
    await wang.sees("收到了：视频")
    assert len(await branch.look(kept)) == len(await branch.look(held)) == 1
