import pytest

from bot.chat.incoming import Incoming, Other, Reach, Tap, Text
from bot.wecom.crypt import Seal
from bot.wecom.events import created, event_of, incoming_of, kind_of
from bot.wecom.xml import read
from tests.fakes.wecom import vectors, xml
from tests.fakes.wecom.refusals import JSON

APP = 1_000_002
HEAD: JSON = {"ToUserName": "corp", "FromUserName": "WangFang", "CreateTime": 1767225600, "AgentID": APP}
PRESS: JSON = {
    "MsgType": "event",
    "Event": "template_card_event",
    "EventKey": "a:12:0",
    "TaskId": "t1",
    "CardType": "button_interaction",
    "ResponseCode": "rc-1",
}
VOTE = PRESS | {"CardType": "vote_interaction"}


def chosen(question: str, *ids: str) -> JSON:
    return {"SelectedItem": [{"QuestionKey": question, "OptionIds": {"OptionId": list(ids)}}]}


def heard(**fields: object) -> Incoming | None:
    return incoming_of(read(xml.write(HEAD | fields).encode()), APP)


def said(**fields: object) -> object:
    incoming = heard(**fields)
    return incoming and incoming.said


def test_a_text_has_its_number_and_an_address_in_small_letters() -> None:
    incoming = heard(MsgType="text", Content=" 请假 ", MsgId=7_000_000_000_000_000_001)
    assert incoming == Incoming(channel="wecom", event="m7000000000000000001", address="wangfang", said=Text("请假"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"MsgType": "image", "MsgId": 1, "MediaId": "x"}, Other("photo", media="x")),
        ({"MsgType": "voice", "MsgId": 1, "MediaId": "y", "Format": "amr"}, Other("voice", media="y")),
        ({"MsgType": "video", "MsgId": 1, "MediaId": "z", "ThumbMediaId": "t"}, Other("video", media="z")),
        ({"MsgType": "video", "MsgId": 1}, Other("video")),
        ({"MsgType": "location", "MsgId": 1}, Other("location")),
        ({"MsgType": "link", "MsgId": 1}, Other("other")),
        ({"MsgType": "file", "MsgId": 1}, Other("file")),
        ({"MsgType": "hologram", "MsgId": 1}, Other("other")),
        ({"MsgType": "event", "Event": "click", "EventKey": "/today"}, Tap("/today")),
        ({"MsgType": "event", "Event": "subscribe", "EventKey": ""}, Reach(open=True)),
        ({"MsgType": "event", "Event": "enter_agent", "EventKey": ""}, Reach(open=True)),
        ({"MsgType": "event", "Event": "unsubscribe", "EventKey": ""}, Reach(open=False)),
        (PRESS, Tap("a:12:0")),
        (PRESS | {"Event": "template_card_menu_event", "EventKey": "/me"}, Tap("/me")),
        (VOTE | {"EventKey": "a:12", "SelectedItems": chosen("several", "0", "2")}, Tap("a:12:0,2")),
        (VOTE | {"EventKey": "a:12"}, Tap("a:12:")),
        (VOTE | {"EventKey": "choose", "SelectedItems": chosen("choose", "b:7:20261123")}, Tap("b:7:20261123")),
        (VOTE | {"EventKey": "choose"}, Tap("choose")),
    ],
)
def test_what_happens_in_a_chat_is_heard(fields: JSON, expected: object) -> None:
    assert said(**fields) == expected


@pytest.mark.parametrize(
    "fields",
    [
        {"MsgType": "event", "Event": "view", "EventKey": "https://x"},
        {"MsgType": "event", "Event": "LOCATION", "Latitude": "1"},
        {"MsgType": "event", "Event": "inactive_alert", "FromUserName": "sys"},
        {"MsgType": "text", "Content": "a", "MsgId": 1, "AgentID": 7},
        {"MsgType": "text", "Content": "a", "MsgId": 1, "AgentID": None},
        {"MsgType": "text", "Content": "a", "MsgId": 1, "FromUserName": "SYS"},
        {"MsgType": "text", "Content": "a", "MsgId": 1, "FromUserName": ""},
        {"MsgType": "nothing"},
        {},
    ],
)
def test_what_is_none_of_ours_is_nobodys_event(fields: JSON) -> None:
    assert heard(**fields) is None


def test_the_handle_of_a_press_is_its_response_code() -> None:
    incoming = heard(**PRESS)
    assert incoming
    assert incoming.handle == {"response_code": "rc-1"}


def test_a_repetition_is_the_same_event_and_another_press_in_that_second_is_not() -> None:
    def name(**fields: object) -> str:
        return event_of(read(xml.write(HEAD | PRESS | fields).encode()))

    others: list[JSON] = [
        {"EventKey": "a:12:1"},
        {"TaskId": "t2"},
        {"CreateTime": 1767225601},
        {"FromUserName": "LiQiang"},
        {"SelectedItems": chosen("several", "1")},
        {"SelectedItems": chosen("several", "1", "2")},
    ]
    names = [name(), *(name(**other) for other in others)]
    assert len(set(names)) == len(names)
    assert name(ResponseCode="rc-2") == names[0]
    assert all(len(each) <= 100 for each in names), "as long as the column"
    assert len(event_of(read(xml.write({"MsgId": "9" * 500}).encode()))) <= 100


def test_the_published_vote_is_heard() -> None:
    seal = Seal(vectors.TOKEN, vectors.AES_KEY, vectors.CORP)
    vote = read(seal.open(vectors.H_VOTE, "d7e24aa244176eea06b17071f5dc7ab4308a1d6e", "1767225600", "n0nce"))
    incoming = incoming_of(vote, int(vote.word("AgentID")))
    assert incoming
    assert isinstance(incoming.said, Tap)
    assert incoming.said.data.endswith(":A,C")
    assert kind_of(vote) == "template_card_event"


def test_a_time_that_is_none_and_a_kind_that_is_an_attack_are_harmless() -> None:
    assert created(read(b"<xml><CreateTime>-1</CreateTime></xml>")) == 0
    assert created(read("<xml><CreateTime>１２</CreateTime></xml>".encode())) == 0
    assert created(read(b"<xml><CreateTime>1767225600</CreateTime></xml>")) == 1767225600
    assert kind_of(read("<xml><Event>王芳 wrote\nthis</Event></xml>".encode())) == "unknown"
