"""An edition: everything that is in force, as one JSON body that can be kept, compared and read back."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from bot.content.calendar import Notice
from bot.content.meeting import Sayings, sayings_from_json, sayings_to_json
from bot.content.policy import policy_from_json, policy_to_json
from drills.calendar import Calendar, Year
from drills.fees import Tariff, Tier
from drills.people import Post
from drills.policy import Policy
from drills.questions import (
    Amount,
    Bank,
    Case,
    Checkpoint,
    One,
    Question,
    Several,
    Source,
    Topic,
    Truth,
    Wrong,
)
from drills.scenes import Point, Scene

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One edition, ready for the rules."""

    bank: Bank
    policy: Policy
    calendar: Calendar
    tariffs: Mapping[str, Tariff]
    positions: Mapping[str, Post] = field(default_factory=dict)
    scenes: Mapping[str, Scene] = field(default_factory=dict)
    sayings: Sayings = field(default_factory=Sayings)


def digest(body: Json) -> str:
    """The same content gives the same digest, in whatever order its files were written."""
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def to_body(  # noqa: PLR0913, PLR0917 -- each file of the content is one
    bank: Bank,
    tariffs: Iterable[Tariff],
    policy: Policy,
    years: Mapping[int, Notice],
    positions: Mapping[str, Post] | None = None,
    scenes: Iterable[Scene] = (),
    sayings: Sayings | None = None,
) -> Json:
    """The body of an edition: JSON values only, cases drawn, nothing left to look up."""
    return {
        "topics": [{"code": t.code, "name": t.name, "scripts": t.scripts} for t in bank.topics.values()],
        "checkpoints": [_checkpoint(c) for c in bank.checkpoints.values()],
        "questions": [_question(q) for _, q in sorted(bank.questions.items())],
        "tariffs": [_tariff(t) for t in tariffs],
        "policy": policy_to_json(policy),
        "calendar": {str(number): _notice(n) for number, n in sorted(years.items())},
        "positions": {position: post.value for position, post in sorted((positions or {}).items())},
        "scenes": [_scene(s) for s in sorted(scenes, key=lambda s: s.code)],
        "meeting": sayings_to_json(sayings or Sayings()),
    }


def parse(body: Json) -> Content:
    """An edition's body as values; raises KeyError, TypeError or ValueError where it is not one."""
    return Content(
        bank=Bank(
            topics={t["code"]: Topic(**t) for t in body["topics"]},
            checkpoints={c["code"]: Checkpoint(**{**c, "material": tuple(c["material"])}) for c in body["checkpoints"]},
            questions={q["code"]: _read_question(q) for q in body["questions"]},
        ),
        policy=policy_from_json(body["policy"]),
        calendar=Calendar({int(number): _read_year(year) for number, year in body["calendar"].items()}),
        tariffs={t["code"]: _read_tariff(t) for t in body["tariffs"]},
        positions={
            position: Post(post) for position, post in body.get("positions", {}).items()
        },  # older ones know none
        scenes={s["code"]: _read_scene(s) for s in body.get("scenes", ())},  # nor these
        sayings=sayings_from_json(body.get("meeting", {})),
    )


