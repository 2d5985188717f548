from dataclasses import fields
from fractions import Fraction

from drills.policy import Policy


def test_the_defaults_are_those_of_the_published_plan() -> None:
    """A change here is a change of the plan: say so in its source, in content/policy.yaml and in the change log."""
    policy = Policy()
    told = {f.name: getattr(policy, f.name) for f in fields(Policy)}
    times = {name: f"{value:%H:%M}" for name, value in told.items() if hasattr(value, "hour")}
    assert times == {
        "summary": "07:40",
        "push": "08:03",
        "review": "08:15",
        "remind": "08:33",
        "close": "08:45",
        "propose": "09:00",
        "no_drill": "09:05",
        "handover": "10:03",
        "settle": "11:30",
        "tell_by": "12:00",
        "makeup_until": "17:30",
        "evening": "17:40",
        "evening_until": "21:00",
    }
    assert {name: value for name, value in told.items() if name not in times} == {
        "dose": 5,
        "evening_dose": 5,
        "evening_pass": 4,
        "scene_pass": 7,
        "repeat_days": 30,
        "rolling_days": 5,
        "rolling_min": 15,
        "rolling_rate": Fraction(4, 5),
        "watch_rate": Fraction(17, 20),
        "spare_days": 3,
        "board_min": 3,
        "board_min_week": 10,
        "board_min_month": 30,
        "board_min_stage": 60,
        "board_prior": 50,
        "board_names": "top",
        "board_visibility": "county",
        "streak_freezes": 2,
        "stage_targets": (92, 95, 98),
        "reminder": True,
        "spacing": (2, 4, 9, 21),
        "stages": (1, 2, 2, 4, 4, 1, 1),
        "stage_order": ("roll", "look", "review", "question", "scene", "rule", "slogan"),
        "meeting_most": 45,
        "unconfirmed": "lapse",
        "cleared_by": 2,
        "overdue_days": (0, 3, 7),
        "finding_days": 5,
        "appeal_days": 3,
        "judge_days": 5,
        "evening_minutes": 15,
        "scene_minutes": 5,
        "minutes_day": (30, 45, 60),
        "minutes_week": (60, 90, 120),
        "minutes_month": (180, 240, 300),
        "proof": "references",
        "proof_days": 30,
        "proof_megabytes": 20,
        "invitation_hours": 72,
        "guesses_per_hour": 5,
        "guesses_altogether": 100,
    }
