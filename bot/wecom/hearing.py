"""What a smart bot is told, as events (wecom.md §7.3, §7.4). Everything else is nobody's event."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.chat.incoming import File, Incoming, Other, Tap, Text
from bot.edge.text import clean
from bot.wecom.cards import CHOOSE, SEVERAL
from bot.wecom.frames import MESSAGE, REPLY, UPDATE, WELCOME

CHANNEL = "wecom-bot"
GROUP = "group:"
"""Stands before the address of a group: WeCom wants to know whether it is one."""
START = "/start"
KINDS = {"image": "photo", "voice": "voice", "video": "video"}
_NAMED = re.compile(r"(@\S+\s+)+")
"""Whom somebody speaks to, before what they say."""
Body = Mapping[str, Any]


def incoming_of(frame: Mapping[str, Any]) -> Incoming | None:
    """The event; None where it is none for us. The handle is the frame that may answer, its req_id, and the card's
    task_id. Who opens the chat, once a day, asks what there is to do."""
    body, req_id = frame["body"], str(frame["headers"]["req_id"])
    said: Text | File | Other | Tap
    if frame["cmd"] == MESSAGE:
        said, handle = _said(body), {"answer": REPLY, "req_id": req_id}
    else:
        event = body["event"]
        match event["eventtype"]:
            case "enter_chat":
                said, handle = Text(START), {"answer": WELCOME, "req_id": req_id}
            case "template_card_event":
                pressed = event["template_card_event"]
                said = Tap(clean(tapped(str(pressed["event_key"]), dict(_chosen(pressed)))))
                handle = {"answer": UPDATE, "req_id": req_id, "task_id": str(pressed["task_id"])}
            case _:
                return None
    return Incoming(
        channel=CHANNEL,
        event=str(body["msgid"]),
        address=str(body["from"]["userid"]).lower(),  # WeCom does not tell large letters from small ones
        said=said,
        handle=handle,
        group=f"{GROUP}{body['chatid']}" if body["chattype"] == "group" else "",
        changes=False,
    )


def tapped(key: str, chosen: Mapping[str, list[str]]) -> str:
    """What a press means: a form's line is the button it stands for, ticks are the indexes behind a colon."""
    if CHOOSE in chosen:
        return next(iter(chosen[CHOOSE]), "")
    return f"{key}:{','.join(chosen[SEVERAL])}" if SEVERAL in chosen else key


def kind_of(frame: Mapping[str, Any]) -> str:
    """What kind of frame it is, for the log; tells nothing of who and what."""
    body = frame["body"]
    return str(body["event"]["eventtype"] if body.get("msgtype") == "event" else body.get("msgtype"))


def _chosen(pressed: Body) -> Iterator[tuple[str, list[str]]]:
    for item in (pressed.get("selected_items") or {}).get("selected_item", ()):
        yield str(item["question_key"]), [str(one) for one in (item.get("option_ids") or {}).get("option_id", ())]


def _said(body: Body) -> Text | File | Other:
    kind = body["msgtype"]
    content = body.get(kind) or {}
    if kind == "text":
        return _text(str(content["content"]), body)
    if kind == "mixed":
        words = [one["text"]["content"] for one in content["msg_item"] if one["msgtype"] == "text"]
        return _text("\n".join(words), body) if words else Other("photo")
    if kind == "file":
        return File(name=clean(str(content.get("filename", ""))), size=0, media=_media(content))
    return Other(KINDS.get(kind, "other"), media=_media(content) if kind in KINDS and content.get("url") else "")


def _media(content: Body) -> str:
    """What brings a file: its key, and the address that lives for five minutes. A voice has neither: it comes as
    words."""
    return f"{content.get('aeskey', '')} {content['url']}"


def _text(words: str, body: Body) -> Text:
    return Text(_unnamed(clean(words).strip()) if body["chattype"] == "group" else clean(words))


def _unnamed(words: str) -> str:
    """What is said without whom it is said to, before or behind it. In a group we hear nothing else."""
    ahead = _NAMED.match(words)
    words = words[ahead.end() :] if ahead else words
    while len(parts := words.rsplit(maxsplit=1)) > 1 and parts[1].startswith("@") and len(parts[1]) > 1:
        words = parts[0]
    return words