def _plain(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _source(source: Source) -> Json:
    return {"document": source.document, "clause": source.clause, "fact": source.fact, "mark": source.mark}


def _period(thing: Question | Tariff | Scene) -> Json:
    return {
        "valid_from": thing.valid_from.isoformat(),
        "valid_to": thing.valid_to.isoformat() if thing.valid_to else None,
        "source": _source(thing.source),
    }


def _read_period(body: Json) -> Json:
    return {
        "valid_from": date.fromisoformat(body["valid_from"]),
        "valid_to": _day(body["valid_to"]),
        "source": Source(**body["source"]),
    }


def _checkpoint(checkpoint: Checkpoint) -> Json:
    return {
        "code": checkpoint.code,
        "name": checkpoint.name,
        "topic": checkpoint.topic,
        "critical": checkpoint.critical,
        "because": checkpoint.because,
        "material": list(checkpoint.material),
    }


def _question(question: Question) -> Json:
    shared = {
        "code": question.code,
        "checkpoint": question.checkpoint,
        "posts": sorted(p.value for p in question.posts),
        "stem": question.stem,
        "why": question.why,
        **_period(question),
    }
    own: Json
    match question:
        case One(right=right, wrong=wrong):
            own = {"kind": "one", "right": right, "wrong": _wrong(wrong)}
        case Several(right=several, wrong=wrong):
            own = {"kind": "several", "right": list(several), "wrong": _wrong(wrong)}
        case Truth(truth=truth, mistake=mistake):
            own = {"kind": "truth", "truth": truth, "mistake": mistake}
        case Amount(unit=unit, cases=cases):
            drawn = [{"values": dict(c.values), "answer": str(c.answer)} for c in cases]
            own = {"kind": "amount", "unit": unit, "cases": drawn}
        case _:
            raise TypeError(type(question))
    return shared | own


def _wrong(wrong: Iterable[Wrong]) -> list[Json]:
    return [{"text": w.text, "mistake": w.mistake} for w in wrong]


def _read_question(body: Json) -> Question:
    shared = {
        **{key: body[key] for key in ("code", "checkpoint", "stem", "why")},
        "posts": frozenset(map(Post, body["posts"])),
        **_read_period(body),
    }
    match body["kind"]:
        case "one":
            return One(**shared, right=body["right"], wrong=_read_wrong(body))
        case "several":
            return Several(**shared, right=tuple(body["right"]), wrong=_read_wrong(body))
        case "truth":
            return Truth(**shared, truth=body["truth"], mistake=body["mistake"])
        case "amount":
            drawn = tuple(Case(values=c["values"], answer=Fraction(c["answer"])) for c in body["cases"])
            return Amount(**shared, unit=body["unit"], cases=drawn)
        case kind:
            raise ValueError(kind)


def _read_wrong(body: Json) -> tuple[Wrong, ...]:
    return tuple(Wrong(**w) for w in body["wrong"])


def _tariff(tariff: Tariff) -> Json:
    tiers = [{"up_to": _plain(t.up_to), "fee": _plain(t.fee), "rate": _plain(t.rate)} for t in tariff.tiers]
    bounds = {"minimum": _plain(tariff.minimum), "maximum": _plain(tariff.maximum)}
    return {"code": tariff.code, "name": tariff.name, "tiers": tiers, **bounds, **_period(tariff)}


def _read_tariff(body: Json) -> Tariff:
    return Tariff(
        code=body["code"],
        name=body["name"],
        tiers=tuple(Tier(**{key: _fraction(value) for key, value in t.items()}) for t in body["tiers"]),
        minimum=_fraction(body["minimum"]),
        maximum=_fraction(body["maximum"]),
        **_read_period(body),
    )


def _scene(scene: Scene) -> Json:
    return {
        "code": scene.code,
        "title": scene.title,
        "posts": sorted(p.value for p in scene.posts),
        "checkpoints": list(scene.checkpoints),
        "setting": scene.setting,
        "lines": list(scene.lines),
        "need": scene.need,
        "rubric": [{"text": p.text, "worth": p.worth, "required": p.required} for p in scene.rubric],
        "forbidden": list(scene.forbidden),
        "model": list(scene.model),
        **_period(scene),
    }


def _read_scene(body: Json) -> Scene:
    return Scene(
        **{key: body[key] for key in ("code", "title", "setting", "need")},
        checkpoints=tuple(body["checkpoints"]),
        lines=tuple(body["lines"]),
        forbidden=tuple(body["forbidden"]),
        model=tuple(body["model"]),
        posts=frozenset(map(Post, body["posts"])),
        rubric=tuple(Point(**p) for p in body["rubric"]),
        **_read_period(body),
    )


def _notice(notice: Notice) -> Json:
    off, work = ([d.isoformat() for d in sorted(days)] for days in (notice.year.off, notice.year.work))
    return {"source": notice.source, "off": off, "work": work}


def _read_year(body: Json) -> Year:
    off, work = (frozenset(map(date.fromisoformat, body[key])) for key in ("off", "work"))
    return Year(off, work)
