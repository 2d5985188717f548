import pytest

from drills.places import Asked, Lost, made, settle

HEAD, PROVINCE = ("总行",), ("总行", "省分行")
CITY, COUNTY = (*PROVINCE, "市分行"), (*PROVINCE, "市分行", "县支行")
EAST, SOUTH = (*COUNTY, "城东网点"), (*COUNTY, "城南网点")
KNOWN = [HEAD, PROVINCE, CITY, COUNTY, EAST]
TWO = [*KNOWN, (*CITY, "乙支行"), (*CITY, "乙支行", "城东网点")]


def one(asked: Asked, known: list[tuple[str, ...]] = KNOWN) -> object:
    return settle([asked], known)[0]


@pytest.mark.parametrize(
    ("tail", "told", "where"),
    [
        (("城东网点",), False, EAST),
        (("总行",), True, HEAD),
        (EAST, True, EAST),
        (("县支行", "城东网点"), True, EAST),
        (("城南网点",), False, Lost.UNKNOWN),
        (("城南网点",), True, Lost.NO_TOP),
        (("县支行", "城南网点"), True, SOUTH),
        (SOUTH, True, SOUTH),
        (("总行", "乙省", "丙市"), True, ("总行", "乙省", "丙市")),
        (("别的支行", "城南网点"), True, Lost.NO_TOP),
        ((*EAST, "柜台"), True, Lost.DEEP),
    ],
)
def test_where_a_unit_stands(tail: tuple[str, ...], told: bool, where: object) -> None:
    assert one(Asked(tail, told)) == where


def test_of_two_with_one_name_the_list_says_which() -> None:
    assert one(Asked(("城东网点",)), TWO) is Lost.AMBIGUOUS
    assert one(Asked(("乙支行", "城东网点"), told=True), TWO) == (*CITY, "乙支行", "城东网点")
    assert one(Asked(("城东网点", "柜台"), told=True), TWO) is Lost.AMBIGUOUS


def test_the_first_list_makes_the_tree_and_has_one_head() -> None:
    other = ("另一总行", "省")
    assert settle([Asked(EAST, told=True), Asked(other, told=True)], []) == [EAST, Lost.NO_TOP]
    assert settle([Asked(("城东网点",))], []) == [Lost.UNKNOWN]


def test_one_line_that_says_where_tells_it_for_the_others() -> None:
    asked = [Asked(("城南网点",)), Asked(SOUTH, told=True), Asked(("城南网点",))]
    assert settle(asked, KNOWN) == [SOUTH] * 3


def test_what_is_to_be_made_those_above_first() -> None:
    assert made([EAST, SOUTH, Lost.DEEP], KNOWN) == [SOUTH]
    assert made([EAST], []) == [HEAD, PROVINCE, CITY, COUNTY, EAST]
