"""What a press on a card tells the app: key, task, and what was chosen (§3.4). Apps and smart bots share it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.fakes.wecom.phones import Shown
from tests.fakes.wecom.refusals import JSON

Choices = dict[str, list[str]]
"""The chosen option ids, by question_key."""


@dataclass(frozen=True, slots=True)
class Press:
    """A press that reaches the app."""

    key: str
    task_id: str
    card_type: str
    choices: Choices


def press(message: Shown, wanted: str, choose: Mapping[str, str]) -> Press:
    """A button by its text or key; selectors that nobody touched say their first option (§4.3)."""
    _alive(message)
    card = message.card
    button = next((one for one in card.get("button_list", []) if wanted in (one["text"], one.get("key"))), None)
    assert button, f"there is no button {wanted!r} on {message.text!r}, only {message.buttons}"
    assert button.get("type", 0) == 0, f"the button {wanted!r} opens a page, it tells the app nothing"
    selection = card.get("button_selection")
    return _press(message, button["key"], _selected([selection] if selection else [], choose))


def vote(message: Shown, wanted: Iterable[str]) -> Press:
    """Tick these options, by text or id, and submit. Whether none may be submitted is UNVERIFIED (§3.4)."""
    _alive(message)
    box = message.card.get("checkbox")
    assert box, f"there is nothing to tick on {message.text!r}"
    chosen = [_option(box, one) for one in wanted]
    assert box.get("mode", 0) == 1 or len(chosen) == 1, "this vote has one answer"
    order = [one["id"] for one in box["option_list"]]
    return _submit(message, {box["question_key"]: sorted(chosen, key=order.index)})


def submit(message: Shown, choose: Mapping[str, str]) -> Press:
    """Choose in the selectors, by question_key, and submit."""
    _alive(message)
    selects = message.card.get("select_list")
    assert selects, f"there is nothing to choose on {message.text!r}"
    return _submit(message, _selected(selects, choose))


def menu(message: Shown, wanted: str) -> Press:
    """A line of the menu in the card's corner; it is there even where the buttons are grey."""
    assert not message.recalled, "the message was recalled"
    lines = message.card.get("action_menu", {}).get("action_list", [])
    line = next((one for one in lines if wanted in (one["text"], one["key"])), None)
    assert line, f"the menu has no {wanted!r}, only {[one['text'] for one in lines]}"
    return _press(message, line["key"], {})


def fields(pressed: Press, code: str) -> JSON:
    """As a callback tells it; no SelectedItems where nothing could be chosen."""
    told: JSON = {
        "EventKey": pressed.key,
        "TaskId": pressed.task_id,
        "CardType": pressed.card_type,
        "ResponseCode": code,
    }
    if pressed.choices:
        items = [{"QuestionKey": key, "OptionIds": {"OptionId": ids}} for key, ids in pressed.choices.items()]
        told["SelectedItems"] = {"SelectedItem": items}
    return told


def _alive(message: Shown) -> None:
    assert not message.frozen, f"nothing can be pressed any more on {message.text!r}"


def _press(message: Shown, key: str, choices: Choices) -> Press:
    return Press(key, message.task_id, message.card["card_type"], choices)


def _submit(message: Shown, choices: Choices) -> Press:
    button = message.card.get("submit_button")
    assert button, f"there is no button to submit {message.text!r} with"
    return _press(message, button["key"], choices)


def _selected(questions: list[JSON], choose: Mapping[str, str]) -> Choices:
    strangers = choose.keys() - {one["question_key"] for one in questions}
    assert not strangers, f"nothing asks for {strangers}"
    found: Choices = {}
    for one in questions:
        ids = [option["id"] for option in one["option_list"]]
        preset = one["selected_id"] if one.get("selected_id") in ids else ids[0]
        key = one["question_key"]
        assert key not in choose or not one.get("disable"), f"{key} is locked"
        found[key] = [_option(one, choose[key]) if key in choose else preset]
    return found


def _option(question: JSON, wanted: str) -> str:
    found = next((one["id"] for one in question["option_list"] if wanted in (one["id"], one["text"])), None)
    assert found is not None, f"there is no option {wanted!r}, only {[one['text'] for one in question['option_list']]}"
    return str(found)
