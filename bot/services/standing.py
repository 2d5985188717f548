"""How a branch stands on a day: who took part, what was right, the top three. The same for everybody who may see it."""

from datetime import date

from bot.services.caller import known
from bot.services.duty import on_duty
from bot.services.morning import places
from bot.store import people
from bot.store.tables import Unit
from bot.store.turn import Reader
from bot.views import boards
from drills.boards import praised
from drills.windows import Span, Window

TOP = 3


def standing(turn: Reader, unit: Unit, day: date, own: int | None = None) -> boards.Board:
    """A branch's board, with the place of one person (`own`) if it is asked for."""
    duty, policy = on_duty(turn, unit, day), turn.in_force(unit.path).policy
    ranking, named = places(turn, unit, day), policy.board_names == "top"
    top = praised(ranking, TOP) if named else ()
    best = people.many(turn, [p.key for p in top])  # who has moved since still has a name
    return boards.Board(
        unit=unit.name,
        day=day,
        answered=len({p.key for p in ranking} & {known(p.id) for p in duty}),
        expected=len(duty),
        right=sum(p.right for p in ranking),
        asked=sum(p.asked for p in ranking),
        top=[boards.Top(place=p.place or 0, name=best[p.key].name, right=p.right, asked=p.asked) for p in top],
        own=next((p.place for p in ranking if p.key == own), None),
        of=sum(p.place is not None for p in ranking),
        minimum=policy.board_min,
        named=named,
        window=Window(Span.DAY, day, day),
    )
