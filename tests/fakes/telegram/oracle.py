"""An independent judge: aiogram's models, generated from Telegram's own documents.

Whatever the bot asks must be a method aiogram knows, with parameters it knows, of their types; whatever the fake says
must be an object it can read and of which it knows every field. python-telegram-bot, which our bot speaks through, may
be wrong in the same way as our bot; aiogram is not."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.fakes.telegram.files import Upload
from tests.fakes.telegram.refusals import JSON

MOST_SHOWN = 20


class Oracle:
    """Remembers what it could not agree with; `verdict` says so. aiogram takes seconds to import, once in a process:
    that is done here, before anything is timed."""

    def __init__(self) -> None:
        self.violations: dict[str, None] = {}
        for method in ("sendmessage", "editmessagetext", "answercallbackquery"):
            _returns(method)
        _update()

    def request(self, method: str, params: JSON) -> None:
        """The bot asks this."""
        model = _methods().get(method.lower())
        if model is None:
            self._object(f"the bot called {method}, which is no method of Telegram's")
            return
        try:
            read = model.model_validate(_without_files(params))
        except ValidationError as error:
            self._disagree(f"the bot's {method}", error)
        else:
            self._look_for_strangers(f"the bot's {method}", read)

    def result(self, method: str, result: object) -> None:
        """The fake answers this."""
        returning = _returns(method.lower())
        if returning is None:
            return
        try:
            read = returning.validate_python(result)
        except ValidationError as error:
            self._disagree(f"the fake's answer to {method}", error)
        else:
            self._look_for_strangers(f"the fake's answer to {method}", read)

    def update(self, update: JSON) -> None:
        """The fake tells the bot this."""
        kind = next((key for key in update if key != "update_id"), "update")
        try:
            read = _update().model_validate(update)
        except ValidationError as error:
            self._disagree(f"the fake's {kind}", error)
        else:
            self._look_for_strangers(f"the fake's {kind}", read)

    def verdict(self) -> None:
        """Raises AssertionError if there was anything to object to; then all is forgotten."""
        found, self.violations = list(self.violations), {}
        if found:
            shown = "\n".join(f"  - {each}" for each in found[:MOST_SHOWN])
            raise AssertionError(f"aiogram, which reads Telegram independently, disagrees:\n{shown}")

    def _object(self, why: str) -> None:
        self.violations[why] = None

    def _disagree(self, what: str, error: ValidationError) -> None:
        for one in error.errors(include_url=False, include_context=False, include_input=False)[:3]:
            place = ".".join(str(part) for part in one["loc"]) or "it"
            self._object(f"{what}: {place}: {one['msg']}")

    def _look_for_strangers(self, what: str, read: object) -> None:
        for path in _strangers(read):
            self._object(f"{what}: {path} is nothing that Telegram knows")


def _strangers(read: object, path: str = "") -> Iterator[str]:
    """Fields that no model has a name for, however deep."""
    if isinstance(read, BaseModel):
        yield from (f"{path}.{name}".lstrip(".") for name in read.model_extra or {})
        for name in read.model_fields_set:
            value = getattr(read, name, None)
            if isinstance(value, BaseModel | list):
                yield from _strangers(value, f"{path}.{name}")
    elif isinstance(read, list):
        for index, each in enumerate(read):
            if isinstance(each, BaseModel | list):
                yield from _strangers(each, f"{path}.{index}")


def _without_files(params: JSON) -> JSON:
    """The parameters with aiogram's stand-ins for files; a part that another points to is none of its own."""
    from aiogram.types import BufferedInputFile

    attached = {value.removeprefix("attach://") for value in params.values() if _points(value)}
    return {
        name: BufferedInputFile(b"", value.name) if isinstance(value, Upload) else value
        for name, value in params.items()
        if name not in attached
    }


def _points(value: object) -> bool:
    return isinstance(value, str) and value.startswith("attach://")


@cache
def _methods() -> dict[str, type[BaseModel]]:
    """The model of each method, by its name in small letters."""
    from aiogram import methods

    every: list[Any] = [getattr(methods, name) for name in methods.__all__]
    return {one.__api_method__.lower(): one for one in every if isinstance(getattr(one, "__api_method__", None), str)}


@cache
def _returns(method: str) -> "TypeAdapter[Any] | None":
    model: Any = _methods().get(method)
    return None if model is None else TypeAdapter(model.__returning__)


@cache
def _update() -> type[BaseModel]:
    from aiogram.types import Update

    return Update
