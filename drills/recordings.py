"""The three recordings of an evening (SP-42), as references only (LG-07, LG-09): a camera, from one time to another."""

import re
import unicodedata
from datetime import time
from enum import StrEnum

from drills.refused import Refused


class Part(StrEnum):
    """What a recording shows."""

    STUDY = "study"  # the evening's reading
    DRILL = "drill"  # the evening's drill
    REVIEW = "review"  # the review in the next meeting


EVENING = (Part.STUDY, Part.DRILL)
"""What has to be known before a case that asks for proof can be judged."""
LONGEST_CAMERA = 20
_APART = re.compile(r"(?P<camera>.+?)\s+(?P<span>\d{1,2}[:.点]?\d{2}\s*[-~至到–—]+\s*\d{1,2}[:.点]?\d{2})")
_SPAN = re.compile(r"(\d{1,2})[:.点]?(\d{2})\s*[-~至到]+\s*(\d{1,2})[:.点]?(\d{2})")
_HOURS, _MINUTES = 24, 60


def read_span(text: str) -> tuple[time, time]:
    """The times of “17:42-18:05” or “1742至1805”. Raises Refused for anything else, and where the end is not after the
    beginning."""
    found = _SPAN.fullmatch(unicodedata.normalize("NFKC", text).strip().replace("–", "-").replace("—", "-"))
    if found is None:
        raise Refused("span-unreadable")
    h1, m1, h2, m2 = (int(part) for part in found.groups())
    if max(h1, h2) >= _HOURS or max(m1, m2) >= _MINUTES:
        raise Refused("span-unreadable")
    first, last = time(h1, m1), time(h2, m2)
    if last <= first:
        raise Refused("span-backwards")
    return first, last


def read_whole(text: str) -> tuple[str, time, time]:
    """The camera and the times of “一号柜台 17:42-18:05”. Raises Refused as the two below do."""
    found = _APART.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise Refused("span-unreadable")
    return read_camera(found["camera"]), *read_span(found["span"])


def read_camera(text: str) -> str:
    """A camera's name as the branch calls it. Raises Refused for none, or one too long for a button."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > LONGEST_CAMERA or ":" in name:
        raise Refused("camera-unreadable", most=LONGEST_CAMERA)
    return name
