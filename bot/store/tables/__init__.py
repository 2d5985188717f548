"""All tables. Rows are built from typed values only: a table class validates nothing by itself."""

from bot.store.tables.appeals import Appeal, Remark, Ruling
from bot.store.tables.contacts import ContactChange, DepartmentUnit
from bot.store.tables.drill import Answer, CaseStep, Doubt, Edition, Sitting, Slot, StepDone, TrainingCase
from bot.store.tables.meeting import Meeting, MeetingEvent
from bot.store.tables.people import (
    Absence,
    Closing,
    GroupChat,
    Guess,
    Hosting,
    Invitation,
    Link,
    Person,
    RoleHeld,
    Unit,
    UnitSetting,
    Upload,
)
from bot.store.tables.post import Awaited, Heard, LetterRow, Process
from bot.store.tables.proof import Consent, Proof, ProofBytes, Viewing
from bot.store.tables.retraining import Finding, Recording
from bot.store.tables.scenes import SceneMark, SceneRun

__all__ = [
    "Absence",
    "Answer",
    "Appeal",
    "Awaited",
    "CaseStep",
    "Closing",
    "Consent",
    "ContactChange",
    "DepartmentUnit",
    "Doubt",
    "Edition",
    "Finding",
    "GroupChat",
    "Guess",
    "Heard",
    "Hosting",
    "Invitation",
    "LetterRow",
    "Link",
    "Meeting",
    "MeetingEvent",
    "Person",
    "Process",
    "Proof",
    "ProofBytes",
    "Recording",
    "Remark",
    "RoleHeld",
    "Ruling",
    "SceneMark",
    "SceneRun",
    "Sitting",
    "Slot",
    "StepDone",
    "TrainingCase",
    "Unit",
    "UnitSetting",
    "Upload",
    "Viewing",
]
