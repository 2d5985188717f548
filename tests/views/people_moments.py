"""What is read about one person's days off, page and language."""

from dataclasses import replace
from datetime import date

from bot.chat.message import Message
from bot.chat.words import Words
from bot.views import leave, people, person
from drills.leave import Kind
from tests.views.staff_moments import POINT, TODAY, TOMORROW, Moment

FRIDAY_NEXT = date(2026, 11, 27)
LEAVE = leave.Off(first=TODAY, last=TOMORROW, kind=Kind.LEAVE)
SHIFT = leave.Off(first=FRIDAY_NEXT, last=FRIDAY_NEXT, kind=Kind.SHIFT)
COMING = (
    leave.Coming(absence=3, off=LEAVE, waits=True),
    leave.Coming(absence=4, off=SHIFT, waits=False),
)
DRILL = person.Drill(
    today=(4, 5),
    here=True,
    days=5,
    answered=5,
    recent=(21, 25),
    weak=((POINT, 2), ("假币收缴", 1)),
)
PAGE = person.Page(
    person=7,
    unit_id=5,
    unit="城东支行",
    name="王芳",
    post="teller",
    reach=person.Reach.LINKED,
    drill=DRILL,
    cases=((9, POINT, "confirmed"),),
    coming=COMING[1:],
    own=False,
)
QUIET = replace(DRILL, today=(0, 0), here=False, answered=0, recent=(0, 0), weak=())


def _offer(words: Words, coming: tuple[leave.Coming, ...] = (), lead: str = "") -> Message:
    return leave.offer(words, (TODAY, TOMORROW), today=TODAY, coming=coming, lead=lead)


def _page(words: Words, values: person.Page, lead: str = "") -> Message:
    return person.page(words, values, today=TODAY, lead=lead)


PEOPLE: dict[str, Moment] = {
    "leave": _offer,
    "leave, some to come": lambda w: _offer(w, COMING),
    "leave, taken back": lambda w: _offer(w, COMING[1:], leave.taken_back_done(w, LEAVE, TODAY)),
    "leave for somebody": lambda w: leave.offer_for(w, (TODAY, TOMORROW), name="王芳", person=7, today=TODAY),
    "leave asked": lambda w: leave.asked(w, LEAVE, trainers=["赵敏"], today=TODAY),
    "leave, nobody to ask": lambda w: leave.asked(w, LEAVE, trainers=[], today=TODAY),
    "leave request": lambda w: leave.request(w, LEAVE, absence=3, name="王芳", today=TODAY),
    "shift request": lambda w: leave.request(w, SHIFT, absence=4, name="王芳", today=TODAY),
    "leave granted": lambda w: leave.told(w, LEAVE, granted=True, trainer="赵敏", today=TODAY),
    "shift granted": lambda w: leave.told(w, SHIFT, granted=True, trainer="赵敏", today=TODAY),
    "leave refused": lambda w: leave.told(w, LEAVE, granted=False, trainer="赵敏", today=TODAY),
    "leave granted, done": lambda w: leave.done(w, LEAVE, granted=True, name="王芳", today=TODAY),
    "leave refused, done": lambda w: leave.done(w, LEAVE, granted=False, name="王芳", today=TODAY),
    "shift entered": lambda w: leave.entered(w, SHIFT, trainer="赵敏", today=TODAY),
    "leave taken back, to the trainer": lambda w: leave.taken_back(w, LEAVE, by="王芳", own=True, today=TODAY),
    "leave taken back, to the person": lambda w: leave.taken_back(w, SHIFT, by="赵敏", own=False, today=TODAY),
    "person": lambda w: _page(w, PAGE),
    "person, leave entered": lambda w: _page(w, PAGE, leave.entered_done(w, SHIFT, name="王芳", today=TODAY)),
    "person, nothing yet": lambda w: _page(
        w, replace(PAGE, drill=QUIET, cases=(), coming=(), reach=person.Reach.NEVER)
    ),
    "person, not drilled": lambda w: _page(
        w, replace(PAGE, name="赵敏", post="", drill=None, cases=(), coming=(), reach=person.Reach.BLOCKED, own=True)
    ),
    "person, whom": lambda w: person.whom(w, [("王芳", 7), ("李强", 8), ("孙丽", 9), ("何静", 10)], unit="城东支行"),
    "person, several": lambda w: person.which(w, [("王芳 · 城东支行", 7), ("王芳 · 城西支行", 12)]),
    "language": lambda w: people.language(w, [("zh-CN", "中文"), ("en", "English")]),
    "joined, not drilled": lambda w: people.joined(
        w, name="陈明", unit="城东支行", times=None, commands=["board", "tonight", "person", "summary"]
    ),
}
