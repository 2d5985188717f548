"""What trainers, hosts, managers and admins read, moment by moment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views import boards, evening, hosting, people
from bot.views.text import day_label, day_name
from drills.policy import Policy
from tests.views.staff_moments import CAUSE, FRIDAY, POINT, POLICY, ROLLING, TODAY, TOMORROW, Moment

TOP = (
    boards.Top(place=1, name="何静", right=5, asked=5),
    boards.Top(place=2, name="王芳", right=4, asked=5),
    boards.Top(place=2, name="孙丽", right=4, asked=5),
)
LAST = "马超"
"""The one with the fewest right answers; no board names him."""


def line(words: Words, name: str, state: str, *, cause: evening.Cause = CAUSE, case: int = 9) -> evening.Line:
    reason = evening.short_reason(words, cause, POLICY, TODAY)
    return evening.Line(case=case, person=case, name=name, checkpoint=cause.checkpoint, reason=reason, state=state)


def _tonight(words: Words, *states: str, policy: Policy = POLICY, done: str = "") -> Message:
    names = ("王芳", "李强", "孙丽", "何静")
    cases = [
        line(words, n, s, cause=ROLLING if i else CAUSE, case=9 + i)
        for i, (n, s) in enumerate(zip(names, states, strict=False))
    ]
    listing = evening.Tonight(unit=29, day=TODAY, duty=6, cases=cases)
    return evening.tonight(words, listing, policy, done=done)


def _tonight_others(words: Words) -> Message:
    listing = evening.Tonight(
        unit=29,
        day=TODAY,
        duty=6,
        cases=[line(words, "王芳", "proposed")],
        now=("李强", "何静"),
        makeup=("孙丽", "老周"),
        twice=("老周",),
        watch=("马超",),
    )
    return evening.tonight(words, listing, POLICY)


def _case(words: Words, state: str, *, following: int | None, lead: str = "") -> Message:
    today, tomorrow = words("date.today"), day_label(words, TOMORROW, TODAY)
    return evening.case(
        words, line(words, "王芳", state), evening=today, next_open=tomorrow, following=following, lead=lead
    )


def _reviewed(name: str, right: int, checkpoint: str = POINT) -> hosting.Reviewed:
    return hosting.Reviewed(name=name, checkpoint=checkpoint, passed=right >= 4, right=right, of=5)


def _review(words: Words, *results: hosting.Reviewed) -> Message:
    return hosting.review(words, results, unit=29, day=FRIDAY, evening=time(17, 40))


def board_of(words: Words, top: Sequence[boards.Top], *, own: int | None, more: Sequence[Button] = ()) -> Message:
    values = boards.Board(
        unit="城东支行",
        day=TODAY,
        answered=5 if top else 0,
        expected=6,
        right=21 if top else 0,
        asked=25 if top else 0,
        top=top,
        own=own,
        of=5,
        minimum=3,
    )
    return boards.board(words, values, more=more)


def _missing(words: Words, n: int) -> Message:
    names = ("李强", "老周", "马超", "何静")
    waiting = [boards.Waiting(name=name, answered=i, of=5) for i, name in enumerate(names[:n])]
    return boards.missing(words, waiting, duty=6, unit=29, day=TODAY)


WEAK = (
    boards.Weak(checkpoint="假币收缴", right=18, asked=29),
    boards.Weak(checkpoint="叫号举手", right=21, asked=31),
)
FULL = boards.Summary(
    unit="清河县支行",
    unit_id=4,
    day=FRIDAY,
    branches=8,
    at_branch=False,
    idle=[("城南支行", 2)],
    overdue=2,
    overdue_units=["城北支行"],
    passed=3,
    again=1,
    answered=46,
    expected=48,
    weakest=WEAK,
    change=2,
)
QUIET = replace(FULL, idle=[], overdue=0, passed=0, again=0, weakest=(), change=None)


def _units(words: Words) -> Message:
    def row(i: int, name: str, *figures: int) -> boards.UnitRow:
        answered, expected, right, asked = figures
        return boards.UnitRow(
            unit_id=30 + i,
            name=name,
            answered=answered,
            expected=expected,
            right=right,
            asked=asked,
            is_branch=name != "清河县支行",
        )

    rows = [row(0, "城东支行", 5, 6, 21, 25), row(1, "清河县支行", 46, 48, 201, 230), row(2, "城南支行", 0, 0, 0, 0)]
    return boards.units(words, unit="云溪市分行", day=TODAY, rows=rows, up=3)


def _worst(words: Words) -> Message:
    return boards.worst(words, unit="清河县支行", weak=WEAK, minimum=10)


LEADERS: dict[str, Moment] = {
    "evening told, passed": lambda w: evening.told(
        w, name="王芳", checkpoint=POINT, outcome=w("evening.outcome_pass", right=4, of=5)
    ),
    "evening told, failed": lambda w: evening.told(
        w, name="王芳", checkpoint=POINT, outcome=w("evening.outcome_fail", right=2, of=5, day=day_name(w, TOMORROW))
    ),
    "evening told, failed by the point": lambda w: evening.told(
        w,
        name="王芳",
        checkpoint=POINT,
        outcome=w("evening.outcome_fail_point", right=4, of=5, day=day_name(w, TOMORROW)),
    ),
    "evening told, not done": lambda w: evening.told(
        w, name="王芳", checkpoint=POINT, outcome=w("evening.outcome_missed", day=day_name(w, TOMORROW))
    ),
    "tonight": lambda w: _tonight(w, "proposed"),
    "tonight, two": lambda w: _tonight(w, "proposed", "proposed"),
    "tonight, with others": _tonight_others,
    "tonight, policy confirms": lambda w: _tonight(w, "proposed", policy=Policy(unconfirmed="confirm")),
    "tonight, confirmed": lambda w: _tonight(w, "confirmed", "excused", done=w("tonight.confirmed", n=1)),
    "tonight, own case left": lambda w: _tonight(
        w, "confirmed", "proposed", done=w("tonight.confirmed", n=1) + w("tonight.own")
    ),
    "tonight, later": lambda w: _tonight(w, "called", "passed", "again", "verified"),
    "tonight, nobody": _tonight,
    "tonight, all let go": lambda w: _tonight(w, "excused", "lapsed"),
    "lapsed": lambda w: evening.lapsed(w, 2),
    "case": lambda w: _case(w, "proposed", following=10),
    "case, decided": lambda w: _case(
        w, "confirmed", following=None, lead=w("case.done", name="王芳", state=w("state.confirmed"))
    ),
    "case, busy tonight": lambda w: _case(w, "confirmed", following=None, lead=w("case.busy", name="王芳")),
    "case, passed": lambda w: _case(w, "passed", following=None),
    "review": lambda w: _review(w, _reviewed("王芳", 5), _reviewed("孙丽", 4, "假币收缴"), _reviewed("李强", 2)),
    "review, all passed": lambda w: _review(w, _reviewed("王芳", 5)),
    "review, nobody passed": lambda w: _review(w, _reviewed("李强", 2)),
    "review held": lambda w: Message(body=w("review.thanks")),
    "missing": lambda w: _missing(w, 4),
    "missing, nobody": lambda w: _missing(w, 0),
    "skipped": lambda w: people.skipped(w, at=time(8, 3), until=time(17, 30)),
    "board": lambda w: board_of(w, TOP, own=2),
    "board, nobody yet": lambda w: board_of(w, (), own=None, more=(Button(w("menu.tonight"), "tn:4"),)),
    "summary": lambda w: boards.summary(w, FULL),
    "summary, a quiet day": lambda w: boards.summary(w, QUIET),
    "summary, one branch": lambda w: boards.summary(
        w, replace(QUIET, unit="城东支行", branches=1, at_branch=True, passed=1, change=-3)
    ),
    "summary, nothing held": lambda w: boards.summary(w, replace(QUIET, answered=0, expected=0, branches=0)),
    "no drill": lambda w: boards.no_drill(w, ["城南支行"]),
    "units": _units,
    "units, none": lambda w: boards.units(w, unit="城东支行", day=TODAY, rows=(), up=None),
    "worst": _worst,
    "worst, too early": lambda w: boards.worst(w, unit="清河县支行", weak=(), minimum=10),
    "unknown year": lambda w: people.unknown_year(w, 2027),
    "unreachable": lambda w: people.unreachable(w, ["王芳"], "telegram"),
    "unreachable by WeCom's app": lambda w: people.unreachable(w, [f"员工{n}" for n in range(1, 31)], "wecom"),
    "unreachable by WeCom's bot": lambda w: people.unreachable(w, ["王芳", "李强"], "wecom-bot"),
}
