"""The kinds of sitting, and which of them count."""

from enum import StrEnum


class Kind(StrEnum):
    """Why somebody has questions before them."""

    MORNING = "morning"  # the day's drill
    MAKEUP = "makeup"  # the same, later, for somebody who was silent in the morning
    EVENING = "evening"  # the retraining of a case
    RETRY = "retry"  # a critical item once more, right after its miss
    SHARED = "shared"  # the meeting's one question for everybody
    PRACTICE = "practice"  # of one's own will, or too late to count


COUNTED = frozenset({Kind.MORNING, Kind.MAKEUP})
"""Sittings whose answers are first attempts: they make figures, boards and lists. The others only teach."""
