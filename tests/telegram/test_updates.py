from typing import Any

import pytest
from telegram import Update

from bot.chat.incoming import File, Incoming, Other, Tap, Text
from bot.telegram.updates import BROUGHT, incoming_of, kind_of

FANG = {"id": 1001, "is_bot": False, "first_name": "王芳"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "王芳"}
GROUP = {"id": -5, "type": "supergroup", "title": "城南网点"}
FILE = {"file_id": "f", "file_unique_id": "u"}
THUMB = FILE | {"width": 1, "height": 1}
VIDEO = THUMB | {"duration": 3}
PLACE = {"latitude": 30.6, "longitude": 104.0}
MEDIA: dict[str, tuple[str, Any]] = {
    "voice": ("voice", FILE | {"duration": 3}),
    "audio": ("voice", FILE | {"duration": 3}),
    "sticker": ("sticker", THUMB | {"is_animated": False, "is_video": False, "type": "regular"}),
    "dice": ("sticker", {"emoji": "🎲", "value": 6}),
    "photo": ("photo", [THUMB]),
    "video": ("video", VIDEO),
    "video_note": ("video", FILE | {"length": 1, "duration": 3}),
    "location": ("location", PLACE),
    "contact": ("contact", {"phone_number": "1", "first_name": "李强"}),
    "poll": (
        "poll",
        {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "type": "regular"}
        | dict.fromkeys(
            ("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting", "members_only"), False
        ),
    ),
    "story": ("other", {"chat": PRIVATE, "id": 1}),
}


def message(**more: object) -> dict[str, Any]:
    return {"message_id": 7, "date": 1_795_392_000, "chat": PRIVATE, "from": FANG} | more


def query(**more: object) -> dict[str, Any]:
    return {"id": "q1", "from": FANG, "chat_instance": "1", "data": "a:1:0", "message": message(text="题")} | more


def update(kind: str, body: dict[str, Any]) -> Update:
    return Update.de_json({"update_id": 42, kind: body}, None)


def heard_of(body: dict[str, Any]) -> object:
    incoming = incoming_of(update("message", body))
    return incoming and incoming.said


def heard(text: str) -> Incoming:
    return Incoming(channel="telegram", event="42", address="1001", said=Text(text))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("早上好", "早上好"),
        ("/me", "/me"),
        ("/me@chenlian_bot", "/me"),
        ("/leave@chenlian_bot 明天 a@b.cn", "/leave 明天 a@b.cn"),
        ("/start CODE-1", "/start CODE-1"),
        ("写 a@b.cn", "写 a@b.cn"),
        ("零\0字节\ud83d", "零字节\ufffd"),
    ],
)
def test_words_are_heard(text: str, meant: str) -> None:
    assert incoming_of(update("message", message(text=text))) == heard(meant)


@pytest.mark.parametrize(("field", "kind"), [(field, kind) for field, (kind, _) in MEDIA.items()])
def test_what_is_neither_words_nor_a_file_says_its_kind(field: str, kind: str) -> None:
    assert heard_of(message(caption="看", **{field: MEDIA[field][1]})) == Other(
        kind, media="f" if kind in BROUGHT else ""
    )


def test_of_a_photo_the_largest_is_brought_and_what_telegram_says_of_sizes_is_told() -> None:
    sizes = [THUMB | {"file_id": name, "file_size": size} for name, size in (("s", 900), ("m", 9_000), ("l", 90_000))]
    assert heard_of(message(photo=sizes)) == Other("photo", media="l", size=90_000)
    assert heard_of(message(voice=FILE | {"duration": 3, "file_size": 5_000})) == Other("voice", media="f", size=5_000)


def test_a_file_says_its_name_its_size_and_what_was_written_beside_it() -> None:
    document = FILE | {"file_name": "名\0单.xlsx", "file_size": 4096}
    assert heard_of(message(caption="新名单", document=document)) == File("名单.xlsx", 4096, "f", "新名单")
    assert heard_of(message(document=FILE)) == File("", 0, "f")


@pytest.mark.parametrize("of_a_bot", [False, True])
def test_forwarded_words_are_the_words_of_who_sends_them_but_a_bots_card_is_no_words(*, of_a_bot: bool) -> None:
    origin = {"type": "user", "date": 1_795_392_000, "sender_user": FANG | {"id": 2, "is_bot": of_a_bot}}
    assert heard_of(message(text="转发", forward_origin=origin)) == (Other("card") if of_a_bot else Text("转发"))


@pytest.mark.parametrize("field", ["document", *MEDIA])
def test_what_is_sent_to_a_group_is_for_its_people(field: str) -> None:
    body = FILE if field == "document" else MEDIA[field][1]
    assert incoming_of(update("message", message(chat=GROUP, **{field: body}))) is None


@pytest.mark.parametrize(
    "at", [message(text="题"), {"message_id": 7, "date": 0, "chat": PRIVATE}], ids=["seen", "inaccessible"]
)
def test_a_pressed_button_says_where_it_stood(at: dict[str, Any]) -> None:
    assert incoming_of(update("callback_query", query(message=at, data="a:1\0:0"))) == Incoming(
        channel="telegram",
        event="42",
        address="1001",
        said=Tap("a:1:0"),
        handle={"chat_id": "1001", "message_id": "7", "callback_id": "q1"},
    )


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("message", {key: value for key, value in message(text="早").items() if key != "from"}),
        ("message", message(text="早", sender_chat=GROUP)),
        ("message", message(text="早", **{"from": FANG | {"is_bot": True}})),
        ("message", message(pinned_message=message(text="题"))),
        ("edited_message", message(text="改")),
        ("channel_post", message(text="早", chat=GROUP | {"type": "channel"})),
        ("callback_query", query(message=message(text="题", chat=GROUP | {"type": "channel"}))),
        ("callback_query", {key: value for key, value in query().items() if key != "message"}),
        ("callback_query", {key: value for key, value in query().items() if key != "data"}),
        ("callback_query", query(**{"from": FANG | {"is_bot": True}})),
    ],
)
def test_everything_else_is_no_event(kind: str, body: dict[str, Any]) -> None:
    got = update(kind, body)
    assert incoming_of(got) is None
    assert kind_of(got) == kind


def test_an_update_of_a_kind_not_yet_invented_is_unknown() -> None:
    got = update("mind_read", {})
    assert incoming_of(got) is None
    assert kind_of(got) == "unknown"
