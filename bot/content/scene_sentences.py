"""What a problem with a scene is called: as in sentences.py, which has them all."""

from collections.abc import Mapping
from typing import Final

Pair = tuple[str, str]

SCENES: Final[Mapping[str, tuple[str, Pair, Pair]]] = {
    "scene-count": (
        "problem",
        ("{name} 有 {count} 条，应当是 {fewest} 到 {most} 条。", "请补上或者删掉几条。"),
        ("{name} has {count} entries, not {fewest} to {most}. ", "Add or remove some."),
    ),
    "scene-points": (
        "problem",
        ("各要点的分加起来是 {total} 分，应当是 {full} 分。", "请改 points，让它们合计 {full} 分。"),
        ("The points add up to {total}, not {full}. ", "Change them until they make {full}."),
    ),
    "scene-required": (
        "problem",
        ("没有一个要点是必须做到的。", "请给最要紧的要点写上 required: true。"),
        ("No point is required. ", "Write required: true at what matters most."),
    ),
    "scene-worth": (
        "problem",
        ("points 写的“{text}”不是 1 以上的整数。", "请写成 2 这样的整数。"),
        ("points says “{text}”, not a whole number from 1. ", "Write it like 2."),
    ),
    "scene-twice": (
        "problem",
        ("“{text}”出现了两次。", "请改掉一个，打勾的人才分得清。"),
        ("“{text}” is there twice. ", "Change one, so that whoever ticks can tell them apart."),
    ),
    "scene-pass": (
        "problem",
        ("scene_pass 是 {mark} 分，要在 1 到 {full} 分之间。", "请改成 7 这样的分数。"),
        ("scene_pass is {mark}, not from 1 to {full}. ", "Write something like 7."),
    ),
    "no-scene-for-post": (
        "warning",
        ("岗位 {post} 还没有情景。", "请至少写一个，这个岗位的人才能演。"),
        ("The post {post} has no scene. ", "Write at least one, so that its people can act."),
    ),
    "expired-scene": (
        "warning",
        ("{valid_to} 已经失效，不会再演这个情景。", "请换成新规定，或者删掉。"),
        ("It ended on {valid_to} and is acted no more. ", "Renew it by the new rule, or remove it."),
    ),
}
