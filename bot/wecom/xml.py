"""The XML of callbacks, read by hand: it declares nothing, or it is not read."""

from dataclasses import dataclass, field
from xml.parsers import expat

DEEPEST = 8
"""A card's answer stands five deep."""


class Unreadable(Exception):
    """No XML of a callback's."""


@dataclass(slots=True)
class Element:
    """What stands in an element: words, and others by name."""

    text: str = ""
    inside: "dict[str, list[Element]]" = field(default_factory=dict)

    def word(self, name: str) -> str:
        """The words of the first element of this name, "" if there is none."""
        found = self.inside.get(name)
        return found[0].text.strip() if found else ""

    def every(self, *path: str) -> "list[Element]":
        """All elements along a path of names."""
        here = [self]
        for name in path:
            here = [found for each in here for found in each.inside.get(name, ())]
        return here


def read(document: bytes) -> Element:
    """The element around it all. Raises Unreadable for what is no XML, declares types or entities, or is a well."""
    above: list[Element] = [Element()]

    def opened(name: str, _attributes: object) -> None:
        if len(above) > DEEPEST:
            raise Unreadable
        element = Element()
        above[-1].inside.setdefault(name, []).append(element)
        above.append(element)

    def closed(_name: str) -> None:
        above.pop()

    def said(text: str) -> None:
        above[-1].text += text

    def declared(*_: object) -> None:
        raise Unreadable

    parser = expat.ParserCreate()
    parser.buffer_text = (
        True  # or each of 60,000 empty lines would be told alone: a tenth of a second for anybody's call
    )
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, said
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    try:
        parser.Parse(document, True)  # noqa: FBT003 -- expat's word for "this is all"
    except (expat.ExpatError, ValueError, LookupError):
        raise Unreadable from None
    (root,) = (each for found in above[0].inside.values() for each in found)
    return root
