import json
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from drills.rota import Change, Clash, Line, Mark, Standing, Stretch, compare, gather, stretches

TODAY = date(2026, 11, 23)
WORK, LEAVE, SHIFT = Mark


def day(n: int) -> date:
    return TODAY + timedelta(n)


def span(first: int, last: int, kind: Mark = SHIFT) -> Stretch:
    return Stretch(day(first), day(last), kind)


def marked(text: str) -> dict[date, Mark]:
    """“休班·假” from today on: a shift off, work, nothing said, leave."""
    kinds = {"休": SHIFT, "班": WORK, "假": LEAVE}
    return {day(n): kinds[c] for n, c in enumerate(text) if c in kinds}


def test_days_that_follow_one_another_are_one_stretch_of_a_kind() -> None:
    assert list(stretches(marked("休休假班休"))) == [span(0, 1), span(2, 2, LEAVE), span(3, 3, WORK), span(4, 4)]
    assert list(stretches({})) == []


def test_what_stands_already_is_not_entered_twice() -> None:
    standing = [Standing(1, span(0, 1)), Standing(2, span(2, 2, LEAVE))]
    assert compare(marked("休假休休"), standing, TODAY) == Change(enter=(span(3, 3),), fresh=(span(3, 3),), same=3)


def test_a_shift_gives_way_and_what_is_left_of_it_is_entered_again() -> None:
    change = compare(marked("·班"), [Standing(7, span(-1, 3))], TODAY)
    assert (change.withdraw, change.back) == ((7,), (day(1),))
    assert change.enter == (span(-1, 0), span(2, 3))
    assert (change.fresh, change.same) == ((), 0)


def test_leave_stays_though_the_rota_has_them_at_work() -> None:
    standing = [Standing(1, span(0, 1, LEAVE)), Standing(2, span(1, 1))]
    change = compare(marked("班班"), standing, TODAY)
    assert (change.kept, change.back, change.withdraw, change.enter) == ((day(0), day(1)), (), (2,), ())


def test_whoever_is_off_today_stays_off_today() -> None:
    change = compare(marked("班班休"), [Standing(1, span(0, 2))], TODAY)
    assert (change.kept, change.back, change.enter, change.same) == ((day(0),), (day(1),), (span(0, 0), span(2, 2)), 1)
    assert compare(marked("班"), [Standing(1, span(0, 2))], TODAY) == Change(kept=(day(0),))


def test_days_gone_by_are_not_looked_at() -> None:
    gone = {day(-1): WORK, day(-2): SHIFT}
    assert compare(gone, [Standing(1, span(-1, 0))], TODAY) == Change()


def test_a_day_is_said_once_or_twice_alike() -> None:
    lines = [(1, Line(2, "1", "", ((day(0), SHIFT), (day(1), SHIFT)))), (1, Line(3, "1", "", ((day(0), SHIFT),)))]
    said, clashes = gather([*lines, (2, Line(4, "2", "", ((day(0), WORK),)))])
    assert (said, clashes) == ({1: marked("休休"), 2: marked("班")}, [])
    _, clashes = gather([*lines, (1, Line(5, "1", "", ((day(0), WORK), (day(1), LEAVE))))])
    assert clashes == [Clash(row=5, other=2, day=day(0))]


STRETCH = st.builds(
    lambda first, more, kind: span(first, first + more, kind),
    st.integers(-4, 8),
    st.integers(0, 5),
    st.sampled_from([SHIFT, LEAVE]),
)
STANDS = st.lists(STRETCH, max_size=4).map(lambda found: [Standing(n, each) for n, each in enumerate(found)])
MARKS = st.dictionaries(st.integers(-4, 12).map(day), st.sampled_from(list(Mark)), max_size=10)


def off(standing: list[Standing], *kinds: Mark) -> set[date]:
    return {each for s in standing if s.stretch.kind in (kinds or Mark) for each in s.stretch}


@given(MARKS, STANDS)
def test_whatever_is_listed_holds_afterwards_and_the_same_list_again_changes_nothing(
    marks: dict[date, Mark], standing: list[Standing]
) -> None:
    change = compare(marks, standing, TODAY)
    after = [each for each in standing if each.id not in change.withdraw]
    after += [Standing(100 + n, each) for n, each in enumerate(change.enter)]
    ahead = {when: mark for when, mark in marks.items() if when >= TODAY}
    back, fresh = set(change.back), {each for stretch in change.fresh for each in stretch}
    assert off(after) == (off(standing) - back) | fresh
    assert off(after, LEAVE) >= off(standing, LEAVE)
    assert {when for when in off(standing) ^ off(after) if when < TODAY} == set()
    assert TODAY not in back
    assert off(after) >= {when for when, mark in ahead.items() if mark is not WORK}
    assert off(after) & {when for when, mark in ahead.items() if mark is WORK} == set(change.kept)
    again = compare(marks, after, TODAY)
    assert (again.withdraw, again.enter, again.fresh, again.back) == ((), (), (), ())


def test_a_line_is_kept_as_it_was_read() -> None:
    line = Line(7, "1001", "王芳", tuple(marked("休班·假").items()))
    assert Line.from_json(json.loads(json.dumps(line.to_json()))) == line
