import asyncio

import pytest

from bot.wecom.order import Order


async def test_one_key_is_in_order_and_another_beside_it() -> None:
    order, log, gate = Order(), [], asyncio.Event()

    async def act(name: str, key: str, *, waits: bool = False) -> None:
        async with order.turn(key):
            if waits:
                await gate.wait()
            log.append(name)

    tasks = [asyncio.create_task(act(name, "fang", waits=name == "1")) for name in ("1", "2", "3")]
    await asyncio.sleep(0)
    await act("other", "qiang")
    assert log == ["other"]
    gate.set()
    await asyncio.gather(*tasks)
    assert log == ["other", "1", "2", "3"]
    assert len(order) == 0


async def test_who_fails_or_gives_up_holds_nobody() -> None:
    order = Order()
    with pytest.raises(ZeroDivisionError):
        async with order.turn("fang"):
            raise ZeroDivisionError
    gate = asyncio.Event()

    async def wait() -> None:
        async with order.turn("fang"):
            await gate.wait()

    first, second = asyncio.create_task(wait()), asyncio.create_task(wait())
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.sleep(0)
    gate.set()
    await first
    async with asyncio.timeout(1), order.turn("fang"):
        pass
    assert len(order) == 0
