"""Who may do what: posts, roles, acts, and the one table that joins them. On whom is decided by the unit's path."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Post(StrEnum):
    """The work a member of staff is drilled for."""

    TELLER = "teller"
    LOBBY = "lobby"
    GUARD = "guard"


class Role(StrEnum):
    """A role is held on a unit and reaches everything below it."""

    STAFF = "staff"  # is drilled
    TRAINER = "trainer"  # runs the meeting and decides who stays
    MANAGER = "manager"  # reads the figures; on a branch, its head, who also decides
    INSPECTOR = "inspector"  # reads, from the county's side
    ADMIN = "admin"  # keeps the staff list and lets people in


class Act(StrEnum):
    """What somebody may want to do; one word per decision that needs a right."""

    ANSWER = "answer"
    SEE_OWN = "see-own"
    SET_OWN = "set-own"
    ASK_LEAVE = "ask-leave"
    SEE_BOARD = "see-board"
    SEE_TONIGHT = "see-tonight"
    SEE_MISSING = "see-missing"
    NUDGE = "nudge"
    DECIDE_CASE = "decide-case"
    GRANT_LEAVE = "grant-leave"
    HOST = "host"
    SEE_SUMMARY = "see-summary"
    SEE_UNITS = "see-units"
    SEE_WORST = "see-worst"
    INVITE = "invite"
    SEE_PERSON = "see-person"
    SET_DAY = "set-day"
    LINK_GROUP = "link-group"
    EDIT_ROSTER = "edit-roster"
    ENTER_FINDING = "enter-finding"
    SEE_RECORDINGS = "see-recordings"
    NOTE_RECORDING = "note-recording"
    PLAY = "play"
    EXPORT = "export"
    APPEAL = "appeal"


_STAFF = {Act.ANSWER, Act.SEE_OWN, Act.SET_OWN, Act.ASK_LEAVE, Act.SEE_BOARD, Act.PLAY, Act.APPEAL}
_LEADS = {
    Act.SET_OWN,
    Act.SEE_BOARD,
    Act.SEE_TONIGHT,
    Act.SEE_MISSING,
    Act.SEE_PERSON,
    Act.NUDGE,
    Act.DECIDE_CASE,
    Act.GRANT_LEAVE,
    Act.HOST,
    Act.SET_DAY,
    Act.LINK_GROUP,
    Act.ENTER_FINDING,
    Act.SEE_RECORDINGS,
    Act.NOTE_RECORDING,
    Act.PLAY,
    Act.EXPORT,
    Act.APPEAL,
}
_READS = {Act.SET_OWN, Act.SEE_BOARD, Act.SEE_SUMMARY, Act.SEE_UNITS, Act.SEE_WORST}

MAY: Mapping[Role, frozenset[Act]] = {
    Role.STAFF: frozenset(_STAFF),
    Role.TRAINER: frozenset(_LEADS | {Act.SEE_WORST}),
    Role.MANAGER: frozenset(_LEADS | _READS),
    Role.INSPECTOR: frozenset(_READS | {Act.ENTER_FINDING, Act.SEE_RECORDINGS}),
    Role.ADMIN: frozenset({Act.SET_OWN, Act.INVITE, Act.EDIT_ROSTER, Act.SET_DAY, Act.LINK_GROUP, Act.SEE_UNITS}),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody holds: on the unit with this path, until this day inclusive, as a deputy does (None: without
    end)."""

    role: Role
    path: str
    until: date | None = None


def below(path: str, top: str) -> bool:
    """Whether a unit is another or lies under it. Paths look like /1/29/; the slash at the end keeps /1/2/ apart from
    /1/29/, and a `top` without one reaches nothing."""
    return top.endswith("/") and path.startswith(top)


def may(held: Iterable[Held], act: Act, path: str, day: date) -> bool:
    """Whether these roles allow an act on the unit with this path, on this day."""
    return any(act in MAY[h.role] and below(path, h.path) and (h.until is None or day <= h.until) for h in held)
