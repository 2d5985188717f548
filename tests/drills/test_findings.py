"""What was found is drilled first, for some days, while the bank knows it."""

from datetime import date

from drills.findings import Found, raised

DAYS = [date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)]


def test_found_lately_and_known_is_raised() -> None:
    found = [Found("cash", DAYS[0]), Found("old", date(2026, 11, 19)), Found("gone", DAYS[1]), Found("dress", DAYS[2])]
    assert raised(found, DAYS, {"cash", "old", "dress"}) == {"cash", "dress"}
    assert raised([Found("cash", date(2026, 11, 21))], DAYS, {"cash"}) == {"cash"}, "found on a free day between"
    assert raised(found, [], {"cash"}) == frozenset()
