"""Every threshold and time of the plan, in one value; a unit's edition may change any of them.

SP-xx are the plan's own sentences (domain facts §1), "learning" the measured facts on learning, "default" ours
alone."""

from dataclasses import dataclass
from datetime import time
from fractions import Fraction
from typing import Literal

from drills.day import Slot, Step
from drills.run_sheet import ORDER, USUAL, Sheet, Stage, sheet

_END = time(23, 59, 59)
_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The defaults, each with its source. Times are of the branch's own day and inside its paid hours (DESIGN §1);
    days are calendar days unless they say working days; rates are exact."""

    dose: int = 5
    """Questions a morning: learning §5, N = 5, about three minutes."""
    evening_dose: int = 5
    """Fresh questions an evening: SP-40 (training and drill), number from DESIGN §9."""
    evening_pass: int = 4
    """Right answers that pass it, the missed checkpoint among them: learning §6.2, DESIGN §9."""
    scene_pass: int = 7
    """Points of ten that pass a scene: default; what is required must be there and nothing forbidden besides."""
    repeat_days: int = 30
    """A critical item missed again at most so many days later keeps somebody: DESIGN §9, learning §6.2 tier B. (SP-19
    and SP-20 punish "the same problem again" without a span.)"""
    rolling_days: int = 5
    """Working days that figures look back over: DESIGN §9. Learning §6.1: five days under 80 % find .63 of the weak at
    precision .61, one day .38 at .46."""
    rolling_min: int = 15
    """First attempts before figures say anything, three full mornings: DESIGN §9."""
    rolling_rate: Fraction = Fraction(4, 5)
    """Under this share of right answers one stays: DESIGN §9. A person who answers 80 % of the bank is what learning
    §6.1 calls weak; the plan's own 92, 95 and 98 (SP-07 to SP-09) are of a branch, under shopper's eyes."""
    watch_rate: Fraction = Fraction(17, 20)
    """Under this share the trainer is told: default, one answer in twenty above the line."""
    spare_days: int = 3
    """After a passed evening, figures keep nobody for so many days: learning §6.2 ("no statistical flag for 3
    days")."""
    board_min: int = 3
    """Answers before somebody is ranked on a day's board: DESIGN §9 (minimum counts), number default."""
    board_min_week: int = 10
    """The same of a week's board: default, two full mornings."""
    board_min_month: int = 30
    """The same of a month's: default, six full mornings."""
    board_min_stage: int = 60
    """The same of a stage's: default, twelve full mornings."""
    board_prior: int = 50
    """So many answers at everybody's common rate are added to each branch and unit before they are ranked, so that a
    branch of three is not first by luck: default, two mornings of a branch of five."""
    board_names: Literal["top", "own"] = "top"
    """Whether the best are named on a board of persons, or everybody sees only their own place: DESIGN §9, LG-12."""
    board_visibility: Literal["own", "county"] = "county"
    """Whether a branch sees its place among the branches of its county, with the names of the best three: default."""
    streak_freezes: int = 2
    """Working days a calendar month that may be missed without ending a streak: default (issue 6)."""
    stage_targets: tuple[int, int, int] = (92, 95, 98)
    """Inspection scores out of 100 by stage of four months: SP-07, SP-08, SP-09."""
    spacing: tuple[int, ...] = (2, 4, 9, 21)
    """Days until a question right on 1, 2, 3, 4 days in a row is asked again. Default: steps that roughly double, in
    the 1-3 weeks Cepeda et al. 2008 found best for a quarter's delay; their form matters little (Latimier et al.
    2021)."""
    unconfirmed: Literal["lapse", "confirm"] = "lapse"
    """What becomes of proposals nobody confirmed by `settle`: DESIGN §9."""
    cleared_by: int = 2
    """A miss of a critical item is forgiven once the item was right on so many later days: default, measured by
    `rehearse` (decision 24)."""
    overdue_days: tuple[int, ...] = (0, 3, 7)
    """After how many days an evening not done is told one level higher: features facts, row 78."""
    finding_days: int = 5
    """For so many working days after a finding its checkpoint comes first in the branch's drills: default."""
    appeal_days: int = 3
    """So many working days after a mark, or after the last decision on a case, it may be appealed: DESIGN §9 (A13)."""
    judge_days: int = 5
    """So many working days after it was made an appeal is to be judged: DESIGN §9 (A13)."""
    evening_minutes: int = 15
    """What an evening is planned to take: default, five questions with their material."""
    scene_minutes: int = 5
    """What a scene of an evening may take, and counts at most: default, three to act and two to tick."""
    minutes_day: tuple[int, int, int] = (30, 45, 60)
    """Evening minutes of a person in a day from which the trainer is warned, asked, and refused: overtime is normally
    at most an hour a day (domain LG-03, Labour Law art. 41)."""
    minutes_week: tuple[int, int, int] = (60, 90, 120)
    """The same in a week, from Monday: default."""
    minutes_month: tuple[int, int, int] = (180, 240, 300)
    """The same in a month: default, far below the 36 hours of overtime that the law allows altogether (LG-03)."""
    proof: Literal["references", "files"] = "references"
    """Whether an evening is proved by references to recordings only, or also by files that the person sends: DESIGN §9,
    LG-07. A file is taken only with that person's own consent besides."""
    proof_days: int = 30
    """Days a file is kept: default, long enough for the appeal of A13 (3 + 5 working days)."""
    proof_megabytes: int = 20
    """The largest file, in MiB; more than 20 no platform brings (telegram facts, getFile)."""
    summary: time = time(7, 40)
    push: time = time(8, 3)
    """Never on the hour or half hour, when every bot of the country pushes: DESIGN §1."""
    review: time = time(8, 15)
    """With the meeting: SP-41, reviewed at the next day's morning meeting."""
    stages: tuple[int, ...] = USUAL
    """Minutes of the meeting's stages, in their usual order; 0 leaves one out: domain facts §5."""
    stage_order: tuple[Stage, ...] = ORDER
    """The order in which the meeting goes through them: domain facts §5."""
    meeting_most: int = 45
    """Minutes after which a meeting that nobody ended is over: default, three times the usual."""
    remind: time = time(8, 33)
    """One that runs into the meeting waits until it has ended: DESIGN §1."""
    reminder: bool = True
    """Whether anybody is reminded at all: default; some branches answer in the meeting, together."""
    close: time = time(8, 45)
    propose: time = time(9, 0)
    no_drill: time = time(9, 5)
    handover: time = time(10, 3)
    """When the county's department hears which recordings of last evening are known and which are missing (SP-42)."""
    settle: time = time(11, 30)
    tell_by: time = time(12, 0)
    """The latest to hear that one stays, so that a child can be fetched: DESIGN §1."""
    makeup_until: time = time(17, 30)
    """No answer is made up for, not stayed for: DESIGN §9 tier C."""
    evening: time = time(17, 40)
    """SP-40: the same evening."""
    evening_until: time = time(21, 0)
    invitation_hours: int = 72
    """An invitation's life: default."""
    guesses_per_hour: int = 5
    """Wrong invitation codes from one address: default."""
    guesses_altogether: int = 100
    """And from all addresses in an hour together: default."""

    @property
    def sheet(self) -> Sheet:
        """The meeting's run sheet."""
        return sheet(self.stages, self.stage_order)


RISING = (
    ("push", "remind", "close", "propose", "settle", "makeup_until"),
    ("evening", "evening_until"),
    ("evening_pass", "evening_dose"),
)
"""Fields whose values may not fall from one to the next: a day that goes backwards would skip steps silently."""

MINIMA = ("board_min", "board_min_week", "board_min_month", "board_min_stage")
"""Nor these: where a longer window asked for less, a newcomer's five right answers would be the first place of it."""


def plan(policy: Policy) -> tuple[Slot, ...]:
    """The shape of a day: each step with the window in which taking it still makes sense. What only computes may be
    late by any number of hours; what speaks to people may not. A step moved beyond its usual window keeps an hour of
    its own."""
    return (
        Slot(Step.SUMMARY, policy.summary, _until(time(12, 0), policy.summary)),
        Slot(Step.DIGEST, policy.summary, _until(time(12, 0), policy.summary)),
        Slot(Step.PUSH, policy.push, _before(policy.close, 5, policy.push)),
        Slot(Step.REVIEW, policy.review, _until(time(9, 30), policy.review)),
        *([Slot(Step.REMIND, policy.remind, policy.close)] if policy.reminder else []),
        Slot(Step.CLOSE, policy.close, _END),
        Slot(Step.PROPOSE, policy.propose, _END),
        Slot(Step.NO_DRILL, policy.no_drill, _until(time(12, 0), policy.no_drill)),
        Slot(Step.HANDOVER, policy.handover, _until(time(18, 0), policy.handover)),
        Slot(Step.SETTLE, policy.settle, _END),
        Slot(Step.CALL, policy.evening, _before(policy.evening_until, 30, policy.evening)),
        Slot(Step.EVENING_CLOSE, policy.evening_until, _END),
    )


def _until(usual: time, start: time) -> time:
    """The usual end of a window, or an hour after its start where that is later."""
    later = _minute(start) + 60
    return max(usual, _END if later >= _MINUTES else time(*divmod(later, 60)))


def _before(end: time, minutes: int, start: time) -> time:
    """So many minutes before the end, to leave time to answer; of a short span, its middle."""
    return time(*divmod(max(_minute(end) - minutes, (_minute(start) + _minute(end)) // 2), 60))


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute
