"""What trainers, hosts, managers and admins read, moment by moment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views import boards, evening, hosting, people, retraining, summary
from bot.views.text import day_label, day_name
from drills.boards import By
from drills.policy import Policy
from drills.windows import Span, window
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


def board_values(top: Sequence[boards.Top], own: int | None) -> boards.Board:
    return boards.Board(
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
        window=window(Span.DAY, TODAY),
    )


def board_of(
    words: Words,
    top: Sequence[boards.Top],
    *,
    own: int | None,
    more: Sequence[Button] = (),
    scopes: Sequence[By] = (),
) -> Message:
    links = boards.Links(unit=4, day=TODAY, today=TODAY, scopes=scopes)
    return boards.board(words, board_values(top, own), links=links, more=more)


def _week(words: Words, *, by: By = By.PERSON, day: date = TODAY, **others: Any) -> Message:  # noqa: ANN401 - any field of a board
    """A week's board of a branch, as its head reads it."""
    values = replace(board_values(TOP, None), answered=27, expected=30, right=118, asked=135, minimum=10, by=by)
    values = replace(values, day=day, window=window(Span.WEEK, day), **others)
    links = boards.Links(unit=4, day=day, today=TODAY, scopes=list(By)[:3])
    return boards.board(words, values, links=links)


def _teams(words: Words) -> Message:
    names = (words("team.teller"), words("team.lobby"))
    teams = [boards.Top(place=i, name=n, right=60 - i, asked=65) for i, n in enumerate(names[:1], 1)]
    return _week(words, by=By.TEAM, top=teams)


def _county(words: Words) -> Message:
    best = [boards.Top(place=i, name=n, right=280 - i, asked=300) for i, n in enumerate(("城东支行", "城南支行"), 1)]
    values = replace(board_values(best, None), unit="清河县支行", answered=912, expected=960, right=3800, asked=4320)
    stage_ = replace(values, window=window(Span.STAGE, TODAY), by=By.BRANCH, minimum=60, target=98, of=8)
    links = boards.Links(unit=4, day=TODAY, today=TODAY, scopes=[By.BRANCH])
    return boards.board(words, stage_, links=links, more=[Button(words("summary.units"), "u:4")])


def _beside(words: Words) -> Message:
    best = [boards.Top(place=i, name=n, right=0, asked=0) for i, n in enumerate(("城南支行", "城东支行"), 1)]
    return _week(words, by=By.BRANCH, top=best, own=2, of=8, beside=True)


def _missing(words: Words, n: int) -> Message:
    names = ("李强", "老周", "马超", "何静")
    waiting = [boards.Waiting(name=name, answered=i, of=5) for i, name in enumerate(names[:n])]
    return boards.missing(words, waiting, duty=6, unit=29, day=TODAY)


WEAK = (
    summary.Weak(checkpoint="假币收缴", right=18, asked=29, change=-8),
    summary.Weak(checkpoint="叫号举手", right=21, asked=31),
)
FULL = summary.Summary(
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
    target=98,
)
WEEK = summary.Digest(
    unit="清河县支行",
    unit_id=4,
    at_branch=False,
    first=date(2026, 11, 16),
    last=date(2026, 11, 22),
    answered=228,
    expected=240,
    right=980,
    asked=1140,
    change=2,
    best=["城东支行", "城南支行", "北关支行"],
    weakest=(),
    twice=["假币收缴", "叫号举手"],
    evenings=0,
    passed=0,
    doubts=0,
)
OWN_WEEK = replace(
    WEEK,
    unit="城东支行",
    at_branch=True,
    answered=28,
    expected=30,
    right=118,
    asked=140,
    best=["何静", "王芳", "孙丽"],
    weakest=WEAK,
    twice=["假币收缴"],
    evenings=4,
    passed=3,
    doubts=1,
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
    return summary.worst(words, unit="清河县支行", weak=WEAK, minimum=10)


LEADERS: dict[str, Moment] = {
    "evening told, passed": lambda w: retraining.told(
        w, name="王芳", checkpoint=POINT, outcome=w("evening.outcome_pass", right=4, of=5)
    ),
    "evening told, failed": lambda w: retraining.told(
        w, name="王芳", checkpoint=POINT, outcome=w("evening.outcome_fail", right=2, of=5, day=day_name(w, TOMORROW))
    ),
    "evening told, failed by the point": lambda w: retraining.told(
        w,
        name="王芳",
        checkpoint=POINT,
        outcome=w("evening.outcome_fail_point", right=4, of=5, day=day_name(w, TOMORROW)),
    ),
    "evening told, scene failed": lambda w: retraining.told(
        w, name="王芳", checkpoint=POINT, outcome=w("evening.outcome_scene", right=4, of=5, day=day_name(w, TOMORROW))
    ),
    "evening told, nobody ticked": lambda w: retraining.told(
        w, name="王芳", checkpoint=POINT, outcome=w("evening.outcome_unacted", right=4, of=5)
    ),
    "evening told, not done": lambda w: retraining.told(
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
    "board, of a leader": lambda w: board_of(
        w,
        TOP,
        own=None,
        more=(Button(w("menu.tonight"), "tn:4"), Button(w("menu.missing"), "ms:4")),
        scopes=list(By)[:3],
    ),
    "board, a week": _week,
    "board, a week gone by": lambda w: _week(w, day=date(2026, 11, 9)),
    "board, nobody is named": lambda w: _week(w, top=(), own=4, of=6, named=False),
    "board, teams": _teams,
    "board, branches of a stage": _county,
    "board, a branch beside others": _beside,
    "summary": lambda w: summary.summary(w, FULL),
    "summary, a quiet day": lambda w: summary.summary(w, QUIET),
    "summary, one branch": lambda w: summary.summary(
        w, replace(QUIET, unit="城东支行", branches=1, at_branch=True, passed=1, change=-3)
    ),
    "summary, who held none": lambda w: summary.idle(w, FULL.unit_id, FULL.day, [("城南支行", 31, 2)]),
    "summary, what is overdue": lambda w: summary.overdue(
        w, FULL.unit_id, FULL.day, [("城北支行", "王芳", POINT), ("城北支行", "", "假币收缴")]
    ),
    "summary, nobody overdue": lambda w: summary.overdue(w, QUIET.unit_id, QUIET.day, []),
    "summary, everybody held one": lambda w: summary.idle(w, QUIET.unit_id, QUIET.day, []),
    "digest": lambda w: summary.digest(w, WEEK),
    "digest, of a branch": lambda w: summary.digest(w, OWN_WEEK),
    "summary, nothing held": lambda w: summary.summary(w, replace(QUIET, answered=0, expected=0, branches=0)),
    "no drill": lambda w: summary.no_drill(w, ["城南支行"]),
    "units": _units,
    "units, none": lambda w: boards.units(w, unit="城东支行", day=TODAY, rows=(), up=None),
    "worst": _worst,
    "worst, too early": lambda w: summary.worst(w, unit="清河县支行", weak=(), minimum=10),
    "unknown year": lambda w: people.unknown_year(w, 2027),
    "unreachable": lambda w: people.unreachable(w, ["王芳"], "telegram"),
    "unreachable by WeCom's app": lambda w: people.unreachable(w, [f"员工{n}" for n in range(1, 31)], "wecom"),
    "unreachable by WeCom's bot": lambda w: people.unreachable(w, ["王芳", "李强"], "wecom-bot"),
}
