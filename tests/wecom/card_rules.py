"""What §4.3 of the reference says of cards, checked on its own: neither our limits nor the fake's are used."""

import re
from typing import Any

JSON = dict[str, Any]
FIELDS = {
    "button_interaction": {
        *("card_type", "source", "action_menu", "main_title", "quote_area", "sub_title_text", "task_id"),
        *("horizontal_content_list", "card_action", "button_selection", "button_list"),
    },
    "vote_interaction": {"card_type", "source", "main_title", "task_id", "checkbox", "submit_button"},
}


def complaints(card: JSON) -> list[str]:
    """All that is wrong with a card."""
    kind = card.get("card_type")
    if kind not in FIELDS:
        return [f"card_type {kind}"]
    strangers = card.keys() - FIELDS[kind]
    title = card.get("main_title", {})
    found = [
        *(["unknown: " + ", ".join(sorted(strangers))] if strangers else []),
        *_long("title", title.get("title"), 16 if kind == "vote_interaction" else 36),
        *_long("desc", title.get("desc", "-"), 160 if kind == "vote_interaction" else 44),
    ]
    return found + (_of_form(card) if kind == "vote_interaction" else _of_buttons(card))


def _of_buttons(card: JSON) -> list[str]:
    found = _long("sub_title_text", card.get("sub_title_text", "-"), 160)
    lines = card.get("horizontal_content_list", [{"keyname": "-"}])
    found += [] if 1 <= len(lines) <= 6 else [f"{len(lines)} lines"]
    for line in lines:
        found += _long("keyname", line["keyname"], 5) + _long("value", line.get("value", "-"), 30)
    quote = card.get("quote_area", {"quote_text": "-", "type": 0})
    found += _long("quote", quote["quote_text"], 160) + ([] if quote["type"] == 0 else ["quote type"])
    buttons = card["button_list"]
    found += [] if 1 <= len(buttons) <= 6 else [f"{len(buttons)} buttons"]
    keys = [button["key"] for button in buttons if button.get("type", 0) == 0]
    for button in buttons:
        found += _long("button", button["text"], 10)
        if button.get("type", 0) == 1 and not re.match("https?://.", button["url"]):
            found.append("a page that is none")
    return found + _ids("key", keys, 1024)


def _of_form(card: JSON) -> list[str]:
    box, submit = card["checkbox"], card["submit_button"]
    options = box["option_list"]
    found = [] if 1 <= len(options) <= 20 else [f"{len(options)} options"]
    for option in options:
        found += _long("option", option["text"], 17)
        found += [] if option["is_checked"] is False else ["an option that is ticked before anybody looks"]
    found += _ids("option", [option["id"] for option in options], 128)
    found += _ids("question_key", [box["question_key"]], 1024) + _ids("submit", [submit["key"]], 1024)
    return found + _long("submit", submit["text"], 10) + ([] if box["mode"] in {0, 1} else ["mode"])


def _long(name: str, text: object, most: int) -> list[str]:
    if not isinstance(text, str) or not text:
        return [f"{name} is empty"]
    return [f"{name}: {len(text)} characters"] if len(text) > most else []


def _ids(name: str, ids: list[str], most: int) -> list[str]:
    found = [f"{name}: {one!r}" for one in ids if not 1 <= len(one.encode()) <= most]
    return found + ([f"{name} repeated"] if len(set(ids)) < len(ids) else [])


def words(card: JSON) -> str:
    """Every word that is seen."""
    seen = {"title", "desc", "sub_title_text", "quote_text", "keyname", "value", "text"}

    def inside(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [each for name, each in value.items() if name in seen and isinstance(each, str)]
            return own + [word for each in value.values() for word in inside(each)]
        return [word for each in value for word in inside(each)] if isinstance(value, list) else []

    return "\n".join(inside(card))
