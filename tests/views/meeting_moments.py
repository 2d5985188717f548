"""The meeting, stage by stage, as its host sees it; the shared question; the minutes."""

from dataclasses import replace
from datetime import time

from bot.chat.message import Message
from bot.chat.words import Words
from bot.views import meeting, minutes, run_sheet
from drills.meeting import Mark
from drills.run_sheet import USUAL, Stage, lasting, sheet
from tests.views.staff_moments import ONE, TODAY, TRUTH, Moment

HEAD = meeting.Head(meeting=7, stage=Stage.ROLL, place=1, of=7, minutes=1, spent=0)
CALLED = ((1, "王芳", Mark.HERE), (2, "李强", Mark.LATE), (3, "孙丽", None), (4, "何静", Mark.ABSENT))
RESULT = meeting.Result(shown=ONE, counts=[0] * len(ONE.options), of=6, why="离柜后说不清。")
COUNTS = [1 if i in ONE.right else 0 for i in range(len(ONE.options))]
MINUTES = minutes.Minutes(
    unit="城东网点",
    day=TODAY,
    begins="08:15",
    ends="08:31",
    hosts=["赵敏", "陈主任"],
    roll={Mark.HERE: ["王芳", "孙丽"], Mark.LATE: ["李强"], Mark.LEAVE: ["马超"], Mark.ABSENT: ["何静"]},
    stages=[(Stage.ROLL, 1), (Stage.LOOK, 2), (Stage.QUESTION, 5)],
    result=replace(RESULT, counts=COUNTS),
    scene=["王芳", "孙丽", "李强"],
    reviewed=1,
)

SHEET = run_sheet.State(
    unit="城东网点", unit_id=29, sheet=lasting(sheet(USUAL), Stage.LOOK, 0), begins=time(8, 15), standard=15, own=True
)
LONG = replace(SHEET, sheet=lasting(SHEET.sheet, Stage.SCENE, 8), later=True)


def _stage(words: Words, stage: Stage, part: meeting.Part) -> Message:
    place = list(Stage).index(stage)
    head = replace(HEAD, stage=stage, place=place + 1, minutes=USUAL[place], spent=1)
    return meeting.frame(words, head, part)


MEETINGS: dict[str, Moment] = {
    "meeting, ahead": lambda words: meeting.start(
        words, meeting.Ahead(unit="城东网点", unit_id=29, sheet=sheet(USUAL), at=time(8, 15))
    ),
    "run sheet": lambda words: run_sheet.screen(words, SHEET),
    "run sheet, longer than usual": lambda words: run_sheet.screen(words, LONG),
    "run sheet, a stage": lambda words: run_sheet.one(words, SHEET, Stage.QUESTION),
    "run sheet, left out": lambda words: run_sheet.one(words, SHEET, Stage.LOOK),
    "meeting, whose": lambda words: meeting.which(words, [("城东网点", 29), ("城西网点", 30)]),
    "meeting, roll": lambda words: _stage(words, Stage.ROLL, meeting.roll(words, 7, CALLED, ["马超"])),
    "meeting, dress": lambda words: _stage(
        words, Stage.LOOK, meeting.look(words, [["王芳", "李强"], ["孙丽", "何静", "老周"]], ["工号牌戴在左胸"])
    ),
    "meeting, review": lambda words: _stage(
        words, Stage.REVIEW, meeting.review(words, 7, ["王芳 5 题对 5"], ["当面清点"], held=False)
    ),
    "meeting, nothing to review": lambda words: _stage(
        words, Stage.REVIEW, meeting.review(words, 7, [], [], held=False)
    ),
    "meeting, question ahead": lambda words: _stage(words, Stage.QUESTION, meeting.to_ask(words, 7, 5)),
    "meeting, question out": lambda words: _stage(words, Stage.QUESTION, meeting.asked(words, 7, 29, RESULT)),
    "meeting, everybody has answered": lambda words: meeting.all_answered(words, 7, 6),
    "meeting, question shown": lambda words: _stage(
        words, Stage.QUESTION, meeting.revealed(words, replace(RESULT, counts=COUNTS))
    ),
    "meeting, scene": lambda words: _stage(
        words, Stage.SCENE, meeting.scene(words, ["王芳", "孙丽", "李强"], "当面清点")
    ),
    "meeting, rule": lambda words: _stage(
        words, Stage.RULE, meeting.rule(words, "当面清点", ["先唱收", "当面点"], "某网点服务规范 第三条")
    ),
    "meeting, slogan": lambda words: _stage(words, Stage.SLOGAN, ("当面清点，句句讲清", ())),
    "meeting, sure to end": lambda words: meeting.sure(words, 7, 29, 3),
    "shared question": lambda words: meeting.question(words, TRUTH, 41, "现金收付"),
    "minutes": lambda words: minutes.whole(words, MINUTES),
    "minutes, of an earlier day": lambda words: minutes.whole(words, MINUTES, minutes.Page(unit=29, place=3, of=10)),
    "minutes, forgotten": lambda words: minutes.whole(
        words, replace(MINUTES, forgotten=45, roll={None: ["王芳"]}, result=None, scene=[], reviewed=0)
    ),
    "minutes, in the group": lambda words: minutes.to_group(words, MINUTES),
}
