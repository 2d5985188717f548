"""The methods by which an app brings media and fetches them ([path/90253], [path/90254])."""

from aiohttp import web

from tests.fakes.wecom.calls import Call
from tests.fakes.wecom.media import LARGEST, MEGA, check
from tests.fakes.wecom.refusals import JSON, Refused
from tests.fakes.wecom.world import World

CHUNK = 20 * MEGA


def upload(world: World, call: Call) -> JSON:
    return keep_upload(world, call, tuple(LARGEST))


def keep_upload(world: World, call: Call, kinds: tuple[str, ...], only_for: str = "") -> JSON:
    """Check what was uploaded and keep it; created_at is a string."""
    kind = call.query.get("type", "")
    if kind not in kinds:
        raise Refused(40005, f"type {kind!r}")
    if call.upload is None or not call.upload.data:
        raise Refused(44001, "a multipart field `media` with a file name")
    check(kind, call.upload.data)
    stored = world.media.keep(kind, call.upload, world.now(), only_for)
    return {"errmsg": "", "type": kind, "media_id": stored.media_id, "created_at": str(int(world.now()))}


def get(world: World, call: Call) -> web.Response:
    """The bytes, or a part of them; above 20 MB only in parts."""
    if not call.query.get("media_id"):
        raise Refused(41006)
    stored = world.media.find(call.query["media_id"], world.now())
    data = stored.file.data
    headers = {
        "Content-Type": stored.file.content_type,
        "Content-disposition": f'attachment; filename="{stored.file.filename}"',
    }
    if not call.range:
        if len(data) > CHUNK:
            raise Refused(830002, "above 20 MB only with Range")
        return web.Response(body=data, headers=headers)
    first, last = _range(call.range, len(data))
    headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    return web.Response(body=data[first : last + 1], status=206, headers=headers)


def _range(asked: str, size: int) -> tuple[int, int]:
    unit, _, span = asked.partition("=")
    first, _, last = span.partition("-")
    if unit != "bytes" or not first.isdigit() or int(first) >= size or (last and not last.isdigit()):
        raise Refused(40146, asked)
    end = min(int(last) if last else size - 1, size - 1)
    if end < int(first) or end - int(first) >= CHUNK:
        raise Refused(40146, asked)
    return int(first), end
