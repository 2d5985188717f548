"""Parcels: letters of one body go out together, in as few calls as their channel allows. Nothing is sent here.

A push is made branch by branch, so a parcel that is not full waits while branches are still at it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.chat.message import Message
from bot.store.outbox import BORN, Claimed

PATIENCE = 40
"""Rounds that a parcel which is not full waits at most."""
Parcel = list[Claimed]
Alike = tuple[str, Message | None, int, int]
"""The channel, what is said, the letter that is one of its kind (else 0), the how-many-eth try it is."""


@dataclass(slots=True)
class _Open:
    letters: Parcel = field(default_factory=list)
    rounds: int = 0


class Packing:
    """Letters on their way to being sent."""

    def __init__(self, together: Mapping[str, int]) -> None:
        """`together`: how many letters of one body each channel takes at a time."""
        self._together = together
        self._open: dict[Alike, _Open] = defaultdict(_Open)

    def __bool__(self) -> bool:
        return bool(self._open)

    def inside(self) -> Counter[str]:
        """How many letters of each channel wait here."""
        return Counter(letter.channel for parcel in self._open.values() for letter in parcel.letters)

    def add(self, letters: Iterable[Claimed]) -> None:
        """Take what a round brings."""
        for letter in letters:
            self._open[_kind(letter)].letters.append(letter)

    def ready(self, *, more: bool) -> list[Parcel]:
        """A round is over: what goes now. `more`: others of their kind may be coming."""
        return [parcel for kind in list(self._open) for parcel in self._of(kind, more=more)]

    def _of(self, kind: Alike, *, more: bool) -> list[Parcel]:
        parcel, together = self._open[kind], self._together[kind[0]]
        parcel.rounds += 1
        waits = more and parcel.rounds <= PATIENCE and self._may_grow(kind)
        kept = len(parcel.letters) % together if waits else 0
        going, parcel.letters = (
            parcel.letters[: len(parcel.letters) - kept],
            parcel.letters[len(parcel.letters) - kept :],
        )
        if not parcel.letters:
            del self._open[kind]
        return [going[at : at + together] for at in range(0, len(going), together)]

    def _may_grow(self, kind: Alike) -> bool:
        """An answer is one of its kind. What is sent again goes as it went before, so that a platform that drops
        repetitions knows it."""
        _, _, alone, tries = kind
        return not alone and tries == BORN


def packed(together: Mapping[str, int], letters: Iterable[Claimed]) -> list[Parcel]:
    """Parcels of these letters, none of which waits."""
    packing = Packing(together)
    packing.add(letters)
    return packing.ready(more=False)


def _kind(letter: Claimed) -> Alike:
    alone = letter.id if letter.handle or letter.toast else 0
    return letter.channel, letter.message, alone, letter.token
