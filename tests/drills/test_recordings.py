"""Where a recording is, as people write it."""

from datetime import time

import pytest

from drills.recordings import read_camera, read_span, read_whole
from drills.refused import Refused


@pytest.mark.parametrize("text", ["17:42-18:05", "1742-1805", "17:42至18:05", "17：42—18：05", " 17.42 ~ 18.05 "])
def test_times_are_read_as_people_write_them(text: str) -> None:
    assert read_span(text) == (time(17, 42), time(18, 5))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "span-unreadable"),
        ("17:42", "span-unreadable"),
        ("25:00-26:00", "span-unreadable"),
        ("17:70-18:00", "span-unreadable"),
        ("18:05-17:42", "span-backwards"),
        ("18:05-18:05", "span-backwards"),
    ],
)
def test_what_is_no_span_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        read_span(text)
    assert refused.value.why == why


def test_a_camera_and_its_times_in_one_line() -> None:
    assert read_whole("一号  柜台 17:42-18:05") == ("一号 柜台", time(17, 42), time(18, 5))
    with pytest.raises(Refused, match="span-unreadable"):
        read_whole("一号柜台")


@pytest.mark.parametrize("name", ["", "  ", "柜" * 21, "a:b"])
def test_a_camera_s_name_fits_a_button(name: str) -> None:
    with pytest.raises(Refused) as refused:
        read_camera(name)
    assert refused.value.why == "camera-unreadable"
