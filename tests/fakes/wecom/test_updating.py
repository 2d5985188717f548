"""Changing a card that is out: wecom.md §4.4, [path/94888]."""

import pytest

from tests.fakes.wecom import User, WeComFake
from tests.fakes.wecom.asking import Asker, Ears
from tests.fakes.wecom.conftest import Clock
from tests.fakes.wecom.refusals import JSON
from tests.fakes.wecom.test_cards import BUTTON, TEXT, VOTE, changed

GREY: JSON = {"button": {"replace_name": "已截止"}}
RIGHT: JSON = {
    "template_card": {key: value for key, value in BUTTON.items() if key != "task_id"}
    | {"sub_title_text": "答对了：10 元", "replace_text": "已答"}
}
THREE_DAYS = 72 * 3600


@pytest.fixture
def qiang(fake: WeComFake) -> User:
    return fake.user("LiQiang", "李强")


async def test_a_card_is_updated_once_and_never_after_72_hours(
    app: Asker, fang: User, ears: Ears, clock: Clock
) -> None:
    code = (await app.send("template_card", BUTTON))["response_code"]
    assert (await app.update(code, GREY))["errcode"] == 0
    assert (await app.update(code, GREY))["errcode"] == 60140
    late = (await app.send("template_card", BUTTON | {"task_id": "q2"}))["response_code"]
    clock.seconds = THREE_DAYS
    await app.log_in()
    assert (await app.update(late, GREY))["errcode"] == 60140
    assert [one.frozen for one in fang.messages] == [True, False]


async def test_the_sends_code_closes_the_round_for_all(app: Asker, fang: User, qiang: User, ears: Ears) -> None:
    code = (await app.send("template_card", BUTTON, touser="wangfang|liqiang"))["response_code"]
    await app.update(code, GREY, atall=1)
    assert [(one.messages[0].grey, one.messages[0].buttons) for one in (fang, qiang)] == [("已截止", [])] * 2


async def test_a_presss_code_shows_the_verdict_to_whoever_pressed(
    app: Asker, fang: User, qiang: User, ears: Ears
) -> None:
    await app.send("template_card", BUTTON, touser="wangfang|liqiang")
    event = (await (await fang.tap("A")).wait()).fields
    assert (await app.update(event["ResponseCode"], RIGHT, userids=["wangfang"]))["errcode"] == 0
    assert (await app.update(event["ResponseCode"], RIGHT, userids=["wangfang"]))["errcode"] == 60140
    assert "答对了" in fang.messages[0].text
    assert (fang.messages[0].grey, fang.messages[0].history) == ("已答", [BUTTON])
    assert qiang.messages[0].buttons == ["A", "B"]


async def test_every_press_brings_a_fresh_code(app: Asker, fang: User, ears: Ears) -> None:
    sent = await app.send("template_card", BUTTON)
    codes = {(await (await fang.tap(wanted)).wait()).fields["ResponseCode"] for wanted in "AB"}
    assert len(codes | {sent["response_code"]}) == 3


async def test_what_is_grey_locked_or_recalled_cannot_be_pressed(app: Asker, fang: User, ears: Ears) -> None:
    code = (await app.send("template_card", BUTTON))["response_code"]
    await app.update(code, GREY)
    with pytest.raises(AssertionError, match="nothing can be pressed"):
        await fang.tap("A", fang.messages[0])
    code = (await app.send("template_card", VOTE))["response_code"]
    bare = {key: value for key, value in VOTE.items() if key != "task_id"}
    await app.update(code, {"template_card": changed(bare, "checkbox.disable", True)})
    with pytest.raises(AssertionError, match="nothing can be pressed"):
        await fang.vote("A", fang.messages[1])
    third = await app.send("template_card", BUTTON | {"task_id": "q3"})
    card = fang.messages[2]
    await app.post("message/recall", {"msgid": third["msgid"]})
    with pytest.raises(AssertionError, match="nothing can be pressed"):
        await fang.tap("A", card)
    assert [delivery for delivery in ears.heard if delivery.get("Event") == "template_card_event"] == []


async def test_who_did_not_receive_it_is_listed_and_nobody_left_is_refused(
    app: Asker, fang: User, qiang: User, ears: Ears
) -> None:
    code = (await app.send("template_card", BUTTON))["response_code"]
    assert (await app.update(code, GREY, userids=["LiQiang"]))["errcode"] == 82102
    assert (await app.update(code, GREY, userids=[]))["errcode"] == 82101
    done = await app.update(code, GREY, userids=["WangFang", "LiQiang"])
    assert (done["errcode"], done["invaliduser"]) == (0, ["liqiang"]), "a list here, a string when sending"


async def test_departments_and_tags_can_be_named(fake: WeComFake, app: Asker, fang: User, ears: Ears) -> None:
    fake.staff.tag(7, fang.person)
    for number, targets in enumerate(({"partyids": [1]}, {"tagids": [7]})):
        code = (await app.send("template_card", BUTTON | {"task_id": f"t{number}"}))["response_code"]
        assert (await app.update(code, GREY, **targets))["errcode"] == 0
    assert all(one.frozen for one in fang.messages)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, 40058),
        (GREY | RIGHT, 40058),
        ({"button": {"replace_name": ""}}, 40058),
        ({"button": "已答"}, 40058),
        (GREY | {"colour": 1}, 40058),
        (GREY | {"userids": "wangfang"}, 40058),
        (GREY | {"atall": 0, "partyids": ["1"]}, 40058),
        ({"template_card": TEXT | {"card_action": {"type": 0}}}, 42045),
        ({"template_card": BUTTON}, 40058),
    ],
)
async def test_an_update_that_is_wrong_is_refused_and_the_code_is_kept(
    app: Asker, fang: User, ears: Ears, change: JSON, code: int
) -> None:
    token = (await app.send("template_card", BUTTON))["response_code"]
    assert (await app.update(token, change))["errcode"] == code
    assert (await app.update(token, GREY))["errcode"] == 0


async def test_only_the_app_that_sent_it_updates_it(fake: WeComFake, app: Asker, fang: User, ears: Ears) -> None:
    code = (await app.send("template_card", BUTTON))["response_code"]
    fake.another_app(1_000_003, "another")
    await app.log_in("another")
    assert (await app.update(code, GREY, agentid=1_000_003))["errcode"] == 42015
    assert (await app.update("made-up", GREY, agentid=1_000_003))["errcode"] == 60140


async def test_a_card_without_buttons_is_not_greyed_but_may_become_another(app: Asker, fang: User, ears: Ears) -> None:
    menu = {"task_id": "t", "action_menu": {"action_list": [{"text": "不再提醒", "key": "mute"}]}}
    code = (await app.send("template_card", TEXT | menu))["response_code"]
    assert (await app.update(code, GREY))["errcode"] == 40058
    assert (await app.update(code, RIGHT))["errcode"] == 0
    assert fang.messages[0].card["card_type"] == "button_interaction"
