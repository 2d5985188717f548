"""Sending: wecom.md §4.1, §4.2, §4.5, [path/90236], [path/90312], [path/94867]."""

import pytest

from tests.fakes.wecom import Limits, User, WeComFake
from tests.fakes.wecom.asking import Asker, Ears
from tests.fakes.wecom.conftest import Clock
from tests.fakes.wecom.refusals import JSON
from tests.fakes.wecom.test_cards import BUTTON, TEXT

TEN_HOURS = 36_000


async def test_a_text_is_shown_and_its_msgid_told(app: Asker, fang: User) -> None:
    sent = await app.send()
    assert (sent["errcode"], sent["errmsg"]) == (0, "ok")
    assert [(one.msgid, one.kind, one.text) for one in fang.messages] == [(sent["msgid"], "text", "早上好")]
    assert "response_code" not in sent


async def test_who_cannot_be_reached_is_listed_in_small_letters(fake: WeComFake, app: Asker, fang: User) -> None:
    fake.user("LiQiang").person.licensed = False
    sent = await app.send(touser="WANGFANG|LiQiang|Nobody", toparty="1|99", totag="7")
    assert sent["errcode"] == 0
    assert (sent["invaliduser"], sent["invalidparty"], sent["invalidtag"]) == ("nobody", "99", "7")
    assert sent["unlicenseduser"] == "liqiang"
    assert len(fang.messages) == 1, "once, however often they were named"
    assert [one.why for one in fake.user("LiQiang").dropped] == ["unlicensed"]


@pytest.mark.parametrize(
    ("envelope", "code"),
    [
        ({"touser": "nobody"}, 81013),
        ({"touser": ""}, 82001),
        ({"touser": "|".join(map(str, range(1001)))}, 40032),
        ({"toparty": "|".join(map(str, range(101)))}, 82002),
        ({"totag": "|".join(map(str, range(101)))}, 82003),
        ({"touser": ["wangfang"]}, 40058),
        ({"msgtype": "markdwon"}, 40008),
        ({"safe": 2}, 40058),
        ({"to_user": "wangfang"}, 40058),
    ],
)
async def test_an_envelope_that_is_wrong_is_refused(app: Asker, fang: User, envelope: JSON, code: int) -> None:
    assert (await app.send(**envelope))["errcode"] == code
    assert fang.messages == []


async def test_only_the_visible_range_is_reached(fake: WeComFake, app: Asker, fang: User) -> None:  # [path/90665]
    fake.staff.department(2, "城东支行")
    fake.staff.department(3, "城东支行一部", parent=2)
    min_ = fake.user("zhaomin", "赵敏", department=3)
    fake.staff.show_to(fake.agent_id, users=set(), parties={2})
    sent = await app.send(touser="wangfang|zhaomin")
    assert sent["invaliduser"] == "wangfang"
    assert (await app.send(touser="@all", toparty="99"))["errcode"] == 0, "for @all the rest is not looked at"
    fake.staff.tag(7, min_.person)
    await app.send(touser="", totag="7")
    await app.send(touser="", toparty="1")
    assert len(min_.messages) == 4
    assert fang.messages == []


async def test_thirty_a_minute_reach_a_member_and_the_rest_is_dropped_silently(
    app: Asker, fang: User, clock: Clock
) -> None:
    errors = {(await app.send())["errcode"] for _ in range(31)}
    assert errors == {0}
    assert (len(fang.messages), [one.why for one in fang.dropped]) == (30, ["limit"])
    clock.seconds = 59.9
    await app.send()
    assert len(fang.messages) == 30, "nothing for 60 s [path/90312]"
    clock.seconds = 60
    await app.send()
    assert len(fang.messages) == 31


async def test_a_thousand_an_hour_reach_a_member(app: Asker, fake: WeComFake, fang: User, clock: Clock) -> None:
    fake.limits.member_hour = 3
    for minute in range(4):
        clock.seconds = minute * 61
        await app.send()
    assert (len(fang.messages), len(fang.dropped)) == (3, 1)
    clock.seconds += 3600
    await app.log_in()
    await app.send()
    assert len(fang.messages) == 4


async def test_the_days_persons_are_counted_until_midnight_in_china(clock: Clock) -> None:
    async with WeComFake(now=clock, limits=Limits(account_cap=1, persons_per_account=3)) as fake:
        app = Asker(fake)
        await app.log_in()
        fake.user("wangfang"), fake.user("liqiang")
        sent = [(await app.send(touser="wangfang|liqiang"))["errcode"] for _ in range(2)]
        assert sent == [0, 45009], "two persons each time, three a day"
        clock.seconds += 24 * 3600
        await app.log_in()
        assert (await app.send())["errcode"] == 0
        await app.close()


