"""What people do, and how the app hears of it: wecom.md §3.2, §3.3, §3.4, [path/90239], [path/90240]."""

import pytest

from tests.fakes.wecom import User, WeComFake, xml
from tests.fakes.wecom.answering import Press
from tests.fakes.wecom.asking import Asker, Ears
from tests.fakes.wecom.people import PICTURE, VIDEO, VOICE
from tests.fakes.wecom.refusals import JSON
from tests.fakes.wecom.test_cards import BUTTON, MULTIPLE, SELECT, TEXT, VOTE, changed


async def test_a_press_tells_key_task_and_card(app: Asker, ears: Ears, fang: User) -> None:
    await app.send("template_card", BUTTON)
    delivery = await (await fang.tap("B")).wait()
    [event] = ears.heard
    assert list(event) == [
        "ToUserName",
        "FromUserName",
        "CreateTime",
        "MsgType",
        "Event",
        "EventKey",
        "TaskId",
        "CardType",
        "ResponseCode",
        "AgentID",
    ], "no SelectedItems, no MsgId"
    assert (event["Event"], event["EventKey"], event["TaskId"]) == ("template_card_event", "b", "q1")
    assert (event["FromUserName"], event["CardType"]) == ("WangFang", "button_interaction")
    assert "<EventKey><![CDATA[b]]></EventKey>" in delivery.plain
    assert f"<AgentID>{WeComFake.agent_id}</AgentID>" in delivery.plain


async def test_a_selector_nobody_touched_says_its_first_option(app: Asker, ears: Ears, fang: User) -> None:  # §4.3
    await app.send("template_card", BUTTON | {"button_selection": SELECT | {"selected_id": "nonsense"}})
    await (await fang.tap("A")).wait()
    await (await fang.tap("A", choose={"k": "是"})).wait()
    chosen = [one["SelectedItems"]["SelectedItem"] for one in ears.heard]
    assert chosen == [{"QuestionKey": "k", "OptionIds": {"OptionId": each}} for each in "01"]


async def test_a_vote_tells_every_ticked_option_in_the_cards_order(app: Asker, ears: Ears, fang: User) -> None:
    await app.send("template_card", VOTE)
    await (await fang.vote(["C", "A"])).wait()
    [event] = ears.heard
    assert (event["EventKey"], event["CardType"]) == ("s", "vote_interaction")
    item = event["SelectedItems"]["SelectedItem"]
    assert item == {"QuestionKey": "q", "OptionIds": {"OptionId": ["A", "C"]}}


async def test_a_vote_with_one_answer_takes_one(app: Asker, ears: Ears, fang: User) -> None:
    await app.send("template_card", changed(VOTE, "checkbox.mode", 0))
    with pytest.raises(AssertionError, match="one answer"):
        await fang.vote(["A", "B"])
    await (await fang.vote("B")).wait()
    assert ears.heard[0]["SelectedItems"]["SelectedItem"]["OptionIds"] == {"OptionId": "B"}


async def test_a_form_tells_one_option_for_each_question(app: Asker, ears: Ears, fang: User) -> None:
    await app.send("template_card", MULTIPLE | {"select_list": [SELECT, SELECT | {"question_key": "l"}]})
    await (await fang.submit({"l": "1"})).wait()
    items = ears.heard[0]["SelectedItems"]["SelectedItem"]
    assert [(one["QuestionKey"], one["OptionIds"]["OptionId"]) for one in items] == [("k", "0"), ("l", "1")]


async def test_a_cards_menu_is_another_event(app: Asker, ears: Ears, fang: User) -> None:
    menu = {"task_id": "t", "action_menu": {"action_list": [{"text": "不再提醒", "key": "mute"}]}}
    await app.send("template_card", TEXT | menu)
    await (await fang.tap_menu("不再提醒", fang.messages[0])).wait()
    [event] = ears.heard
    assert (event["Event"], event["EventKey"], event["TaskId"]) == ("template_card_menu_event", "mute", "t")
    assert event["ResponseCode"]


async def test_a_button_that_opens_a_page_tells_nothing(app: Asker, ears: Ears, fang: User) -> None:
    link = {"text": "看", "type": 1, "url": "https://bank.example.cn/"}
    await app.send("template_card", BUTTON | {"button_list": [link]})
    with pytest.raises(AssertionError, match="opens a page"):
        await fang.tap("看")
    with pytest.raises(AssertionError, match="no button"):
        await fang.tap("Z")


