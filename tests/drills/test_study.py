from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from drills.people import Post
from drills.questions import Amount, Case, Checkpoint, Source
from drills.study import Study, source_of, study
from tests.drills.bank import DAY, make
from tests.drills.test_scenes import scene

RULE = ("先唱收", "点完再走")
SUM = Amount(
    code="a.1-9",
    checkpoint="a.1",
    posts=frozenset({Post.TELLER}),
    stem="转 {元} 元收多少？",
    why="第二档。",
    source=Source(document="某通知", clause="第一条"),
    valid_from=date(2020, 1, 1),
    unit="元",
    cases=(Case(values={"元": "5,000"}, answer=Fraction(5)),),
)
_PLAIN = make()
BANK = replace(
    _PLAIN,
    checkpoints={**_PLAIN.checkpoints, "a.1": Checkpoint(code="a.1", name="a.1", topic="a", material=RULE)},
    questions={**_PLAIN.questions, SUM.code: SUM},
)
SCENES = (scene("z", checkpoints=("a.1",)), scene("y", checkpoints=("b.1", "a.1")))


def read(post: Post | None = Post.TELLER, day: date = DAY, code: str = "a.1") -> Study:
    return study(BANK, SCENES, code, post, day, 1)


def test_the_rule_comes_with_its_source_the_right_words_and_a_worked_sum() -> None:
    found = read()
    assert (found.rule, found.source, found.say) == (RULE, "某制度", SCENES[0].model)
    assert found.sum is not None
    assert (found.sum.stem, found.sum.answer, found.why) == ("转 5,000 元收多少？", Fraction(5), "第二档。")
    assert found.more


def test_of_nobodys_post_everything_there_is() -> None:
    assert read(None) == read()


def test_what_is_for_another_post_is_left_out() -> None:
    found = read(Post.GUARD)
    assert (found.rule, found.say, found.sum, found.more) == (RULE, (), None, False)


def test_the_words_are_those_of_a_scene_that_drills_it_above_all() -> None:
    assert read(code="b.1").say == SCENES[1].model
    assert read(code="b.2").say == ()


@pytest.mark.parametrize("code", ["a.9", ""])
def test_of_a_checkpoint_the_bank_has_dropped_there_is_nothing(code: str) -> None:
    assert read(code=code) == Study(rule=())


def test_what_does_not_hold_yet_is_no_source() -> None:
    assert source_of(BANK, "a.1", date(2019, 12, 31)) == ""
