"""Reads a whole content folder, judges it as a whole, and tells every problem at once."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.content.calendar import read_calendar
from bot.content.edition import digest, to_body
from bot.content.fees import read_tariffs
from bot.content.meeting import read_meeting
from bot.content.policy import read_policy
from bot.content.positions import read_positions
from bot.content.problems import Notes, Problem
from bot.content.questions import Draft, Known, read_questions
from bot.content.scenes import judge_scenes, judge_scenes_on, read_scenes
from bot.content.topics import Topics, read_topics
from drills.cheats import LIMIT, gain, gains
from drills.people import Post
from drills.policy import Policy
from drills.questions import Bank, One

_NOTICE_MONTH = 11
"""The State Council publishes next year's calendar around November; before that nobody can be asked for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The body of an edition (of whatever could be read), and all that is wrong."""

    body: dict[str, Any]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What `chenlian check` tells about the content."""

    loaded: Loaded

    def to_json(self) -> dict[str, Any]:
        body = self.loaded.body
        topic = {c["code"]: c["topic"] for c in body["checkpoints"]}
        counts = Counter(topic[q["checkpoint"]] for q in body["questions"])
        return {
            "problems": [p.to_json() for p in self.loaded.problems],
            "warnings": [w.to_json() for w in self.loaded.warnings],
            "questions": len(body["questions"]),
            "topics": {t["name"]: counts[t["code"]] for t in body["topics"]},
            "scenes": len(body["scenes"]),
            "editions": {"shipped": digest(body)},
        }


def check(folder: Path, today: date, language: str = "zh") -> Report:
    """Everything that is wrong with a folder, and what it holds."""
    return Report(loaded=load(folder, today, language))


def load(folder: Path, today: date | None = None, language: str = "zh") -> Loaded:
    """Reads a folder. Warnings that depend on the day are given only when the day is."""
    notes = Notes(language)
    if not folder.is_dir():
        notes.add("no-folder", file=str(folder), path=folder)
        return _loaded(to_body(Bank(topics={}, checkpoints={}), (), Policy(), {}), notes)
    topics, tariffs = read_topics(folder, notes), read_tariffs(folder, notes)
    policy, years = read_policy(folder, notes), read_calendar(folder, notes)
    positions, sayings = read_positions(folder, notes), read_meeting(folder, notes)
    known = Known(checkpoints=topics.checkpoints, tariffs=tariffs)
    drafts = read_questions(folder, known, notes)
    scenes = read_scenes(folder, topics.checkpoints, notes)
    if notes.complete:
        _judge(drafts, topics, policy, notes)
        judge_scenes(scenes, policy, notes)
    if today:
        _judge_on(today, drafts, years, notes)
        judge_scenes_on(today, scenes)
    bank = Bank(
        topics=topics.topics,
        checkpoints=topics.checkpoints,
        questions={
            d.question.code: d.question for d in drafts if d.sound and d.question.checkpoint in topics.checkpoints
        },
    )
    sound = [d.scene for d in scenes if d.sound]
    body = to_body(bank, [t for t in tariffs.values() if t], policy, years, positions, sound, sayings)
    return _loaded(body, notes)


def _loaded(body: dict[str, Any], notes: Notes) -> Loaded:
    return Loaded(body=body, problems=tuple(notes.problems), warnings=tuple(notes.warnings))


def _judge(drafts: Sequence[Draft], topics: Topics, policy: Policy, notes: Notes) -> None:
    """What no question can know of itself: whether there are enough, and whether a trick pays."""
    for code, checkpoint in topics.checkpoints.items():
        count, wanted = sum(d.question.checkpoint == code for d in drafts), 3 if checkpoint.critical else 2
        if count == 0:
            topics.entries[code].note("unused-checkpoint", "code", code=code)
        elif count < wanted:
            topics.entries[code].note("lonely-checkpoint", "code", code=code, count=count, wanted=wanted)
    for post in Post if drafts else ():
        count = sum(post in d.question.posts for d in drafts)
        if count < policy.dose:
            notes.add("few-for-post", file="questions", key=post, post=post, count=count, dose=policy.dose)
    ones = [d.question for d in drafts if isinstance(d.question, One)]
    for cheat, gained in gains(ones).items():
        if gained > LIMIT:
            worst = sorted(ones, key=lambda q: (-gain(cheat, q), q.code))[:3]
            told, most = f"{float(gained) * 100:.1f}", f"{float(LIMIT) * 100:.0f}"
            codes = "、".join(q.code for q in worst)
            notes.add(f"cheat-{cheat}", file="questions", key=cheat, gain=told, limit=most, codes=codes)


def _judge_on(today: date, drafts: Sequence[Draft], years: Collection[int], notes: Notes) -> None:
    """What depends on the day: questions that have ended, calendars that are not there."""
    for draft in drafts:
        last = draft.question.valid_to
        if last and last < today:
            draft.entry.note("expired", "valid_to", valid_to=last)
    wanted = [today.year] + [today.year + 1] * (today.month >= _NOTICE_MONTH)
    for year in wanted:
        if year not in years:
            notes.add("unknown-year", file=f"calendar/{year}.yaml", year=year)
