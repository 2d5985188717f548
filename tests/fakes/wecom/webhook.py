"""A group's webhook: no token, its key is the secret (§4.7, [path/99110])."""

import base64
import binascii
import hashlib

from tests.fakes.wecom import cards, kinds
from tests.fakes.wecom.calls import Call
from tests.fakes.wecom.groups import Group
from tests.fakes.wecom.media import IMAGES
from tests.fakes.wecom.phones import CARD, Shown
from tests.fakes.wecom.refusals import JSON, Refused
from tests.fakes.wecom.uploads import keep_upload
from tests.fakes.wecom.world import World

LARGEST_IMAGE = 2 * 1024 * 1024


def send(world: World, call: Call) -> JSON:
    group = _group(world, call)
    kind, content, clipped = _content(world, group, call.body)
    if not group.meter.take(world.now()):
        raise Refused(45009, f"{world.limits.webhook_minute} a minute")
    group.chat.show(Shown(f"hook-{world.number():06d}", kind, content, world.now(), clipped))
    return {}


def upload(world: World, call: Call) -> JSON:
    """Only this webhook may use it."""
    group = _group(world, call)
    return keep_upload(world, call, ("file", "voice"), group.key)


def _group(world: World, call: Call) -> Group:
    group = world.groups.get(call.query.get("key", ""))
    if group is None:
        raise Refused(93000)
    if group.refusal:
        raise Refused(group.refusal)
    return group


def _content(world: World, group: Group, body: JSON) -> tuple[str, JSON, list[str]]:
    if strangers := body.keys() - {"msgtype", body.get("msgtype")}:
        raise Refused(40058, f"nothing WeCom knows: {', '.join(sorted(strangers))}")
    if body.get("msgtype") == CARD:
        card, clipped = cards.read_card(body.get(CARD), cards.WEBHOOK)
        return CARD, card, clipped
    kind, content, clipped = kinds.read_content(kinds.WEBHOOK, body)
    if "media_id" in content:
        world.media.find(content["media_id"], world.now(), group.key)
    if kind == "image":
        _check_image(content)
    return kind, content, clipped


def _check_image(content: JSON) -> None:
    try:
        data = base64.b64decode(content["base64"], validate=True)
    except binascii.Error:
        raise Refused(40058, "base64") from None
    if len(data) > LARGEST_IMAGE:
        raise Refused(93018)
    if not data.startswith(IMAGES):
        raise Refused(40123, "neither JPG nor PNG")
    if hashlib.md5(data, usedforsecurity=False).hexdigest() != content["md5"]:
        raise Refused(40058, "md5 of the raw bytes")
