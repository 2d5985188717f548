"""Groups as Telegram tells of them: who speaks there, whether we are in, and where they have gone."""

from typing import Any

import pytest
from telegram import Bot, Update
from telegram import User as Sender

from bot.chat.incoming import Incoming, Moved, Reach, Tap, Text
from bot.telegram.updates import incoming_of
from tests.telegram.test_updates import FANG, FILE, GROUP, PRIVATE, message, query

US = {"id": 99, "is_bot": True, "first_name": "晨练", "username": "Chenlian_bot"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
ELSEWHERE = {"id": -7, "type": "channel", "title": "总行公告"}
TITLE = "城南网点"


def heard(kind: str, body: dict[str, Any], bot: Bot | None = None) -> Incoming | None:
    return incoming_of(Update.de_json({"update_id": 42, kind: body}, bot))


def spoken(**more: object) -> dict[str, Any]:
    return message(chat=GROUP, **more)


def ours(said: Tap | Text | Reach, address: str = "1001", handle: dict[str, str] | None = None) -> Incoming:
    return Incoming(
        channel="telegram", event="42", address=address, said=said, group="-5", title=TITLE, handle=handle or {}
    )


def test_what_is_written_in_a_group_says_where_and_by_whom() -> None:
    assert heard("message", spoken(text="早上好")) == ours(Text("早上好"))
    assert heard("message", spoken(text="/link@Chenlian_bot 城东")) == ours(Text("/link 城东"))


def test_who_speaks_as_the_group_has_its_address() -> None:
    body = spoken(text="/link", sender_chat=GROUP, **{"from": ANONYMOUS})
    assert heard("message", body) == ours(Text("/link"), "-5")


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> Bot:
    """A bot that has asked for its own name."""
    bot = Bot("1:A")
    monkeypatch.setattr(bot, "_bot_user", Sender.de_json(US, bot))
    return bot


def test_a_command_for_another_bot_is_not_for_us(bot: Bot) -> None:
    assert heard("message", spoken(text="/start@other_bot"), bot) is None
    assert heard("message", spoken(text="/start@chenlian_BOT"), bot) == ours(Text("/start"))
    assert heard("message", spoken(text="/start"), bot) == ours(Text("/start"))
    assert heard("message", spoken(text="写信到 a@b.cn"), bot) == ours(Text("写信到 a@b.cn"))


@pytest.mark.parametrize(
    "body",
    [
        spoken(text="早", sender_chat=ELSEWHERE),
        spoken(text="早", **{"from": FANG | {"is_bot": True}}),
        spoken(sticker=FILE | {"width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}),
        spoken(new_chat_members=[US]),
        spoken(left_chat_member=FANG),
        spoken(new_chat_title="新名"),
        {key: value for key, value in spoken(text="早").items() if key != "from"},
    ],
    ids=["channel", "bot", "sticker", "joined", "left", "title", "nobody"],
)
def test_the_rest_of_a_group_is_nothing_for_us(body: dict[str, Any]) -> None:
    assert heard("message", body) is None


def test_a_button_pressed_in_a_group_says_who_pressed_and_where() -> None:
    handle = {"chat_id": "-5", "message_id": "7", "callback_id": "q1"}
    body = query(message=message(text="选", chat=GROUP), data="grl:1:2")
    assert heard("callback_query", body) == ours(Tap("grl:1:2"), handle=handle)


def membership(was: str, now: str, chat: dict[str, Any], **more: object) -> dict[str, Any]:
    def status(name: str) -> dict[str, Any]:
        return dict.fromkeys(RIGHTS, False) | {"status": name, "user": US, "until_date": 0} | more

    return {
        "chat": chat,
        "from": FANG,
        "date": 1_795_392_000,
        "old_chat_member": status(was),
        "new_chat_member": status(now),
    }


RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories"),
    *("can_edit_stories", "can_delete_stories", "can_send_messages", "can_send_audios", "can_send_documents"),
    *("can_send_photos", "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls"),
    *("can_send_other_messages", "can_add_web_page_previews", "can_pin_messages", "can_manage_topics"),
    *("can_edit_tag", "can_react_to_messages"),
)


@pytest.mark.parametrize(("was", "now"), [("left", "member"), ("kicked", "administrator"), ("member", "kicked")])
def test_put_into_a_group_and_taken_out(was: str, now: str) -> None:
    is_open = now != "kicked"
    assert heard("my_chat_member", membership(was, now, GROUP)) == ours(Reach(open=is_open, title=TITLE))


@pytest.mark.parametrize(("was", "now"), [("member", "administrator"), ("administrator", "member"), ("left", "kicked")])
def test_other_rights_are_neither(was: str, now: str) -> None:
    assert heard("my_chat_member", membership(was, now, GROUP)) is None


def test_restricted_we_are_still_there_or_not() -> None:
    assert heard("my_chat_member", membership("member", "restricted", GROUP, is_member=True)) is None
    gone = heard("my_chat_member", membership("member", "restricted", GROUP, is_member=False))
    assert gone == ours(Reach(open=False, title=TITLE))


@pytest.mark.parametrize(("was", "now", "is_open"), [("member", "kicked", False), ("kicked", "member", True)])
def test_a_private_chat_blocked_and_let_back_in(was: str, now: str, *, is_open: bool) -> None:
    expected = Incoming(channel="telegram", event="42", address="1001", said=Reach(open=is_open))
    assert heard("my_chat_member", membership(was, now, PRIVATE)) == expected


def test_a_channel_that_adds_us_is_nothing_for_us() -> None:
    assert heard("my_chat_member", membership("left", "administrator", ELSEWHERE)) is None


@pytest.mark.parametrize(
    "body",
    [message(chat=GROUP | {"id": -1, "type": "group"}, migrate_to_chat_id=-5), spoken(migrate_from_chat_id=-1)],
    ids=["in the old one", "in the new one"],
)
def test_a_group_that_goes_on_elsewhere_is_told_of_in_both(body: dict[str, Any]) -> None:
    moved = heard("message", body)
    assert moved == Incoming(channel="telegram", event="42", address="-1", said=Moved("-5"), group="-1")
