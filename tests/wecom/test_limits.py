"""What is more than WeCom takes waits and is not lost; nor is anything where it takes nothing at all."""

import asyncio

import pytest

from bot.chat.channel import SendError
from bot.chat.message import Button, Message
from bot.wecom.channel import WeComChannel
from bot.wecom.client import Client
from bot.wecom.traffic import Rates, Traffic
from tests.fakes.wecom import User, WeComFake
from tests.fakes.wecom.limits import MINUTE
from tests.fakes.wecom.people import VIDEO
from tests.wecom.conftest import Phone
from tests.wecom.letters import NEXT, QUESTION, WRONG, letter, one, reply


async def test_what_would_be_dropped_silently_waits_and_replies_have_their_own_share(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone
) -> None:
    pushes = await asyncio.gather(*(one(channel, letter()) for _ in range(40)))
    assert len(fang.messages) == 24
    held = [r.error for r in pushes if r.error]
    assert all(not error.permanent and 55 <= error.retry_after <= MINUTE for error in held)
    replies = await asyncio.gather(*(one(channel, letter(urgency=0)) for _ in range(10)))
    assert sum(r.error is None for r in replies) == 6
    assert fang.dropped == []
    fake.pass_time(MINUTE + 1)
    assert (await one(channel, letter())).error is None


async def test_what_is_said_in_several_messages_has_room_for_all_before_it_begins(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone
) -> None:
    fake.faults.delay_next("message/send", 0.05)
    buttons = ((Button("练一题", "pr"),),)
    first, second = (Message(title=title, body="很长的一题。" * 400, buttons=buttons) for title in ("错题本", "要点"))
    receipts = await asyncio.gather(
        one(channel, letter(first)), *(one(channel, letter(urgency=0)) for _ in range(35)), one(channel, letter(second))
    )
    assert fang.dropped == []
    assert len(fang.messages) <= 30
    assert receipts[0].error is None
    assert fang.messages[-1].kind == "template_card"


async def test_what_was_long_on_its_way_counts_from_when_it_may_have_arrived(
    client: Client, fake: WeComFake, fang: User, phone: Phone
) -> None:
    channel = WeComChannel(client, "确定", Traffic(Rates(minute=1, minute_kept=0)), now=fake.now)

    async def half_a_minute() -> None:
        fake.pass_time(30)

    fake.faults.meanwhile("message/send", half_a_minute)
    assert (await one(channel, letter())).error is None
    fake.pass_time(31)
    error = (await one(channel, letter())).error
    assert error
    assert 28 <= error.retry_after <= 30


async def test_of_many_only_who_may_not_yet_gives_way(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone
) -> None:
    qiang = fake.user("liqiang", "李强")
    await asyncio.gather(*(one(channel, letter()) for _ in range(24)))
    receipts = await channel.send([letter(), letter(to="liqiang")])
    assert [r.error is None for r in receipts] == [False, True]
    assert len(qiang.messages) == 1


async def test_the_apps_limit_for_the_day_pauses_all_and_loses_nothing(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone
) -> None:
    fake.app.quota.most = 1
    await one(channel, letter())
    for _ in range(3):
        error = (await one(channel, letter())).error
        assert error
        assert not error.permanent
        assert error.retry_after > 0
    assert len(fake.called("message/send")) == 2, "what is closed is not knocked at"
    fake.pass_time(24 * 3600)
    assert (await one(channel, letter())).error is None
    assert fang.dropped == []


async def test_a_token_that_ends_in_the_middle_of_a_push_costs_nobody_a_letter(
    channel: WeComChannel, fake: WeComFake, phone: Phone
) -> None:
    people = [fake.user(f"p{n}") for n in range(60)]

    async def end() -> None:
        fake.revoke_tokens()

    for _ in range(2):
        fake.faults.meanwhile("message/send", end)
    receipts = await asyncio.gather(*(one(channel, letter(to=person.userid)) for person in people))
    assert all(r.error is None for r in receipts)
    assert [len(person.messages) for person in people] == [1] * 60
    assert len(fake.called("gettoken")) <= 4


async def test_a_mistake_of_ours_is_no_neighbours_and_names_nobody(
    channel: WeComChannel, fang: User, phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: object) -> None:
        raise ValueError("王芳答的是 B")

    monkeypatch.setattr("bot.wecom.channel.render", breaks)
    error = (await one(channel, letter())).error
    assert error
    assert error.permanent
    assert "王芳" not in error.reason + caplog.text


async def test_a_secret_that_is_no_longer_taken_loses_nothing(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    await one(channel, letter(QUESTION))
    handle = await phone.press(fang, "A")
    fake.app.disabled = True
    fake.revoke_tokens()
    for answer in (letter(), reply(NEXT, handle), reply(WRONG, handle)):
        error = (await one(channel, answer)).error
        assert error
        assert (error.permanent, error.retry_after) == (False, 60)
    with pytest.raises(SendError) as unfetched:
        await channel.fetch("a-media", 10)
    assert not unfetched.value.permanent
    assert "could not be written" not in caplog.text, "it is no mistake of ours"
    fake.app.disabled = False
    fake.pass_time(601)
    assert (await one(channel, reply(NEXT, handle))).error is None
    assert fang.messages[0].frozen


# ---- files


async def test_what_somebody_sent_is_brought_whole_or_in_pieces(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = await fang.send_video(VIDEO * 40)
    media = delivery.fields["MediaId"]
    assert await channel.fetch(media, 10_000) == VIDEO * 40
    monkeypatch.setattr("bot.wecom.channel.PIECE", 160)
    assert await channel.fetch(media, 10_000) == VIDEO * 40
    assert fake.called("media/get")[-1].range.startswith("bytes=1")
    fake.revoke_tokens()
    assert await channel.fetch(media, len(VIDEO) * 40) == VIDEO * 40
    with pytest.raises(SendError, match="more than 500 bytes") as error:
        await channel.fetch(media, 500)
    assert error.value.permanent
    fake.pass_time(3 * 86_400 + 1)
    with pytest.raises(SendError) as gone:
        await channel.fetch(media, 10_000)
    assert gone.value.permanent
