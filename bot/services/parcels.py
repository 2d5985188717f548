"""Parcels: letters of one body go out together, in as few calls as their channel allows. Nothing is sent here.

A push is made branch by branch, so a parcel that is not full waits as long as each round brings more of its kind."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.chat.channel import Channel
from bot.chat.message import Message
from bot.store.outbox import BORN, Claimed

PATIENCE = 40
"""Rounds that a growing parcel is waited for at most."""
Parcel = list[Claimed]
Alike = tuple[str, Message | None, int, int]
"""The channel, what is said, the letter that is one of its kind (else 0), the how-many-eth try it is."""


@dataclass(slots=True)
class _Open:
    letters: Parcel = field(default_factory=list)
    rounds: int = 0
    grew: bool = False


class Packing:
    """Letters on their way to being sent."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels
        self._open: dict[Alike, _Open] = defaultdict(_Open)

    def __bool__(self) -> bool:
        return bool(self._open)

    def inside(self) -> Counter[str]:
        """How many letters of each channel wait here."""
        return Counter(letter.channel for parcel in self._open.values() for letter in parcel.letters)

    def add(self, letters: Iterable[Claimed]) -> None:
        """Take what a round brings."""
        for letter in letters:
            parcel = self._open[_kind(letter)]
            parcel.letters.append(letter)
            parcel.grew = True

    def ready(self, *, everything: bool = False) -> list[Parcel]:
        """A round is over: what goes now."""
        return [parcel for kind in list(self._open) for parcel in self._of(kind, everything=everything)]

    def _of(self, kind: Alike, *, everything: bool) -> list[Parcel]:
        parcel, together = self._open[kind], self._channels[kind[0]].limits.together
        parcel.rounds += 1
        waits = parcel.grew and parcel.rounds <= PATIENCE and self._may_grow(kind)
        kept = len(parcel.letters) % together if waits and not everything else 0
        going, parcel.letters = (
            parcel.letters[: len(parcel.letters) - kept],
            parcel.letters[len(parcel.letters) - kept :],
        )
        parcel.grew = False
        if not parcel.letters:
            del self._open[kind]
        return [going[at : at + together] for at in range(0, len(going), together)]

    def _may_grow(self, kind: Alike) -> bool:
        """An answer is one of its kind. What is sent again goes as it went before, so that a platform that drops
        repetitions knows it."""
        _, _, alone, tries = kind
        return not alone and tries == BORN


def packed(channels: Mapping[str, Channel], letters: Iterable[Claimed]) -> list[Parcel]:
    """Parcels of these letters, none of which waits."""
    packing = Packing(channels)
    packing.add(letters)
    return packing.ready(everything=True)


def _kind(letter: Claimed) -> Alike:
    alone = letter.id if letter.handle or letter.toast else 0
    return letter.channel, letter.message, alone, letter.token
