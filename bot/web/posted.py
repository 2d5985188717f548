"""What the page posts: taps, texts and steps, as JSON or as a form, from our own page only."""

from typing import Annotated, TypeVar
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel, Field, StringConstraints, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

BODY_LIMIT = 16_384


class Tap(BaseModel):
    person: int
    letter: int
    data: Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Press(BaseModel):
    """A press on a WeCom card. Each of `chosen` is a question's key, a space, and an option's id."""

    person: int
    card: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    key: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    chosen: Annotated[list[Annotated[str, StringConstraints(max_length=200)]], Field(max_length=60)] = []

    def by_question(self) -> dict[str, list[str]]:
        """The ids of what was chosen, by the question they answer."""
        found: dict[str, list[str]] = {}
        for question, _, option in (one.partition(" ") for one in self.chosen):
            found.setdefault(question, []).append(option)
        return found


class Say(BaseModel):
    person: int
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class Advance(BaseModel):
    stop: str = ""


class Kind(Exception):
    """A request that cannot be served, with the key of the sentence that says so."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


Form = TypeVar("Form", bound=BaseModel)


async def read(request: Request, form: type[Form]) -> Form:
    """What was posted, as JSON or as a form, from our own page only."""
    if not _same_origin(request):
        raise Kind(403, "web.error.origin")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise Kind(413, "web.error.long")
    try:
        if _is_form(request):
            pairs = parse_qsl(body.decode(), keep_blank_values=True)
            return form.model_validate(dict(pairs) | {"chosen": [value for name, value in pairs if name == "chosen"]})
        return form.model_validate_json(body or b"{}")
    except ValidationError as error:
        long = any(fault["type"] == "string_too_long" for fault in error.errors())
        raise Kind(400, "web.error.long" if long else "web.error.request") from None
    except UnicodeDecodeError:
        raise Kind(400, "web.error.request") from None


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")


def _same_origin(request: Request) -> bool:
    """Browsers say where a post comes from; what is no browser says nothing and is no danger."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def done(request: Request, **said: object) -> Response:
    """The answer to the page's script as JSON; to a form without script, the page again."""
    return RedirectResponse("/demo", 303) if _is_form(request) else JSONResponse(said)
