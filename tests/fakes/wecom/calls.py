"""One request of the app's, as it was read (§1)."""

import json
import re
from dataclasses import dataclass, field

from aiohttp import web

from tests.fakes.wecom.agents import Agent
from tests.fakes.wecom.refusals import JSON, Refused

_ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}")
UNREADABLE = 40058


@dataclass(frozen=True, slots=True)
class Upload:
    filename: str
    content_type: str
    data: bytes


@dataclass(slots=True)
class Call:
    """`path` is what follows /cgi-bin/; `errcode` is None while it waits, and 0 when it was done."""

    path: str
    query: dict[str, str]
    ip: str
    body: JSON = field(default_factory=dict)
    upload: Upload | None = None
    range: str = ""
    agent: Agent | None = None
    errcode: int | None = None
    answer: JSON = field(default_factory=dict)
    warned: bool = False

    @property
    def by(self) -> Agent:
        """Whose token it came with."""
        assert self.agent
        return self.agent


async def read_body(request: web.BaseRequest, call: Call) -> None:
    """Fill in what was posted. JSON must be raw UTF-8: escapes are refused (40033)."""
    if request.content_type.startswith("multipart/"):
        field_ = (await request.post()).get("media")
        if isinstance(field_, web.FileField):
            with field_.file as file:
                call.upload = Upload(field_.filename, field_.content_type, file.read())
        return
    raw = await request.read()
    if not raw:
        return
    if _ESCAPED.search(raw):
        raise Refused(40033)
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise Refused(UNREADABLE, f"no JSON: {error}") from None
    if not isinstance(body, dict):
        raise Refused(UNREADABLE, "no JSON object")
    call.body = body
