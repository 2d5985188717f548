"""What a branch's group sees of the morning: how many have finished, in one message, which becomes the board."""

from collections.abc import Callable
from datetime import date

from bot.chat.message import Message
from bot.chat.words import LANGUAGES, Words
from bot.services.caller import known, local
from bot.services.duty import deciders, on_duty, opens
from bot.services.sittings import at
from bot.services.standing import standing
from bot.store import groups, people, sittings, steps, units
from bot.store.following import keep_told
from bot.store.tables import GroupChat, Unit
from bot.store.turn import Reader, Turn
from bot.views import groups as views
from drills.day import Step
from drills.sitting import Kind

COUNT, BOARD = 7, 6  # urgency: a push, a reminder, a person's own result go first


def language(turn: Reader, group: GroupChat) -> Words:
    """The language a group is spoken to in: that of whoever linked it, else of who leads the branch."""
    if group.linked_by is not None:
        return turn.words[people.get(turn, group.linked_by).language]
    leaders = deciders(turn, units.get(turn, group.unit_id))
    return turn.words[leaders[0].language if leaders else LANGUAGES[0]]


def show(turn: Turn, unit: Unit, day: date) -> None:
    """Say how many have finished, while the morning runs. Who counts holds the group, so the last count is true. Where
    a message can't be changed each count would be another one: there only the board is told."""
    every = [group for group in groups.hold(turn, known(unit.id)) if group.changes]
    if not every:
        return
    policy = turn.in_force(unit.path).policy
    closes = at(unit, day, policy.close)
    if turn.now >= closes or Step.CLOSE in steps.done(turn, known(unit.id), day):
        return
    if not opens(turn, unit, turn.in_force(unit.path), day):
        return
    progress = sittings.progress(turn, known(unit.id), day, Kind.MORNING)
    duty = {known(p.id) for p in on_duty(turn, unit, day)}
    finished = sum(answered >= of for person, (_, of, answered) in progress.items() if person in duty)
    if not progress or not duty:
        return
    for group in every:
        message = views.live(language(turn, group), finished=finished, of=len(duty), closes=policy.close)
        keep_told(turn, group, _occasion(unit, day), message, urgency=COUNT, expires_at=closes)


def say(turn: Turn, unit: Unit, day: date, message: Callable[[Words], Message]) -> None:
    """Say something else in the place of the count."""
    for group in groups.hold(turn, known(unit.id)):
        keep_told(turn, group, _occasion(unit, day), message(language(turn, group)), urgency=COUNT)


def close(turn: Turn, unit: Unit, day: date) -> None:
    """The count becomes the board. A day on which nothing was asked has none."""
    every = groups.hold(turn, known(unit.id))
    if not every or not sittings.progress(turn, known(unit.id), day, Kind.MORNING):
        return
    values = standing(turn, unit, day)
    for group in every:
        keep_told(turn, group, _occasion(unit, day), views.board(language(turn, group), values), urgency=BOARD)


def board(turn: Reader, group: GroupChat) -> Message:
    """The group's board, as it stands."""
    unit = units.get(turn, group.unit_id)
    return views.board(language(turn, group), standing(turn, unit, local(turn, unit).date()))


def _occasion(unit: Unit, day: date) -> str:
    return f"morning/{day}/{unit.id}"
