from datetime import date

import pytest

from drills.people import Post
from drills.questions import Bank, Checkpoint, Question, Source, Topic


def question(code: str, post: Post, valid_to: date | None = None) -> Question:
    return Question(
        code=code,
        checkpoint="fees.transfer",
        posts=frozenset({post}),
        stem="题干",
        why="因为。",
        source=Source(document="某文件"),
        valid_from=date(2020, 1, 2),
        valid_to=valid_to,
    )


@pytest.mark.parametrize(
    ("day", "holds"),
    [(date(2020, 1, 1), False), (date(2020, 1, 2), True), (date(2027, 9, 30), True), (date(2027, 10, 1), False)],
)
def test_a_question_holds_from_its_first_to_its_last_day(day: date, holds: bool) -> None:
    assert question("a", Post.TELLER, date(2027, 9, 30)).holds_on(day) is holds


def test_a_question_without_an_end_holds() -> None:
    assert question("a", Post.TELLER).holds_on(date(2099, 1, 1))


def test_what_can_be_asked_is_for_the_post_in_force_and_in_order() -> None:
    asked = [
        question("b", Post.TELLER),
        question("a", Post.TELLER),
        question("c", Post.GUARD),
        question("d", Post.TELLER, date(2021, 1, 1)),
    ]
    bank = Bank(
        topics={"fees": Topic(code="fees", name="资费标准")},
        checkpoints={"fees.transfer": Checkpoint(code="fees.transfer", name="转账", topic="fees")},
        questions={q.code: q for q in asked},
    )
    assert [q.code for q in bank.askable(Post.TELLER, date(2026, 11, 23))] == ["a", "b"]
    assert bank.topic_of(asked[0]) == "fees"
