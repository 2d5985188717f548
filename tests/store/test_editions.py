import pytest

from bot.content import digest, load, shipped
from bot.store import Store, StoreTrouble, Turn, editions
from bot.store import turn as turns
from bot.store.turn import InForce


@pytest.fixture(scope="module")
def body() -> dict[str, object]:
    return load(shipped()).body


async def test_without_content_the_sentence_says_what_to_do(store: Store) -> None:
    with pytest.raises(StoreTrouble, match="Run: chenlian migrate"):
        await store.look(lambda look: look.in_force("/1/"))
    assert await store.look(editions.current) is None
    with pytest.raises(LookupError, match="no edition 7"):
        await store.look(editions.bank_of, 7)


async def test_the_newest_edition_is_in_force_and_an_old_one_stays_readable(
    store: Store, body: dict[str, object]
) -> None:
    first = await store.do(editions.publish, body, digest(body))
    assert await store.do(editions.publish, body, digest(body)) == first, "in force already"
    second = await store.do(editions.publish, body, "other")
    back = await store.do(editions.publish, body, digest(body))
    assert first < second < back, "a former edition may come back"
    rules = await store.look(lambda look: look.in_force("/1/"))
    assert rules.edition_id == back
    assert rules.bank.questions
    assert await store.look(editions.bank_of, first) == rules.bank
    assert (await store.look(editions.of, second)).edition_id == second


async def test_an_edition_is_parsed_once(
    store: Store, body: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.do(editions.publish, body, "one")

    def both(turn: Turn) -> tuple[InForce, InForce]:
        return turn.in_force("/1/"), editions.of(turn, 1)

    one, two = await store.do(both)
    assert one is two
    assert await store.look(lambda look: look.in_force("/1/")) is one
    for n in range(turns._KEPT + 1):  # noqa: SLF001 -- so many that the first is let go
        edition = await store.do(editions.publish, body, f"{n}")
        await store.look(editions.of, edition)
    assert await store.look(editions.of, 1) is not one
    assert await store.look(editions.bank_of, 1) == one.bank


async def test_a_turn_that_publishes_sees_its_own_edition_and_a_failed_one_leaves_no_trace(
    store: Store, body: dict[str, object]
) -> None:
    await store.do(editions.publish, body, "one")
    seen = []

    def fails(turn: Turn) -> None:
        assert turn.in_force("/1/").edition_id == 1
        editions.publish(turn, body, "two")
        seen.append(turn.in_force("/1/"))
        raise KeyError

    with pytest.raises(KeyError):
        await store.do(fails)
    assert (await store.look(lambda look: look.in_force("/1/"))).edition_id == 1
    await store.do(editions.publish, body, "three")
    assert await store.look(lambda look: look.in_force("/1/")) is not seen[0], "the id may be the same"
