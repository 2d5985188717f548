"""A group's webhook: wecom.md §4.7, over real HTTP."""

import pytest

from bot.chat.channel import Channel, Letter, Receipt, SendError
from bot.chat.message import Message
from bot.wecom.gate import Gate
from bot.wecom.posts import TWENTY, GroupPosts
from bot.wecom.request import Line
from bot.wecom.traffic import Rates
from tests.fakes.wecom import WeComFake
from tests.fakes.wecom.groups import Group

BOARD = Message(title="城东网点", rows=(("参与", "6/6"), ("答对", "27/30")))


@pytest.fixture
def group(fake: WeComFake) -> Group:
    return fake.group("城东支行")


@pytest.fixture
def posts(fake: WeComFake, line: Line) -> GroupPosts:
    return GroupPosts(line, Gate(TWENTY, fake.now))


async def post(posts: Channel, group: Group, message: Message = BOARD) -> Receipt:
    (receipt,) = await posts.send([Letter(id=7, address=group.key, message=message)])
    assert receipt.letter == 7
    if receipt.error:
        assert group.key not in receipt.error.reason
    return receipt


async def test_a_board_arrives_as_a_table(posts: GroupPosts, group: Group) -> None:
    assert (await post(posts, group)).error is None
    (shown,) = group.messages
    assert (shown.kind, shown.clipped) == ("markdown_v2", [])
    assert "| 参与 | 6/6 |" in shown.text


async def test_what_is_too_long_is_cut_and_taken(posts: GroupPosts, group: Group) -> None:
    assert (await post(posts, group, Message(body="很长\n" * 1000))).error is None
    assert group.messages[0].text.endswith("…")


async def test_twenty_a_minute_go_in_and_the_rest_waits_without_a_call(
    fake: WeComFake, posts: GroupPosts, group: Group
) -> None:
    receipts = [await post(posts, group) for _ in range(21)]
    assert [one.error for one in receipts[:20]] == [None] * 20
    error = receipts[20].error
    assert error
    assert not error.permanent
    assert 59 < error.retry_after <= 60
    assert len(fake.called("webhook/send")) == 20, "WeCom was not bumped into"
    fake.pass_time(60)
    assert (await post(posts, group)).error is None


async def test_where_wecom_counts_more_than_we_do_the_key_rests_a_minute(
    fake: WeComFake, line: Line, group: Group
) -> None:
    posts = GroupPosts(line, Gate(Rates(minute=100), fake.now))
    receipts = [await post(posts, group) for _ in range(22)]
    assert [one.error.retry_after for one in receipts if one.error] == pytest.approx([60, 60], abs=1)
    assert len(fake.called("webhook/send")) == 21


async def test_a_webhook_that_was_removed_is_gone_for_good(posts: GroupPosts, group: Group) -> None:
    group.remove()
    error = (await post(posts, group)).error
    assert error
    assert (error.permanent, error.gone) == (True, True)
    assert "93000" in error.reason


async def test_so_is_one_that_an_administrator_forbids(posts: GroupPosts, group: Group) -> None:
    group.disable()
    error = (await post(posts, group)).error
    assert error
    assert error.gone


async def test_an_older_server_gets_plain_text(fake: WeComFake, posts: GroupPosts, group: Group) -> None:
    fake.faults.fail_next("webhook/send", 40008)
    assert (await post(posts, group)).error is None
    assert (await post(posts, group)).error is None
    assert [one.kind for one in group.messages] == ["text", "text"]
    assert "参与 6/6" in group.messages[0].text


async def test_trouble_on_the_way_is_tried_again(fake: WeComFake, posts: GroupPosts, group: Group) -> None:
    fake.faults.fail_next("webhook/send", -1)
    fake.faults.answer_next("webhook/send", 502, b"<html>")
    for _ in range(2):
        error = (await post(posts, group)).error
        assert error
        assert not error.permanent
    assert (await post(posts, group)).error is None


async def test_nothing_comes_back(posts: GroupPosts) -> None:
    assert not posts.limits.changes
    with pytest.raises(SendError):
        await posts.fetch("media", 100)
