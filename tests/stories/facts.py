"""What the database holds, in the words of the stories."""

from bot.store import cases
from bot.store.turn import Reader


def states(turn: Reader, person: int) -> list[tuple[str, str]]:
    """A person's cases: the state and the evening of each."""
    return [(case.state, case.evening.isoformat()) for case in cases.of_person(turn, person)]


def moves(turn: Reader, person: int) -> list[str]:
    """The steps a person's cases have taken."""
    return [step.event for case in cases.of_person(turn, person) for step in cases.steps(turn, case.id or 0)]
