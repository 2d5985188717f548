"""Scenes in words: the choice, the three parts, the ticks, the verdict."""

from collections.abc import Collection, Sequence

from bot.chat.message import Button, Message, Pick, Tone
from bot.chat.words import Words
from bot.views.text import letter, listed
from drills.scenes import FULL, Marked, Scene

MISSING_SHOWN = 3
"""So many lines of the rubric a verdict names: more is not learned at once, and a phone shows nine lines."""
ROW = 3


def _rows(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


def choose(words: Words, scenes: Sequence[Scene], *, unit: int) -> Message:
    """Which scene it shall be."""
    if not scenes:
        return Message(title=words("acting.none"), body=words("acting.none_body"))
    buttons = [Button(s.title, f"scw:{unit}:{s.code}") for s in scenes]
    return Message(title=words("acting.title"), body=words("acting.body"), buttons=_rows(buttons, 2))


def who(words: Words, what: str, scene: Scene, named: Sequence[tuple[str, str]], *, dice: str = "") -> Message:
    """Who acts, plays the customer, or marks (`what`)."""
    rows = _rows([Button(name, data) for name, data in named], ROW)
    drawn = ((Button(words("acting.dice"), dice),),) if dice else ()
    return Message(
        title=words(f"acting.who_{what}"), body=words("acting.of", title=scene.title), buttons=(*rows, *drawn)
    )


def begun(words: Words, scene: Scene, names: Sequence[str]) -> Message:
    """To whoever began it."""
    actor, partner, observer = names
    body = words("acting.begun", actor=actor, partner=partner, observer=observer)
    return Message(title=words("acting.of", title=scene.title), body=body)


def part(words: Words, scene: Scene, partner: str, observer: str) -> Message:
    """To whoever is drilled: the situation, and nothing of what the others know."""
    note = words("acting.part_note", partner=partner, observer=observer)
    return Message(title=words("acting.part", title=scene.title), body=scene.setting, note=note)


def customer(words: Words, scene: Scene, actor: str) -> Message:
    """To whoever plays the customer: what is said, and what is behind it."""
    said = "\n".join(words("acting.line", line=line) for line in scene.lines)
    body = "\n".join((scene.setting, said, words("acting.need", need=scene.need)))
    title = words("acting.customer", title=scene.title)
    return Message(title=title, body=body, note=words("acting.customer_note", actor=actor))


def _mask(places: Collection[int]) -> str:
    return ",".join(str(i) for i in sorted(places))


def _toggles(count: int, ticked: frozenset[int], data: str) -> tuple[tuple[Button, ...], ...]:
    """A letter for each line; the last one says that there was nothing, and so stands alone."""
    buttons = []
    for i in range(count):
        after = (ticked ^ {i}) - {count - 1} if i < count - 1 else frozenset({i}) - ticked
        buttons.append(Button(("✓ " if i in ticked else "") + letter(i), f"{data}:{_mask(after)}"))
    return _rows(buttons, 4 if count > ROW else count)


def rubric(words: Words, scene: Scene, *, run: int, actor: str, seen: frozenset[int] = frozenset()) -> Message:
    """To whoever marks: what was seen and heard is ticked."""
    options = (*(p.text for p in scene.rubric), words("acting.nothing_shown"))
    submit = words("question.submit")
    return Message(
        title=words("acting.rubric", actor=actor),
        options=options,
        note=words("acting.rubric_note"),
        buttons=(*_toggles(len(options), seen, f"sct:{run}"), (Button(submit, f"sco:{run}:{_mask(seen)}"),)),
        pick=Pick(f"sco:{run}", submit),
    )


def forbidden(words: Words, scene: Scene, *, run: int, seen: frozenset[int], broken: frozenset[int]) -> Message:
    """The second screen: what may not be done. By itself nothing was."""
    options = (*scene.forbidden, words("acting.nothing_broken"))
    key, submit = f"{run}:{_mask(seen)}", words("question.submit")
    return Message(
        title=words("acting.forbidden"),
        options=options,
        note=words("acting.forbidden_note"),
        buttons=(*_toggles(len(options), broken, f"scg:{key}"), (Button(submit, f"scm:{key}:{_mask(broken)}"),)),
        pick=Pick(f"scm:{key}", submit),
    )


def _missing(words: Words, scene: Scene, marked: Marked) -> str:
    """What was not shown, what is required first."""
    order = sorted(marked.missing, key=lambda i: (not scene.rubric[i].required, -scene.rubric[i].worth, i))
    return listed(words, (scene.rubric[i].text for i in order[:MISSING_SHOWN]))


def _broken(words: Words, scene: Scene, marked: Marked) -> str:
    return listed(words, (scene.forbidden[i] for i in marked.broken))


def verdict(words: Words, scene: Scene, marked: Marked, *, run: int, practice: bool) -> Message:
    """To whoever was drilled: how it went, what is missing, and what would have done."""
    lines = []
    if marked.broken:
        lines.append(words("acting.broke", what=_broken(words, scene, marked)))
    if marked.missing:
        lines.append(words("acting.missing", what=_missing(words, scene, marked)))
    lines.append(words("acting.model", line=scene.model[0]))
    key = "acting.passed" if marked.passed else "acting.not_yet"
    again = () if marked.passed else ((Button(words("acting.again"), f"sca:{run}"),),)
    return Message(
        lead=words(key, points=marked.points, full=FULL),
        tone=Tone.RIGHT if marked.passed else Tone.WRONG,
        title=words("acting.of", title=scene.title),
        body="\n".join(lines),
        note=words("acting.practice") if practice else "",
        buttons=again,
    )


def thanks(words: Words, scene: Scene, marked: Marked, *, actor: str) -> Message:
    """To whoever marked."""
    body = words("acting.thanks", actor=actor, points=marked.points, full=FULL)
    return Message(title=words("acting.of", title=scene.title), body=body)


def failed(words: Words, scene: Scene, marked: Marked, *, actor: str, case: int | None) -> Message:
    """To whoever decides: somebody may need more practice; with the way to the case that was proposed."""
    said = words("acting.failed", actor=actor, title=scene.title, points=marked.points, full=FULL)
    what = _broken(words, scene, marked)
    why = words("acting.failed_broke", what=what) if what else words("acting.failed_again")
    look = ((Button(words("acting.case"), f"c:{case}"),),) if case else ()
    return Message(body=f"{said}\n{why}", buttons=look)
