"""A simulated member of staff: knows some checkpoints, learns from verdicts, forgets overnight. Dice come in."""

from dataclasses import dataclass, field
from random import Random

from drills.marking import Shown

LEARN_WRONG, LEARN_RIGHT, FORGET = 0.35, 0.08, 0.015


@dataclass(slots=True)
class Mind:
    """`ability` is the chance of knowing a checkpoint never drilled; `diligence` the chance of answering before one is
    reminded; `shirks` that of leaving a day's questions lying, reminder, make-up and all; `blind` are checkpoints that
    stay unknown whatever happens; the first of `stumbling` that is asked becomes one of them; `known` moves with
    practice."""

    rng: Random
    ability: float
    diligence: float
    shirks: float = 0.0
    blind: frozenset[str] = frozenset()
    stumbling: frozenset[str] = frozenset()
    known: dict[str, float] = field(default_factory=dict)

    def comes_today(self) -> bool:
        """Whether this person answers today without being reminded."""
        return self.rng.random() < self.diligence

    def shirks_today(self) -> bool:
        """Whether this person answers nothing today. Who never shirks throws no dice."""
        return self.shirks > 0 and self.rng.random() < self.shirks

    def answer(self, shown: Shown, checkpoint: str) -> str:
        """What this person says: indexes parted by commas, or a number."""
        if checkpoint in self.stumbling:
            self.blind, self.stumbling = self.blind | {checkpoint}, frozenset()
        knows = self.rng.random() < self.chance(checkpoint)
        self.learn(checkpoint, knew=knows)
        return self._right(shown) if knows else self._wrong(shown)

    def chance(self, checkpoint: str) -> float:
        """How likely this person knows a checkpoint now."""
        return 0.02 if checkpoint in self.blind else self.known.get(checkpoint, self.ability)

    def learn(self, checkpoint: str, *, knew: bool) -> None:
        """A verdict with its reason teaches; a wrong one more."""
        before = self.known.get(checkpoint, self.ability)
        self.known[checkpoint] = before + (1 - before) * (LEARN_RIGHT if knew else LEARN_WRONG)

    def sleep(self) -> None:
        """A night's forgetting, towards what one knew before."""
        for checkpoint, chance in self.known.items():
            self.known[checkpoint] = chance - (chance - self.ability) * FORGET

    def _right(self, shown: Shown) -> str:
        if shown.answer is not None:
            return str(float(shown.answer)).removesuffix(".0")
        return ",".join(str(i) for i in sorted(shown.right))

    def _wrong(self, shown: Shown) -> str:
        if shown.answer is not None:
            return str(float(shown.answer) + self.rng.choice([1, 2, 5, 10])).removesuffix(".0")
        if shown.kind == "truth":
            return "1" if 0 in shown.right else "0"
        if shown.kind == "several":
            chosen = set(shown.right) ^ {self.rng.randrange(len(shown.options))}
            return ",".join(str(i) for i in sorted(chosen or {self.rng.randrange(len(shown.options))}))
        return str(self.rng.choice([i for i in range(len(shown.options)) if i not in shown.right]))
