"""Reads the scenes of scenes.yaml; whatever is wrong with one is told, and the others go on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content.notation import loose, measured, read_code, read_period, read_source, sentence
from bot.content.problems import Notes
from bot.content.tree import Entry, sequence
from drills.people import Post
from drills.policy import Policy
from drills.scenes import FULL, Point, Scene

FILE = "scenes.yaml"
CODE, TITLE, SETTING, NEED, LINE, MODEL = 20, 16, 60, 45, 30, 40
"""Characters; a code stands in buttons beside the ids of three people."""
TICK = 17
"""Characters of an option that is ticked on WeCom's form."""
HOW_MANY = {"lines": (1, 3), "rubric": (5, 8), "forbidden": (1, 3), "model": (1, 3)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A scene as read, whether it is sound, and the entry that knows where it stands."""

    entry: Entry
    scene: Scene
    sound: bool


def read_scenes(folder: Path, checkpoints: Collection[str], notes: Notes) -> list[Draft]:
    """All scenes of scenes.yaml, in the order of its lines; none where a folder has no such file."""
    drafts: list[Draft] = []
    first: dict[str, Entry] = {}
    for entry in sequence(folder, FILE, notes) if (folder / FILE).exists() else ():
        before = len(notes.problems)
        scene = _scene(entry, checkpoints)
        other = first.setdefault(scene.code, entry)
        if other is not entry:
            entry.note("duplicate-code", "code", code=scene.code, other=f"{other.file}:{other.line}")
        drafts.append(Draft(entry=entry, scene=scene, sound=len(notes.problems) == before))
    return drafts


def _scene(entry: Entry, checkpoints: Collection[str]) -> Scene:
    first, last = read_period(entry)
    scene = Scene(
        code=read_code(entry),
        title=entry.text("title"),
        posts=frozenset(Post(p) for p in _words(entry, "posts", tuple(Post)) if p in tuple(Post)),
        checkpoints=_words(entry, "checkpoints", checkpoints),
        setting=sentence(entry.text("setting")),
        lines=tuple(map(sentence, entry.texts("lines"))),
        need=sentence(entry.text("need")),
        rubric=tuple(_point(inner) for inner in entry.entries("rubric")),
        forbidden=entry.texts("forbidden"),
        model=tuple(map(sentence, entry.texts("model"))),
        source=read_source(entry),
        valid_from=first,
        valid_to=last,
    )
    _judge(entry, scene)
    entry.finish()
    return scene


def _words(entry: Entry, key: str, allowed: Collection[str]) -> tuple[str, ...]:
    """A list of words of which each must be one of these."""
    texts = entry.texts(key)
    for place, text in enumerate(texts, 1):
        if text and allowed and text not in allowed:
            entry.note_other(f"{key}.{place}", text, allowed)
    return texts


def _point(entry: Entry) -> Point:
    worth = entry.number("points")
    if worth is not None and not (worth.denominator == 1 and worth >= 1):
        entry.note("scene-worth", "points", text=entry.text("points"))
    point = Point(text=entry.text("text"), worth=int(worth or 0), required=entry.flag("required", needed=False))
    entry.finish()
    return point


def _judge(entry: Entry, scene: Scene) -> None:
    """What one scene can be told by itself: how long, how many, how much, and that nothing is there twice."""
    measured(entry, "code", scene.code, ("代码", "The code"), CODE)
    measured(entry, "title", scene.title, ("名称", "The title"), TITLE)
    measured(entry, "setting", scene.setting, ("情景", "The setting"), SETTING)
    measured(entry, "need", scene.need, ("隐藏的需要", "The hidden need"), NEED)
    for key, texts, most in (("lines", scene.lines, LINE), ("model", scene.model, MODEL)):
        for place, text in enumerate(texts, 1):
            measured(entry, f"{key}.{place}", text, (f"{key} 的第 {place} 句", f"Line {place} of {key}"), most)
    for key, (fewest, most) in HOW_MANY.items():
        count = len(getattr(scene, key))
        if entry.has(key) and not fewest <= count <= most:
            entry.note("scene-count", key, name=key, count=count, fewest=fewest, most=most)
    _ticks(entry, scene)
    total = sum(p.worth for p in scene.rubric)
    if scene.rubric and total != FULL:
        entry.note("scene-points", "rubric", total=total, full=FULL)
    if scene.rubric and not any(p.required for p in scene.rubric):
        entry.note("scene-required", "rubric")


def _ticks(entry: Entry, scene: Scene) -> None:
    """What is ticked must fit a form, and be told apart there."""
    seen: set[str] = set()
    ticks = [(f"rubric.{n}", p.text) for n, p in enumerate(scene.rubric, 1)]
    ticks += [(f"forbidden.{n}", text) for n, text in enumerate(scene.forbidden, 1)]
    for key, text in ticks:
        measured(entry, key, text, (f"要点“{text}”", f"The point “{text}”"), TICK)
        if text and loose(text) in seen:
            entry.note("scene-twice", key, text=text)
        seen.add(loose(text))


def judge_scenes(drafts: Sequence[Draft], policy: Policy, notes: Notes) -> None:
    """What no scene can know of itself: that every post has one, and that the mark can be reached."""
    for post in Post if drafts else ():
        if not any(post in d.scene.posts for d in drafts):
            notes.add("no-scene-for-post", file=FILE, key=post, post=post)
    if not 1 <= policy.scene_pass <= FULL:
        notes.add("scene-pass", file="policy.yaml", key="scene_pass", mark=policy.scene_pass, full=FULL)


def judge_scenes_on(today: date, drafts: Sequence[Draft]) -> None:
    """Scenes that have ended."""
    for draft in drafts:
        last = draft.scene.valid_to
        if last and last < today:
            draft.entry.note("expired-scene", "valid_to", valid_to=last)
