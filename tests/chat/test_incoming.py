import pytest

from bot.chat.channel import Letter, Receipt, SendError
from bot.chat.incoming import Incoming, Tap, Text


def test_a_tap_and_a_text_are_never_taken_for_each_other() -> None:
    tapped, wrote = (
        Incoming(channel="web", event="1", address="7", said=said) for said in (Tap("a:1:0"), Text("a:1:0"))
    )
    assert tapped != wrote


def test_an_event_without_a_message_has_no_handle() -> None:
    first = Incoming(channel="web", event="1", address="7", said=Text("你好"))
    assert first.handle == {}
    assert first == Incoming(channel="web", event="1", address="7", said=Text("你好"))
    assert first.handle is not Incoming(channel="web", event="2", address="7", said=Text("你好")).handle


def test_what_was_heard_does_not_change() -> None:
    incoming = Incoming(channel="web", event="1", address="7", said=Tap("/me"))
    with pytest.raises(AttributeError):
        incoming.address = "8"  # type: ignore[misc]  # it is frozen, and shall say so


def test_a_letter_that_did_not_go_out_says_why() -> None:
    error = SendError("blocked by the user", permanent=True, gone=True)
    assert (str(error), error.reason) == ("blocked by the user", "blocked by the user")
    assert (error.permanent, error.retry_after, error.gone) == (True, 0.0, True)
    assert Receipt(3, error=error).error is error
    assert Receipt(3).handle == {}


def test_a_letter_may_be_a_toast_alone() -> None:
    letter = Letter(address="7", toast="已经定过了")
    assert (letter.id, letter.message, letter.replaces, letter.handle) == (0, None, False, {})
