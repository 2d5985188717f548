"""All tables. Rows are built from typed values only: a table class validates nothing by itself."""

from bot.store.tables.drill import Answer, CaseStep, Doubt, Edition, Sitting, Slot, StepDone, TrainingCase
from bot.store.tables.people import Absence, Closing, Guess, Invitation, Link, Person, RoleHeld, Unit
from bot.store.tables.post import Awaited, Heard, LetterRow, Process

__all__ = [
    "Absence",
    "Answer",
    "Awaited",
    "CaseStep",
    "Closing",
    "Doubt",
    "Edition",
    "Guess",
    "Heard",
    "Invitation",
    "LetterRow",
    "Link",
    "Person",
    "Process",
    "RoleHeld",
    "Sitting",
    "Slot",
    "StepDone",
    "TrainingCase",
    "Unit",
]
