"""The evening itself: the card with the material, the scene that follows, how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.message import Button, Message, Tone
from bot.chat.words import Words
from bot.views.quiz import key_text
from bot.views.text import clock, day_name
from drills.policy import Policy
from drills.study import Study

NAMES = 3  # colleagues, side by side


def material(words: Words, *, checkpoint: str, read: Study) -> Message:
    """The rule in three lines, what to say, a worked sum, and where it says so."""
    lines = [*read.rule]
    if read.say:
        lines += [words("material.say"), *read.say]
    if read.sum is not None:
        lines.append(words("material.sum", stem=read.sum.stem, answer=key_text(words, read.sum), why=read.why))
    note = words("material.source", source=read.source) if read.source else ""
    return Message(title=words("material.title", checkpoint=checkpoint), body="\n".join(lines), note=note)


def call(  # noqa: PLR0913 -- the card, each part of its own kind
    words: Words,
    *,
    checkpoint: str,
    lines: Sequence[str],
    n: int,
    sitting: int,
    policy: Policy,
    scene: bool = False,
    source: str = "",
    more: int | None = None,
) -> Message:
    """17:40: the material with its `source` first (`more` of it under the case with this id), then five fresh
    questions, then a `scene` where there is one."""
    until = clock(policy.evening_until)
    enough = max(1, n - (policy.evening_dose - policy.evening_pass))  # as drills.cases.passed has it
    how = words("call.body", n=n, pass_mark=enough, until=until)
    how += "\n" + words("call.scene") if scene else ""
    start = Button(words("call.start", n=n), f"s:{sitting}")
    title = words("call.title", checkpoint=checkpoint)
    look = (Button(words("call.more"), f"m:{more}"),) if more else ()
    told = [*lines, *([words("material.source", source=source)] if source else [])]
    return Message(title=title, body="\n".join(told), note=how, buttons=((start, *look),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an evening ended. `evening` is the next one when it has to be done again; `scene` whether its scene was
    passed, None without one."""

    passed: bool
    right: int
    of: int
    checkpoint: str
    checkpoint_right: bool
    evening: date
    case: int
    scene: bool | None = None


def scene(
    words: Words, result: Outcome, *, title: str, named: Sequence[tuple[str, int]], policy: Policy, lead: str
) -> Message:
    """The questions are passed, the scene is left: whom to ask."""
    names = [Button(name, f"sce:{result.case}:{person}") for name, person in named]
    return Message(
        lead=lead,
        tone=Tone.RIGHT if lead else Tone.PLAIN,
        title=words("evening.scene", of=result.of, right=result.right),
        body=words("evening.scene_body", title=title),
        note=words("evening.scene_note", until=clock(policy.evening_until)),
        buttons=tuple(tuple(names[i : i + NAMES]) for i in range(0, len(names), NAMES)),
    )


def outcome(words: Words, result: Outcome, *, lead: str, policy: Policy) -> Message:
    """Told to the person right after the last question."""
    tone = Tone.RIGHT if lead else Tone.PLAIN
    if result.passed:
        title = words("evening.passed", of=result.of, right=result.right)
        return Message(lead=lead, tone=tone, title=title, body=words("evening.passed_body"))
    title = words("evening.again" if result.scene is None else "evening.scene_again", of=result.of, right=result.right)
    body = words("evening.again_body", day=day_name(words, result.evening), time=clock(policy.evening))
    note = "" if result.checkpoint_right else words("evening.missed_point", checkpoint=result.checkpoint)
    look = Button(words("stay.material"), f"m:{result.case}")
    return Message(lead=lead, tone=tone, title=title, body=body, note=note, buttons=((look,),))


def told(words: Words, *, name: str, checkpoint: str, outcome: str) -> Message:
    """One line to the trainer when an evening has ended."""
    return Message(body=words("evening.told", name=name, checkpoint=checkpoint, outcome=outcome))
