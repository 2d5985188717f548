"""How a branch stands on a day: who took part, what was right, the top three. The same for everybody who may see it."""

from datetime import date

from bot.services.caller import known
from bot.services.duty import on_duty
from bot.services.morning import places
from bot.store import people
from bot.store.tables import Unit
from bot.store.turn import Reader
from bot.views import boards

TOP = 3


def standing(turn: Reader, unit: Unit, day: date, own: int | None = None) -> boards.Board:
    """A branch's board, with the place of one person (`own`) if it is asked for. The last are not among the top, unless
    all share the first place."""
    duty = on_duty(turn, unit, day)
    ranking = places(turn, unit, day)
    ranked = [p for p in ranking if p.place is not None]
    last = max((p.place or 0 for p in ranked), default=0)
    top = [p for p in ranked if p.right and (p.place or 0) <= TOP and (p.place == 1 or (p.place or 0) < last)]
    best = people.many(turn, [p.key for p in top])  # who has moved since still has a name
    return boards.Board(
        unit=unit.name,
        day=day,
        answered=len({p.key for p in ranking} & {known(p.id) for p in duty}),
        expected=len(duty),
        right=sum(p.right for p in ranking),
        asked=sum(p.asked for p in ranking),
        top=[boards.Top(place=p.place or 0, name=best[p.key].name, right=p.right, asked=p.asked) for p in top],
        own=next((p.place for p in ranked if p.key == own), None),
        of=len(ranked),
        minimum=turn.in_force(unit.path).policy.board_min,
    )
