"""The XML of callbacks: written with CDATA as documented (§3), read without expanding anything (§2.5)."""

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from tests.fakes.wecom.refusals import JSON

LARGEST = 1_000_000


class Unreadable(Exception):
    """The answer is no XML of a callback's."""


def write(fields: Mapping[str, object]) -> str:
    """`<xml>…</xml>`. Strings stand in CDATA, numbers bare, a list repeats its element, None is left out."""
    return f"<xml>{_inside(fields)}</xml>"


def _inside(fields: Mapping[str, object]) -> str:
    return "".join(_element(name, value) for name, value in fields.items() if value is not None)


def _element(name: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(_element(name, each) for each in value)
    if isinstance(value, Mapping):
        return f"<{name}>{_inside(value)}</{name}>"
    if isinstance(value, str):
        return f"<{name}><![CDATA[{value.replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"
    return f"<{name}>{value}</{name}>"


def read(document: bytes) -> JSON:
    """Elements by name, nested; one that is repeated becomes a list."""
    if len(document) > LARGEST or b"<!DOCTYPE" in document or b"<!ENTITY" in document:
        raise Unreadable("too large, or it declares something")
    try:
        root = ET.fromstring(document)  # noqa: S314 - no declarations, see above
    except ET.ParseError as error:
        raise Unreadable(str(error)) from None
    return _children(root)


def _children(parent: "ET.Element[str]") -> JSON:
    found: JSON = {}
    for child in parent:
        value = _children(child) if len(child) else child.text or ""
        if child.tag in found:
            known = found[child.tag]
            found[child.tag] = [*(known if isinstance(known, list) else [known]), value]
        else:
            found[child.tag] = value
    return found
