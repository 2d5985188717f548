"""What a body must look like, said as data: texts, numbers, lists and parts, each with the errcode of its refusal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from tests.fakes.wecom.refusals import JSON, Refused

PARAMETER = 40058
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A string. Beyond `shown` characters the client cuts it off (a recommendation, §4.3); beyond `most` bytes WeCom
    refuses it, or cuts it off itself."""

    missing: int | None = None
    shown: int | None = None
    most: int | None = None
    most_chars: int | None = None
    too_long: int = PARAMETER
    cuts: bool = False
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    missing: int | None = None
    choices: frozenset[int] | None = None
    between: tuple[float, float] | None = None
    wrong: int = PARAMETER


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    missing: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """A list of so many; `unique` names the field in which they differ."""

    of: "Rule"
    most: int
    least: int = 1
    wrong: int = PARAMETER
    missing: int | None = None
    unique: str = ""
    clash: int = PARAMETER


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Where `field` has this value, `wants` may not be empty."""

    field: str
    value: int
    wants: str
    code: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An object with these fields and no others."""

    fields: "Mapping[str, Rule]"
    missing: int | None = None
    needs: tuple[Need, ...] = ()


Rule = Text | Number | Flag | Many | Part


@dataclass
class Reader:
    """Reads a body by its rule: refuses it, or gives it back as WeCom takes it. `clipped`: what clients cut off."""

    clipped: list[str] = field(default_factory=list)

    def read(self, rule: Rule, value: object, path: str) -> object:
        if rule.missing is not None and value in (None, "", [], {}):
            raise Refused(rule.missing, f"{path} missing")
        match rule:
            case Text():
                return self._text(rule, value, path)
            case Number():
                return _number(rule, value, path)
            case Flag():
                return _expect(bool, value, path)
            case Many():
                return self._many(rule, value, path)
            case Part():
                return self.part(rule, value, path)

    def part(self, rule: Part, value: object, path: str) -> JSON:
        given: JSON = _expect(dict, value, path)
        if strangers := given.keys() - rule.fields.keys():
            raise Refused(PARAMETER, f"{path}: nothing WeCom knows: {', '.join(sorted(strangers))}")
        found = {
            name: self.read(each, given.get(name), f"{path}.{name}")
            for name, each in rule.fields.items()
            if name in given or each.missing is not None
        }
        for need in rule.needs:
            if given.get(need.field, 0) == need.value and not given.get(need.wants):
                raise Refused(need.code, f"{path}.{need.wants} missing")
        return found

    def _text(self, rule: Text, value: object, path: str) -> str:
        text = _expect(str, value, path)
        size = len(text.encode())
        if rule.most_chars is not None and len(text) > rule.most_chars:
            text = text[: rule.most_chars]
            self.clipped.append(path)
        if rule.most is not None and size > rule.most:
            if not rule.cuts:
                raise Refused(rule.too_long, f"{path}: {size} bytes, {rule.most} at most")
            text = text.encode()[: rule.most].decode(errors="ignore")
            self.clipped.append(path)
        if rule.pattern and text and not re.fullmatch(rule.pattern, text):
            raise Refused(rule.too_long, f"{path}: {text!r}")
        if rule.shown is not None and len(text) > rule.shown:
            self.clipped.append(path)
        return text

    def _many(self, rule: Many, value: object, path: str) -> list[object]:
        given: list[object] = _expect(list, value, path)
        if not rule.least <= len(given) <= rule.most:
            raise Refused(rule.wrong, f"{path}: {len(given)} of them, {rule.least} to {rule.most} are taken")
        found = [self.read(rule.of, each, f"{path}[{number}]") for number, each in enumerate(given)]
        if rule.unique:
            keys = [each.get(rule.unique) for each in found if isinstance(each, dict)]
            if len(set(keys)) < len(keys):
                raise Refused(rule.clash, f"{path}: {rule.unique} repeated")
        return found


def _number(rule: Number, value: object, path: str) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(rule.wrong, f"{path}: {value!r} is no number")
    if rule.choices is not None and value not in rule.choices:
        raise Refused(rule.wrong, f"{path}: {value}")
    if rule.between and not rule.between[0] <= value <= rule.between[1]:
        raise Refused(rule.wrong, f"{path}: {value}")
    return value


def _expect(kind: type[T], value: object, path: str) -> T:
    if not isinstance(value, kind):
        raise Refused(PARAMETER, f"{path}: {value!r} is no {kind.__name__}")
    return value
