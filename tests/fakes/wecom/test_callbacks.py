"""How events come: wecom.md §2, [path/90930], [path/90238], [path/90968], [path/90241]."""

import pytest
from aiohttp import web
from wechatpy.work import parse_message
from wechatpy.work.crypto import WeChatCrypto

from tests.fakes.wecom import CONTACTS, NotVerified, User, WeComFake, vectors, xml
from tests.fakes.wecom.asking import Asker, Ears
from tests.fakes.wecom.conftest import Clock
from tests.fakes.wecom.crypt import Seal
from tests.fakes.wecom.refusals import JSON
from tests.fakes.wecom.test_cards import BUTTON


async def test_an_address_that_does_not_open_the_echo_is_not_taken(fake: WeComFake, ears: Ears) -> None:  # §2.2
    fake.app.profile = None
    for secrets in ((vectors.OTHER_TOKEN, vectors.AES_KEY), (vectors.TOKEN, vectors.OTHER_AES_KEY)):
        with pytest.raises(NotVerified):
            await fake.set_callback(ears.url, *secrets)
    ears.seal = Seal(vectors.TOKEN, vectors.AES_KEY, "another corp")
    with pytest.raises(NotVerified, match="403"):
        await ears.connect(fake)
    assert fake.app.profile is None


async def test_an_address_is_given_a_second_to_answer(fake: WeComFake, ears: Ears) -> None:
    ears.gate.clear()
    assert fake.callbacks.verifying == 1
    fake.callbacks.verifying = 0.01
    with pytest.raises(NotVerified, match="no answer"):
        await ears.connect(fake)
    ears.gate.set()


async def test_a_message_comes_sealed_and_wechatpy_reads_it(ears: Ears, fang: User) -> None:  # §2.3
    await (await fang.say("晨练 <b> ]]>")).wait()
    outside, inside = ears.outside[0], ears.heard[0]
    assert outside["AgentID"] == str(WeComFake.agent_id)
    oracle = WeChatCrypto(vectors.TOKEN, vectors.AES_KEY, WeComFake.corp_id)
    plain = oracle.decrypt_message(
        {"Encrypt": outside["Encrypt"]}, outside["msg_signature"], outside["timestamp"], outside["nonce"]
    )
    assert xml.read(plain.encode()) == inside
    read = parse_message(plain)
    assert (read.type, read.content, read.source, str(read.id)) == (
        "text",
        "晨练 <b> ]]>",
        "WangFang",
        inside["MsgId"],
    )


async def test_what_is_not_taken_comes_four_times_with_the_same_words(ears: Ears, fang: User) -> None:
    ears.answers = [web.Response(status=status) for status in (500, 302, 404, 503, 500)]
    delivery = await (await fang.say("早")).wait()
    assert (delivery.tries, delivery.taken) == ([500, 302, 404, 503], False)
    assert all(heard == ears.heard[0] for heard in ears.heard)
    assert len({one["nonce"] for one in ears.outside}) == 4, "sealed anew each time"
    assert len({one["Encrypt"] for one in ears.outside}) == 4


async def test_perhaps_only_a_lost_connection_is_a_failure(fake: WeComFake, ears: Ears, fang: User) -> None:
    fake.callbacks.on_status = False  # [path/90930]
    ears.answers = [web.Response(status=500)]
    assert (await (await fang.say("早")).wait()).tries == [500]


async def test_a_slow_answer_is_cut_off_and_the_event_comes_again(fake: WeComFake, ears: Ears, fang: User) -> None:
    assert fake.callbacks.patience == 5
    fake.callbacks.patience = 0.02
    ears.gate.clear()
    delivery = await fang.say("早")
    await ears.bell.until(lambda: len(ears.heard) > 1 or None, 5)
    ears.gate.set()
    await delivery.wait()
    assert delivery.taken
    assert delivery.tries[0] == 0
    assert delivery.tries[-1] == 200


async def test_an_answer_lost_on_the_way_and_an_event_that_comes_twice(fake: WeComFake, ears: Ears, fang: User) -> None:
    fake.callbacks.deaf = 1
    assert (await (await fang.say("一")).wait()).tries == [0, 200]
    fake.callbacks.doubled = 1
    second = await fang.say("二")
    await fake.callbacks.wait_idle()
    fake.callbacks.redeliver(second)
    await fake.callbacks.wait_idle()
    assert [one["Content"] for one in ears.heard] == ["一", "一", "二", "二", "二"]


async def test_events_may_come_in_another_order(fake: WeComFake, ears: Ears, fang: User) -> None:
    fake.callbacks.hold()
    for word in ("一", "二"):
        await fang.say(word)
    assert ears.heard == []
    fake.callbacks.release(backwards=True)
    await fake.callbacks.wait_idle()
    assert sorted(one["Content"] for one in ears.heard) == ["一", "二"]


async def test_a_passive_reply_is_shown_where_wecom_takes_one(ears: Ears, fang: User) -> None:  # §3.4
    text: JSON = {"ToUserName": "WangFang", "FromUserName": WeComFake.corp_id, "CreateTime": 1, "MsgType": "text"}
    ears.answers = [ears.reply(text | {"Content": "请点开今天的练习"}), web.Response(text="success")]
    delivery = await (await fang.say("在吗")).wait()
    assert delivery.reply["Content"] == "请点开今天的练习"
    assert [one.text for one in fang.messages] == ["请点开今天的练习"]
    assert "no passive reply" in (await (await fang.say("在吗")).wait()).objection


async def test_a_passive_reply_to_a_card_changes_nothing_unless_the_switch_says_so(
    fake: WeComFake, app: Asker, ears: Ears, fang: User
) -> None:  # §3.4: the documents contradict each other
    await app.send("template_card", BUTTON)
    for switch, frozen in ((False, False), (True, True)):
        fake.callbacks.passive_card_update = switch
        ears.answers = [ears.reply({"MsgType": "update_button", "Button": {"ReplaceName": "已提交"}})]
        await (await fang.tap("A")).wait()
        assert fang.messages[0].frozen is frozen


async def test_an_app_without_an_address_is_told_nothing(fake: WeComFake, fang: User) -> None:
    delivery = await (await fang.say("有人吗")).wait()
    assert (delivery.taken, delivery.tries) == (False, [])


async def test_the_contacts_assistant_has_its_own_address_and_no_agentid(fake: WeComFake, ears: Ears) -> None:  # §2.1
    await ears.connect(fake, agent=CONTACTS)
    for delivery in fake.staff.department(2, "城东支行"):
        await delivery.wait()
    assert ears.heard == [
        {
            "ToUserName": fake.corp_id,
            "FromUserName": "sys",
            "CreateTime": str(int(fake.now())),
            "MsgType": "event",
            "Event": "change_contact",
            "ChangeType": "create_party",
            "Id": "2",
            "ParentId": "1",
        }
    ]
    assert "AgentID" not in ears.outside[0]


async def test_the_clock_is_wecoms(fake: WeComFake, ears: Ears, fang: User, clock: Clock) -> None:
    clock.seconds = 60
    fake.pass_time(3600)
    await (await fang.say("早")).wait()
    assert int(ears.heard[0]["CreateTime"]) == int(fake.now()) == 1_795_392_000 + 3660
    assert ears.outside[0]["timestamp"] == ears.heard[0]["CreateTime"]
