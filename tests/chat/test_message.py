import json

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.message import Button, Message, Pick, Reply, Tone, lettered, plain

texts = st.text(max_size=12)
rows = st.lists(st.tuples(texts, texts), max_size=3).map(tuple)
buttons = st.lists(st.lists(st.builds(Button, texts, texts), max_size=3).map(tuple), max_size=3).map(tuple)
messages = st.builds(
    Message,
    lead=texts,
    tone=st.sampled_from(Tone),
    title=texts,
    body=texts,
    options=st.lists(texts, max_size=6).map(tuple),
    rows=rows,
    note=texts,
    buttons=buttons,
    pick=st.none() | st.builds(Pick, texts, texts),
    stamp=texts,
)


@given(messages)
def test_a_message_survives_the_outbox(message: Message) -> None:
    kept = json.dumps(message.to_json())
    assert Message.from_json(json.loads(kept)) == message
    assert hash(Message.from_json(json.loads(kept))) == hash(message)


@given(messages)
def test_the_text_twin_says_everything_but_the_buttons(message: Message) -> None:
    text = plain(message)
    labelled = [part for row in message.rows for part in row]
    for part in (message.lead, message.title, message.body, message.note, *message.options):
        assert part in text
    assert all(part.strip() in text for part in labelled)


def test_options_are_lettered() -> None:
    assert lettered(("请客户点", "自己点")) == ["A 请客户点", "B 自己点"]
    assert lettered(()) == []


def test_a_verdict_stands_above_a_line() -> None:
    message = Message(
        lead="✓ 对。", title="2/5 · 资费", body="多少钱？", options=("2 元", "5 元"), rows=(("参与", "5/6"),)
    )
    assert plain(message) == "✓ 对。\n—\n2/5 · 资费\n多少钱？\nA 2 元\nB 5 元\n参与 5/6"


def test_there_is_no_line_with_nothing_to_part() -> None:
    assert plain(Message(lead="✓ 对。")) == "✓ 对。"
    assert plain(Message(body="早上好。")) == "早上好。"
    assert plain(Message()) == ""


def test_a_row_without_a_label_or_a_value_has_no_stray_blank() -> None:
    assert plain(Message(rows=(("", "5/6"), ("参与", "")))) == "5/6\n参与"


def test_a_reply_is_empty_until_something_is_said() -> None:
    assert Reply() == Reply(message=None, toast="", replaces=False)