async def test_nobody_presses_what_is_not_there(app: Asker, ears: Ears, fang: User) -> None:
    with pytest.raises(AssertionError, match="sees no card"):
        await fang.tap("A")
    await app.send("template_card", BUTTON)
    forged = Press("someone-elses", "q9", "button_interaction", {})
    await (await fang.press_raw(fang.messages[0], forged)).wait()
    assert ears.heard[0]["EventKey"] == "someone-elses"


async def test_messages_come_with_the_fields_of_their_kind(ears: Ears, fang: User) -> None:
    for act in (
        fang.say("早"),
        fang.send_image(),
        fang.send_voice(),
        fang.send_video(),
        fang.send_location(),
        fang.send_link("t", "u"),
    ):
        await (await act).wait()
    common = {"ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "AgentID"}
    assert {one["MsgType"]: one.keys() - common for one in ears.heard} == {
        "text": {"Content"},
        "image": {"PicUrl", "MediaId"},
        "voice": {"MediaId", "Format"},
        "video": {"MediaId", "ThumbMediaId"},
        "location": {"Location_X", "Location_Y", "Scale", "Label", "AppType"},
        "link": {"Title", "Description", "Url", "PicUrl"},
    }
    assert len({one["MsgId"] for one in ears.heard}) == 6


async def test_what_people_send_can_be_fetched(app: Asker, ears: Ears, fang: User) -> None:
    for act, data in ((fang.send_image(), PICTURE), (fang.send_voice(), VOICE), (fang.send_video(), VIDEO)):
        delivery = await (await act).wait()
        assert (await app.fetch("media/get", media_id=delivery.fields["MediaId"]))[2] == data


async def test_a_file_does_not_reach_the_app(ears: Ears, fang: User) -> None:  # §3.2
    await fang.send_file()
    assert ears.heard == []


async def test_opening_the_app_is_told_unless_it_is_switched_off(fake: WeComFake, ears: Ears, fang: User) -> None:
    opened = await fang.open_app()
    assert opened
    assert xml.read(opened.plain.encode())["EventKey"] == ""
    await opened.wait()
    assert ears.heard[0]["Event"] == "enter_agent"
    fake.app.reports_entering = False
    assert await fang.open_app() is None


async def test_the_apps_menu_is_pressed_by_name(app: Asker, ears: Ears, fang: User) -> None:  # §6.5
    lines: list[JSON] = [
        {"name": "今天", "type": "click", "key": "today"},
        {"name": "更多", "sub_button": [{"name": "网页", "type": "view", "url": "https://bank.example.cn/"}]},
    ]
    where = {"agentid": WeComFake.agent_id}
    assert (await app.get("menu/get", **where))["errcode"] == 46003
    assert (await app.post("menu/create", {"button": lines}, **where))["errcode"] == 0
    assert (await app.get("menu/get", **where))["button"] == lines
    for name in ("今天", "网页"):
        await (await fang.click(name)).wait()
    assert [(one["Event"], one["EventKey"]) for one in ears.heard] == [
        ("click", "today"),
        ("view", "https://bank.example.cn/"),
    ]
    assert (await app.get("menu/delete", **where))["errcode"] == 0
    with pytest.raises(AssertionError, match="has no"):
        await fang.click("今天")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], 40016),
        ([{"name": "n", "type": "click", "key": "k"}] * 4, 40016),
        ([{"name": "n", "type": "tap", "key": "k"}], 40017),
        ([{"name": "字" * 6, "type": "click", "key": "k"}], 40018),
        ([{"name": "n", "type": "click", "key": "k" * 129}], 40019),
        ([{"name": "n", "type": "view", "url": "u" * 1025}], 40020),
        ([{"name": "n", "type": "click"}], 40058),
        ([{"name": "n", "sub_button": [{"name": "s", "type": "click", "key": "k"}] * 6}], 40023),
        ([{"name": "n", "sub_button": [{"name": "s", "type": "tap"}]}], 40024),
        ([{"name": "n", "sub_button": [{"name": "字" * 14, "type": "click", "key": "k"}]}], 40025),
        ([{"name": "n", "sub_button": [{"name": "s", "sub_button": [{}]}]}], 40022),
    ],
)
async def test_a_menu_that_is_wrong_is_refused(app: Asker, lines: list[JSON], code: int) -> None:
    assert (await app.post("menu/create", {"button": lines}, agentid=WeComFake.agent_id))["errcode"] == code
