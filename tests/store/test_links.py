from datetime import timedelta

import pytest

from bot.store import Reader, Store, Turn, links, people
from tests.store.cast import Cast, the_cast
from tests.store.conftest import Clock


@pytest.fixture
async def cast(store: Store) -> Cast:
    return await store.do(the_cast)


async def test_an_address_is_one_persons_and_a_person_has_one_on_a_channel(store: Store, cast: Cast) -> None:
    assert not await store.do(links.attach, cast.li, "telegram", "77"), "王芳's"
    assert await store.do(links.attach, cast.wang, "telegram", "78")
    assert await store.look(links.owner_of, "telegram", "77") is None
    assert await store.do(links.attach, cast.li, "telegram", "77")
    assert await store.do(links.attach, cast.li, "telegram", "77"), "again is no harm"

    def whose(turn: Reader) -> list[str]:
        found = [links.person_at(turn, "telegram", address) for address in ("77", "78", "79")]
        return [p.name if p else "" for p in found]

    assert await store.look(whose) == ["李强", "王芳", ""]
    await store.do(links.detach, cast.li)
    assert await store.look(whose) == ["", "王芳", ""]


async def test_who_has_left_no_longer_speaks(store: Store, cast: Cast) -> None:
    def leave(turn: Turn) -> None:
        people.get(turn, cast.wang).active = False

    await store.do(leave)
    assert await store.look(links.person_at, "telegram", "77") is None
    assert await store.look(links.owner_of, "telegram", "77") == cast.wang


async def test_an_invitation_is_used_once_and_in_time(store: Store, cast: Cast, clock: Clock) -> None:
    soon = clock() + timedelta(hours=72)
    first = await store.do(links.invite, cast.li, "h1", cast.zhao, soon)
    second = await store.do(links.invite, cast.li, "h2", None, soon)
    assert await store.look(links.invitation, "h1") is None, "a newer one ends it"
    found = await store.do(links.invitation, "h2")
    assert found is not None
    assert found.id == second.id
    assert await store.do(links.use, second.id or 0)
    assert not await store.do(links.use, second.id or 0)
    assert not await store.do(links.use, first.id or 0)
    third = await store.do(links.invite, cast.li, "h3", None, soon)
    clock.at = soon
    assert not await store.do(links.use, third.id or 0)


async def test_guesses_are_counted_by_address_and_altogether(store: Store, cast: Cast, clock: Clock) -> None:
    hour_ago = clock() - timedelta(hours=1)
    for address in ("5", "5", "6"):
        await store.do(links.guessed, "telegram", address)
    assert await store.look(links.guesses, hour_ago, "telegram", "5") == 2
    assert await store.look(links.guesses, hour_ago, "wecom", "5") == 0
    assert await store.look(links.guesses, hour_ago) == 3
    clock.move(hours=2)
    assert await store.look(links.guesses, clock() - timedelta(hours=1)) == 0
