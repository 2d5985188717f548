"""A scene, from its choice to its verdict, as each of the three reads it."""

from bot.chat.message import Message
from bot.chat.words import Words
from bot.content import load, parse, shipped
from bot.views import scenes
from drills.policy import Policy
from drills.scenes import verdict
from tests.views.staff_moments import Moment

SCENES_OF = parse(load(shipped()).body).scenes
FAKE, FEE = SCENES_OF["fake-note"], SCENES_OF["small-firm-fee"]
ALL = range(6)


def _verdict(words: Words, seen: frozenset[int], broken: frozenset[int] = frozenset()) -> Message:
    marked = verdict(FAKE, seen, broken, Policy())
    return scenes.verdict(words, FAKE, marked, run=9, practice=not seen)


SCENES: dict[str, Moment] = {
    "scene, which": lambda words: scenes.choose(words, [FAKE, FEE], unit=29),
    "scene, none": lambda words: scenes.choose(words, [], unit=29),
    "scene, who acts": lambda words: scenes.who(
        words, "acts", FAKE, [("王芳", "scx:fake-note:1"), ("李强", "scx:fake-note:2")], dice="scr:29:fake-note"
    ),
    "scene, who plays": lambda words: scenes.who(words, "plays", FAKE, [("孙丽", "scy:fake-note:1:3")]),
    "scene, who marks": lambda words: scenes.who(words, "marks", FAKE, [("李强", "scb:fake-note:1:3:2")]),
    "scene, begun": lambda words: scenes.begun(words, FAKE, ["王芳", "孙丽", "李强"]),
    "scene, to the actor": lambda words: scenes.part(words, FAKE, "孙丽", "李强"),
    "scene, to the customer": lambda words: scenes.customer(words, FAKE, "王芳"),
    "scene, rubric": lambda words: scenes.rubric(words, FAKE, run=9, actor="王芳", seen=frozenset({0, 2})),
    "scene, forbidden": lambda words: scenes.forbidden(
        words, FAKE, run=9, seen=frozenset({0, 1, 2}), broken=frozenset({2})
    ),
    "scene, passed": lambda words: _verdict(words, frozenset({1, 2, 3, 4, 5})),
    "scene, not yet": lambda words: _verdict(words, frozenset({0, 2})),
    "scene, something forbidden": lambda words: _verdict(words, frozenset(ALL), frozenset({0})),
    "scene, practice": lambda words: _verdict(words, frozenset()),
    "scene, thanks": lambda words: scenes.thanks(words, FAKE, verdict(FAKE, ALL, (), Policy()), actor="王芳"),
    "scene, failed again": lambda words: scenes.failed(
        words, FAKE, verdict(FAKE, {0}, (), Policy()), actor="王芳", case=7
    ),
    "scene, failed by what is forbidden": lambda words: scenes.failed(
        words, FAKE, verdict(FAKE, ALL, {1}, Policy()), actor="王芳", case=None
    ),
}