async def test_the_same_request_within_its_interval_is_not_delivered_again(
    app: Asker, fang: User, ears: Ears, clock: Clock
) -> None:
    check: JSON = {"enable_duplicate_check": 1, "duplicate_check_interval": 600}
    first = await app.send("template_card", BUTTON, **check)
    again = await app.send("template_card", BUTTON, **check)
    assert (again["errcode"], again["msgid"]) == (0, first["msgid"])
    assert (len(fang.messages), [one.why for one in fang.dropped]) == (1, ["duplicate"])
    clock.seconds = 600
    assert (await app.send("template_card", BUTTON, **check))["errcode"] == 42014, "no duplicate, but its task_id is"
    assert (await app.send(enable_duplicate_check=1, duplicate_check_interval=TEN_HOURS))["errcode"] == 40058


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("text", {"content": ""}, 44004),
        ("text", {"content": 5}, 40058),
        ("text", {"content": "x", "mentioned_list": []}, 40058),
        ("markdown", {"content": "字" * 683}, 45002),
        ("textcard", {"title": "", "description": "d", "url": "https://a.cn"}, 41016),
        ("textcard", {"title": "t", "url": "https://a.cn"}, 41033),
        ("textcard", {"title": "t", "description": "d"}, 41010),
        ("textcard", {"title": "t", "description": "d", "url": "a.cn"}, 45034),
        ("news", {"articles": [{"title": "t", "url": "https://a.cn"}] * 9}, 45008),
        ("news", {"articles": []}, 45008),
        ("news", {"articles": [{"url": "https://a.cn"}]}, 41016),
        ("news", {"articles": [{"title": "t"}]}, 41010),
        ("image", {"media_id": "gone"}, 40007),
        ("image", {}, 41006),
        ("template_card", BUTTON, 43012),
        ("template_card", TEXT, 0),
        ("markdown", {"content": "字" * 682}, 0),
    ],
)
async def test_content_that_is_wrong_is_refused(app: Asker, fang: User, kind: str, content: JSON, code: int) -> None:
    assert (await app.send(kind, content))["errcode"] == code


async def test_texts_are_cut_at_whole_characters(app: Asker, fang: User) -> None:
    await app.send("text", {"content": "字" * 683})
    await app.send("textcard", {"title": "字" * 129, "description": "d", "url": "https://a.cn"})
    await app.send("news", {"articles": [{"title": "字" * 43, "url": "https://a.cn"}]})
    text, card, news = fang.messages
    assert (text.text, text.clipped) == ("字" * 682, ["text.content"])
    assert card.body["title"] == "字" * 128
    assert news.body["articles"][0]["title"] == "字" * 42


async def test_a_card_that_is_answered_comes_with_a_code_and_a_task_of_its_own(
    app: Asker, fang: User, ears: Ears
) -> None:
    assert (await app.send("template_card", BUTTON))["response_code"]
    assert (await app.send("template_card", BUTTON))["errcode"] == 42014
    assert "response_code" not in await app.send("template_card", TEXT)
    assert [one.kind for one in fang.messages] == ["template_card", "template_card"]
    assert fang.messages[0].buttons == ["A", "B"]


async def test_a_card_shows_a_file_only_while_it_lives(app: Asker, fang: User, ears: Ears) -> None:
    line = {"type": 2, "keyname": "表", "value": "资费.xlsx", "media_id": "gone"}
    assert (await app.send("template_card", TEXT | {"horizontal_content_list": [line]}))["errcode"] == 40007


async def test_a_message_is_recalled_within_a_day(fake: WeComFake, app: Asker, fang: User, clock: Clock) -> None:
    first, second = [(await app.send())["msgid"] for _ in range(2)]
    assert (await app.post("message/recall", {"msgid": first}))["errcode"] == 0
    assert [one.msgid for one in fang.messages] == [second]
    fake.another_app(1_000_003, "another")
    await app.log_in("another")
    assert (await app.post("message/recall", {"msgid": second}))["errcode"] == 40058, "another app's"
    clock.seconds = 86_400
    await app.log_in()
    assert (await app.post("message/recall", {"msgid": second}))["errcode"] == 42052


async def test_news_cannot_be_confidential(app: Asker, fang: User) -> None:
    news = {"articles": [{"title": "t", "url": "https://a.cn"}]}
    assert (await app.send("news", news, safe=1))["errcode"] == 40074
    assert (await app.send(safe=1))["errcode"] == 0


async def test_nobody_waits_for_what_does_not_come(app: Asker, fang: User) -> None:
    with pytest.raises(AssertionError, match="did not see such a message"):
        await fang.wait_for(lambda message: "第1题" in message.text, timeout=0.01)
    await app.send()
    assert (await fang.wait_for(lambda message: "早" in message.text)).kind == "text"
