"""The scene of an evening: what is said to a customer is shown, not only known. It follows questions that were passed;
a colleague who is there marks it, and where nobody has by the end of the evening, the questions decide alone."""

from datetime import date, timedelta
from random import Random

from bot.chat.message import Message
from bot.chat.words import Words
from bot.services import spending
from bot.services.caller import known
from bot.services.duty import there
from bot.services.sittings import at
from bot.store import cases, links, people, scenes
from bot.store.tables import Person, TrainingCase, Unit
from bot.store.turn import Reader
from bot.views import retraining as views
from drills.cases import HELD
from drills.people import Post
from drills.scenes import Scene, evening_scene

REMEMBERED = timedelta(days=60)
"""In which a scene that was acted makes room for others: default, two months."""
CHOICE = 6
"""Colleagues to choose from: as many buttons as a card has."""


def wanted(turn: Reader, unit: Unit, case: TrainingCase, day: date) -> Scene | None:
    """The scene of a case's evening; none where it is not about what is said, or the content has none for it."""
    rules, person = turn.in_force(unit.path), people.get(turn, case.person_id)
    checkpoint = rules.bank.checkpoints.get(case.checkpoint)
    if checkpoint is None or not person.post or not rules.bank.topics[checkpoint.topic].scripts:
        return None
    before = scenes.last_played(turn, known(unit.id), day - REMEMBERED)
    played = {code: last for code, last in before.items() if last < day}  # the same scene, whoever is asked to mark it
    rng = Random(f"evening/{case.id}/{day}")
    return evening_scene(rules.scenes.values(), Post(person.post), day, case.checkpoint, played, rng)


def colleagues(turn: Reader, unit: Unit, person: int, day: date) -> list[Person]:
    """Who may mark it and can be reached: first those who stay tonight too, then those who lead, then the others."""
    others = [p for p in there(turn, unit, day) if p.id != person]
    reached = links.reachable(turn, [known(p.id) for p in others])
    staying = {case.person_id for case in cases.of_unit(turn, known(unit.id), HELD, evening=day)}
    found = [p for p in others if p.id in reached]
    return sorted(found, key=lambda p: (p.id not in staying, bool(p.post)))[:CHOICE]


def waiting(turn: Reader, unit: Unit, case: TrainingCase, day: date) -> Scene | None:
    """The scene that is still to come tonight: there is one, nobody has marked it, somebody is there to, and the
    evening and the person's minutes have room for it."""
    policy = turn.in_force(unit.path).policy
    if turn.now >= at(unit, day, policy.evening_until) or scenes.of_evening(turn, known(case.id), day):
        return None
    if spending.left(turn, unit, case.person_id, day) < policy.scene_minutes:
        return None
    return wanted(turn, unit, case, day) if colleagues(turn, unit, case.person_id, day) else None


def card(  # noqa: PLR0913 -- what is said, and to whom
    turn: Reader, words: Words, unit: Unit, case: TrainingCase, scene: Scene, result: views.Outcome, *, lead: str = ""
) -> Message:
    """The questions are passed: whom to ask for the scene."""
    named = [(p.name, known(p.id)) for p in colleagues(turn, unit, case.person_id, case.evening)]
    policy = turn.in_force(unit.path).policy
    return views.scene(words, result, title=scene.title, named=named, policy=policy, lead=lead)
