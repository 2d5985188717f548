"""A bank to choose from: topics, their checkpoints, and how many questions each has, called a.1-1, a.1-2 and so on."""

from collections.abc import Mapping
from datetime import date

from drills.people import Post
from drills.questions import Bank, Checkpoint, Question, Source, Topic

DAY = date(2026, 11, 23)  # a Monday
SOME = {"a": {"a.1": 3, "a.2": 3}, "b": {"b.1": 3, "b.2": 3}, "c": {"c.1": 3}, "d": {"d.1": 3}}


def question(code: str, checkpoint: str, post: Post = Post.TELLER) -> Question:
    return Question(
        code=code,
        checkpoint=checkpoint,
        posts=frozenset({post}),
        stem="题干",
        why="因为。",
        source=Source(document="某制度"),
        valid_from=date(2020, 1, 1),
    )


def make(topics: Mapping[str, Mapping[str, int]] = SOME, critical: str = "") -> Bank:
    """A bank for tellers; `critical` is the code of the one critical checkpoint."""
    points = [(topic, code, n) for topic, points in topics.items() for code, n in points.items()]
    asked = [question(f"{code}-{i}", code) for _, code, n in points for i in range(1, n + 1)]
    return Bank(
        topics={code: Topic(code=code, name=code) for code in topics},
        checkpoints={
            code: Checkpoint(code=code, name=code, topic=topic, critical=code == critical) for topic, code, _ in points
        },
        questions={q.code: q for q in asked},
    )
