"""How WeCom's calls are answered: §2.2 and §2.3 of the reference, decision 18."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.edge.calls import Answer, Call
from bot.wecom.callback import MOST, WINDOW
from tests.fakes.wecom import NotVerified, User, WeComFake, vectors, xml
from tests.fakes.wecom.crypt import Seal
from tests.fakes.wecom.refusals import JSON
from tests.telegram.conftest import Ears
from tests.wecom.conftest import KEYS
from tests.wecom.door import QUICK, SLOW, Knocker, door, listening
from tests.wecom.test_xml import BOMB

TEXT: JSON = {"ToUserName": "corp", "FromUserName": "WangFang", "MsgType": "text", "AgentID": KEYS.agent_id}


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture(autouse=True)
def _loud(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot")


def text(words: str, number: int, at: int = 1) -> JSON:
    return TEXT | {"Content": words, "MsgId": number, "CreateTime": at}


async def enter(fake: WeComFake, ours: Knocker) -> None:
    """The address is entered in the console."""
    await fake.set_callback(ours.url, vectors.TOKEN, vectors.AES_KEY)


async def boom() -> None:
    raise ValueError("王芳的秘密")


async def test_the_address_is_verified_even_before_anybody_listens(fake: WeComFake) -> None:
    async with door(fake) as ours:
        await enter(fake, ours)
        for secrets in ((vectors.OTHER_TOKEN, vectors.AES_KEY), (vectors.TOKEN, vectors.OTHER_AES_KEY)):
            with pytest.raises(NotVerified, match="403"):
                await fake.set_callback(ours.url, *secrets)
        async with ours.session.get(ours.url) as bare:
            assert bare.status == 403


async def test_what_is_said_is_heard_and_answered_with_nothing(fake: WeComFake, fang: User, ears: Ears) -> None:
    async with door(fake) as ours, listening(ours.edge, ears):
        await enter(fake, ours)
        delivery = await (await fang.say("早")).wait()
        assert (delivery.tries, delivery.reply, delivery.objection) == ([200], {}, "")
        await (await fang.send_voice()).wait()
        opened = await fang.open_app()
        assert opened
        await opened.wait()
    assert ears.words == ["早", "Other(kind='voice', size=0)", "Reach(open=True, title='')"]
    assert {incoming.address for incoming in ears.heard} == {"wangfang"}


async def test_an_event_is_acknowledged_only_when_its_turn_is_done_and_keeps_nobody_waiting(
    fake: WeComFake, fang: User, ears: Ears
) -> None:
    done = asyncio.Event()
    ears.does["慢"] = done.wait
    qiang = fake.user("liqiang", "李强")
    async with door(fake, SLOW) as ours, listening(ours.edge, ears):
        await enter(fake, ours)
        slow, later = await fang.say("慢"), await fang.say("后")
        await ears.until(lambda: "慢" in ears.words)
        await (await qiang.say("别人")).wait()
        assert (slow.tries, later.tries) == ([], [])
        assert ours.edge.in_hand == 2
        done.set()
        await slow.wait()
        await later.wait()
        assert ours.edge.in_hand == 0
    assert [word for word in ears.words if word != "别人"] == ["慢", "后"]


async def test_a_turn_that_takes_too_long_is_brought_again_and_done_once(
    fake: WeComFake, fang: User, ears: Ears
) -> None:
    done = asyncio.Event()
    ears.does["慢"] = done.wait
    fake.callbacks.patience = 0.2
    async with door(fake, SLOW) as ours, listening(ours.edge, ears):
        await enter(fake, ours)
        delivery = await fang.say("慢")
        await asyncio.sleep(0.5)
        done.set()
        await delivery.wait()
        assert delivery.tries == [0, 0, 200]
    assert ears.words == ["慢"]


async def test_a_turn_slower_than_every_repetition_is_still_done(fake: WeComFake, fang: User, ears: Ears) -> None:
    done = asyncio.Event()
    ears.does["慢"] = done.wait
    fake.callbacks.patience = 0.02
    async with door(fake, QUICK) as ours, listening(ours.edge, ears):
        await enter(fake, ours)
        delivery = await (await fang.say("慢")).wait()
        assert (delivery.taken, delivery.tries) == (False, [0, 0, 0, 0])
        assert ours.edge.in_hand == 1
        done.set()
        await (await fang.say("后")).wait()
        assert ours.edge.in_hand == 0
    assert ears.words == ["慢", "后"]


async def test_a_call_that_comes_before_anybody_listens_is_held_open(fake: WeComFake, fang: User, ears: Ears) -> None:
    async with door(fake, SLOW) as ours:
        await enter(fake, ours)
        delivery = await fang.say("早")
        await asyncio.sleep(0.05)
        assert delivery.tries == []
        async with listening(ours.edge, ears):
            assert (await delivery.wait()).tries == [200]


async def test_what_nobody_takes_is_told_nothing_that_could_pass_for_taken(fake: WeComFake, ears: Ears) -> None:
    async with door(fake, replace(QUICK, patience=0.05)) as ours:
        assert await ours.bring(text("早", 1)) == 503
        full = replace(QUICK, patience=0.05, most=0)
    async with door(fake, full) as ours, listening(ours.edge, ears):
        assert await ours.bring(text("早", 1)) == 503
    assert ears.words == []


async def test_events_that_wait_stand_in_the_order_of_wecoms_clock(fake: WeComFake, ears: Ears) -> None:
    done = asyncio.Event()
    ears.does["一"] = done.wait
    async with door(fake, SLOW) as ours, listening(ours.edge, ears):
        first = asyncio.create_task(ours.bring(text("一", 1, at=10)))
        await ears.until(lambda: ears.words == ["一"])
        rest = []
        for words, number, at in (("四", 4, 13), ("二", 2, 11), ("三", 3, 12)):
            rest.append(asyncio.create_task(ours.bring(text(words, number, at))))
            await asyncio.sleep(0.03)
        done.set()
        assert await asyncio.gather(first, *rest) == [200] * 4
    assert ears.words == ["一", "二", "三", "四"]


async def test_an_event_that_comes_three_times_while_it_is_heard_is_heard_once(fake: WeComFake, ears: Ears) -> None:
    done = asyncio.Event()
    ears.does["早"] = done.wait
    async with door(fake, SLOW) as ours, listening(ours.edge, ears):
        tasks = [asyncio.create_task(ours.bring(text("早", 1))) for _ in range(3)]
        await ears.until(lambda: ears.words == ["早"])
        await asyncio.sleep(0.05)
        done.set()
        assert await asyncio.gather(*tasks) == [200] * 3
    assert ears.words == ["早"]


async def test_a_poisonous_event_is_parked_and_answered(
    fake: WeComFake, fang: User, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    ears.does["毒"] = boom
    async with door(fake, SLOW) as ours, listening(ours.edge, ears):
        await enter(fake, ours)
        assert (await (await fang.say("毒")).wait()).tries == [200]
    assert ears.parked == [("毒", "ValueError")]
    assert "秘密" not in caplog.text


async def test_who_leaves_while_an_event_fails_leaves_it_to_wecom(fake: WeComFake, ears: Ears) -> None:
    ears.does["毒"] = boom
    ears.parking_fails = 99
    async with door(fake, replace(SLOW, patience=0.3)) as ours:
        async with listening(ours.edge, ears):
            task = asyncio.create_task(ours.bring(text("毒", 1)))
            await ears.until(lambda: "毒" in ears.words)
        assert await task == 503


# ---- what is not WeCom's


async def test_what_is_forged_replayed_or_for_another_corp_is_refused(
    fake: WeComFake, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    async with door(fake) as ours, listening(ours.edge, ears):
        assert await ours.bring(text("早", 1), msg_signature="0" * 40) == 403
        assert await ours.bring(text("早", 1), msg_signature="签名") == 403
        assert await ours.bring(text("早", 1), nonce="another") == 403
        for age in (WINDOW + 5, -WINDOW - 5):
            assert await ours.bring(text("早", 1), age=age) == 403
        for clock in ("", "-1", "１７", "9" * 30, "now"):
            assert await ours.bring(text("早", 1), timestamp=clock) == 403
        assert await ours.post(b"", {}) == 403
        ours.seal = Seal(vectors.TOKEN, vectors.AES_KEY, "another corp")
        assert await ours.bring(text("早", 1)) == 403
        ours.seal = Seal(vectors.TOKEN, vectors.OTHER_AES_KEY, fake.corp_id)
        assert await ours.bring(text("早", 1)) == 403
    assert ears.words == []
    assert ours.edge.heard.refused == {"signature": 3, "time": 8, "receiveid": 1, "padding": 1}
    assert len([r for r in caplog.records if "not WeCom's was refused" in r.message]) == 4, "one line for each step"


async def test_a_bomb_and_what_is_too_long_are_refused_before_anything_is_opened(fake: WeComFake, ears: Ears) -> None:
    async with door(fake) as ours, listening(ours.edge, ears):
        query = ours.query("x")
        assert await ours.post(b"<xml><Encrypt>" + b"A" * MOST, query) == 413
        for body in (BOMB, BOMB.decode().encode("utf-16"), b"", b"{}", b"<xml>", b"<a>" * 9000):
            assert await ours.post(body, query) == 400
        assert await ours.post(b"<xml/>", query) == 403
    assert ours.edge.heard.refused == {"size": 1, "xml": 6, "signature": 1}


async def test_who_drips_is_not_waited_for(fake: WeComFake) -> None:
    async def drips() -> AsyncIterator[bytes]:
        yield b"<xml>"
        await asyncio.Event().wait()

    async with door(fake, replace(QUICK, patience=0.05)) as ours:
        call = Call(method="POST", query=ours.query("x"), headers={}, body=drips())
        assert await ours.edge.receive(call) == Answer(408)
    assert ours.edge.heard.refused == {"slow": 1}


async def test_what_is_wecoms_and_none_of_ours_is_taken_and_counted(fake: WeComFake, ears: Ears) -> None:
    async with door(fake) as ours, listening(ours.edge, ears):
        assert await ours.bring(b"no xml, but sealed") == 200
        assert await ours.bring(BOMB) == 200
        assert await ours.bring(TEXT | {"AgentID": 7, "MsgId": 1}) == 200
        assert await ours.bring(TEXT | {"MsgType": "event", "Event": "view"}) == 200
        sealed = ours.seal.seal(xml.write(text("早", 1)).encode(), bytes(16))
        outside = {"AgentID": "7", "ToUserName": "another", "Encrypt": sealed}
        assert await ours.post(xml.write(outside).encode(), ours.query(sealed)) == 200, "what is outside is not signed"
    assert ears.words == ["早"]
    assert ours.edge.heard.ignored == {"unreadable": 2, "text": 1, "view": 1}


async def test_a_replay_within_the_window_is_the_same_event(fake: WeComFake, ears: Ears) -> None:
    async with door(fake) as ours, listening(ours.edge, ears):
        sealed = ours.seal.seal(xml.write(text("早", 1)).encode(), bytes(16))
        body, query = xml.write({"Encrypt": sealed}).encode(), ours.query(sealed)
        assert [await ours.post(body, query) for _ in range(2)] == [200, 200]
        fake.pass_time(WINDOW + 5)
        assert await ours.post(body, query) == 403
    assert [incoming.event for incoming in ears.heard] == ["m1", "m1"], "the database counts it once"
