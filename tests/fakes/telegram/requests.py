"""Parameters as clients send them: form, JSON body or query string; nested values as JSON strings (§1.3)."""

import contextlib
import json
from collections.abc import Mapping

from aiohttp import web

from tests.fakes.telegram.files import Upload
from tests.fakes.telegram.refusals import JSON

_NESTED = frozenset(
    {
        "allowed_updates",
        "caption_entities",
        "commands",
        "entities",
        "link_preview_options",
        "reply_markup",
        "reply_parameters",
        "scope",
    }
)
_WHOLE = frozenset(
    {"chat_id", "limit", "max_connections", "message_id", "message_thread_id", "offset", "timeout", "user_id"}
)
_FLAGS = frozenset({"disable_notification", "drop_pending_updates", "protect_content", "show_alert"})


async def read_params(request: web.BaseRequest) -> JSON:
    """Every parameter under its name, as the type it stands for; what cannot be read stays a string."""
    given: dict[str, object] = dict(request.query)
    if request.content_type == "application/json":
        with contextlib.suppress(json.JSONDecodeError):
            given.update(await request.json())
    elif request.can_read_body:
        posted: Mapping[str, object] = await request.post()
        given.update(posted)
    return {name: _typed(name, value) for name, value in given.items()}


def _upload(field: web.FileField) -> Upload:
    with field.file as file:
        return Upload(field.filename, field.content_type, file.read())


def _typed(name: str, value: object) -> object:
    if isinstance(value, web.FileField):
        return _upload(value)
    if not isinstance(value, str):
        return value
    if name in _FLAGS:
        return value.lower() in ("true", "1", "yes")
    with contextlib.suppress(ValueError):
        if name in _NESTED:
            return json.loads(value)
        if name in _WHOLE:
            return int(value)
    return value
