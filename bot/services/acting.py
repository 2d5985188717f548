"""A scene is acted: which one, by whom, and the three letters with which it begins. Nobody marks themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bot.chat.message import Reply
from bot.services import evening, leading, playing, shared
from bot.services.caller import Caller, known, local
from bot.services.duty import on_duty, there
from bot.store import cases, outbox, people, scenes, units
from bot.store.tables import Person, SceneRun, TrainingCase, Unit
from bot.store.turn import Reader, Turn
from bot.views import scenes as views
from drills.people import Act, Post
from drills.refused import Refused
from drills.scenes import Occasion, Scene, choose_scene, playable

URGENT = 2
CHOICE = 40
REMEMBERED = 60
"""Calendar days back in which a scene that was acted makes room for others: default, two months."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is drilled, who plays the customer, and who marks (who may play the customer too, where two are all there
    are)."""

    actor: int
    partner: int
    observer: int


def home(turn: Reader, who: Caller) -> Reply:
    """/scene: the scenes one may begin; whoever leads several branches says which one."""
    if who.person.post:
        return choose(turn, who, who.person.unit_id)
    return choose(turn, who, known(leading.home(turn, who, Act.PLAY).id))


def choose(turn: Reader, who: Caller, unit_id: int) -> Reply:
    """The scenes that somebody on duty can be drilled by today; staff see those of their own post."""
    unit = _unit(turn, who, unit_id)
    if unit.level != units.BRANCH:
        return leading.choose(turn, who, unit, "sc")
    rules, day = turn.in_force(unit.path), local(turn, unit).date()
    found = {s.code: s for p in _actors(turn, who, unit, day) for s in _of(rules.scenes.values(), p, day)}
    return Reply(message=views.choose(who.words, [found[code] for code in sorted(found)], unit=unit_id))


def _of(every: Iterable[Scene], person: Person, day: date) -> tuple[Scene, ...]:
    return playable(every, Post(person.post), day)


def who_acts(turn: Reader, who: Caller, unit_id: int, code: str) -> Reply:
    """Who shall be drilled by this scene; staff drill themselves."""
    unit, day = _unit(turn, who, unit_id), who.today
    scene = _scene(turn, unit, code, day)
    able = [p for p in _actors(turn, who, unit, day) if Post(p.post) in scene.posts]
    if not _leads(who, unit):
        return who_plays(turn, who, code, who.id)
    return _ask(who, "acts", scene, [(p, f"scx:{code}:{p.id}") for p in able], f"scr:{unit_id}:{code}")


def who_plays(turn: Reader, who: Caller, code: str, actor_id: int) -> Reply:
    """Who plays the customer."""
    unit, actor = _acting(turn, who, actor_id)
    scene = _scene(turn, unit, code, who.today)
    others = [p for p in there(turn, unit, who.today) if p.id != actor.id]
    return _ask(who, "plays", scene, [(p, f"scy:{code}:{actor_id}:{p.id}") for p in others])


def who_marks(turn: Reader, who: Caller, code: str, actor_id: int, partner_id: int) -> Reply:
    """Who marks: anybody there but the one who is drilled."""
    unit, actor = _acting(turn, who, actor_id)
    scene = _scene(turn, unit, code, who.today)
    others = [p for p in there(turn, unit, who.today) if p.id != actor.id]
    return _ask(who, "marks", scene, [(p, f"scb:{code}:{actor_id}:{partner_id}:{p.id}") for p in others])


def _ask(who: Caller, what: str, scene: Scene, able: Sequence[tuple[Person, str]], dice: str = "") -> Reply:
    if not able:
        raise Refused("scene-alone")
    named = [(p.name, data) for p, data in able[:CHOICE]]
    return Reply(message=views.who(who.words, what, scene, named, dice=dice), replaces=True)


def at_random(turn: Turn, who: Caller, unit_id: int, code: str) -> Reply:
    """The dice say who acts, plays and marks: the same dice whenever they are thrown for the same scene again."""
    unit = _unit(turn, who, unit_id)
    scene = _scene(turn, unit, code, who.today)
    rng = Random(f"{unit_id}/{who.today}/{code}/{scenes.count(turn, unit_id, who.today)}")
    able = [known(p.id) for p in _actors(turn, who, unit, who.today) if Post(p.post) in scene.posts]
    cast = draw(able, [known(p.id) for p in there(turn, unit, who.today)], rng)
    return start(turn, who, code, cast)


def draw(able: Sequence[int], present: Sequence[int], rng: Random) -> Cast:
    """Three of those present, the first of those able; of two, one plays and marks. Raises Refused for fewer."""
    if not able or len(set(present) | set(able)) < len(("actor", "partner")):
        raise Refused("scene-alone")
    actor = rng.choice(sorted(able))
    others = rng.sample(rest := sorted(set(present) - {actor}), min(2, len(rest)))
    return Cast(actor, others[0], others[-1])


def of_the_day(turn: Reader, unit: Unit, day: date, present: Sequence[Person], rng: Random) -> tuple[str, Cast] | None:
    """The scene of a meeting and who acts it: one of those present by the dice, the scene by what the branch has not
    acted for long and is weakest in. None where nobody present has a scene, or only one is there."""
    rules = turn.in_force(unit.path)
    played = scenes.last_played(turn, known(unit.id), day - timedelta(REMEMBERED))
    able = [p for p in present if p.post and _of(rules.scenes.values(), p, day)]
    if not able or len(present) < len(("actor", "partner")):
        return None
    cast = draw([known(p.id) for p in able], [known(p.id) for p in present], rng)
    post = next(Post(p.post) for p in able if p.id == cast.actor)
    weak = shared.weak(turn, unit, day)
    scene = choose_scene(rules.scenes.values(), post, day, weak=weak, played=played, rng=rng)
    return (scene.code, cast) if scene else None


def start(turn: Turn, who: Caller, code: str, cast: Cast) -> Reply:
    """Begin by a button: whoever leads the branch drills somebody, two colleagues practise."""
    unit, _ = _acting(turn, who, cast.actor)
    occasion = Occasion.MEETING if _leads(who, unit) else Occasion.FREE
    begin(turn, unit, who.today, code, cast, occasion=occasion)
    names = {p.id: p.name for p in people.many(turn, [cast.actor, cast.partner, cast.observer]).values()}
    scene = _scene(turn, unit, code, who.today)
    return Reply(
        message=views.begun(who.words, scene, [names[c] for c in (cast.actor, cast.partner, cast.observer)]),
        replaces=True,
    )


def tonight(turn: Turn, who: Caller, case_id: int, observer_id: int) -> Reply:
    """Somebody asks a colleague for the scene of their evening, who plays the customer and marks; nothing is lost by
    asking another one. Raises Refused where none is to come."""
    case = cases.find(turn, case_id)
    if case is None or case.person_id != who.id:
        raise Refused("not-yours")
    unit, ended = units.get(turn, case.unit_id), evening.questions(turn, case, who.today)
    scene = playing.waiting(turn, unit, case, who.today) if ended else None
    if ended is None or scene is None:
        raise Refused("old")
    cast = Cast(who.id, observer_id, observer_id)
    begin(turn, unit, who.today, scene.code, cast, occasion=Occasion.EVENING, case=case)
    lead = who.words("evening.scene_begun", name=people.get(turn, observer_id).name)
    return Reply(message=playing.card(turn, who.words, unit, case, scene, ended, lead=lead), replaces=True)


def begin(  # noqa: PLR0913 -- what a scene is: where, when, which, who, why
    turn: Turn,
    unit: Unit,
    day: date,
    code: str,
    cast: Cast,
    *,
    occasion: Occasion,
    case: TrainingCase | None = None,
) -> int:
    """Write that these three act a scene, and tell each their part; its id. It is about the case, where there is one,
    else about what the scene drills above all. Raises Refused for somebody who is not
    there, who would mark themselves, or for a scene that is not of the actor's post."""
    scene = _scene(turn, unit, code, day)
    if cast.actor in {cast.partner, cast.observer}:
        raise Refused("about-yourself")
    present = {known(p.id): p for p in there(turn, unit, day)}
    if not {cast.actor, cast.partner, cast.observer} <= present.keys():
        raise Refused("scene-away")
    actor = present[cast.actor]
    if not actor.post or Post(actor.post) not in scene.posts:
        raise Refused("scene-post", name=actor.name)
    for run in scenes.waiting(turn, known(unit.id), day, cast.actor):
        if (run.scene, run.partner_id, run.observer_id) == (code, cast.partner, cast.observer):
            raise Refused("scene-open")
    run = SceneRun(
        unit_id=known(unit.id),
        day=day,
        scene=code,
        checkpoint=case.checkpoint if case else scene.checkpoints[0],
        edition_id=turn.in_force(unit.path).edition_id,
        occasion=occasion,
        actor_id=cast.actor,
        partner_id=cast.partner,
        observer_id=cast.observer,
        case_id=case.id if case else None,
        opened_at=turn.now,
    )
    _tell(turn, scenes.open_run(turn, run), scene, present, cast)
    return known(run.id)


def _tell(turn: Turn, run: int, scene: Scene, present: dict[int, Person], cast: Cast) -> None:
    """Each part to whom it is for: what the customer hides, and what is looked at, the actor does not read."""
    actor, partner, observer = (present[c] for c in (cast.actor, cast.partner, cast.observer))
    parts = (
        ("actor", actor, views.part(turn.words[actor.language], scene, partner.name, observer.name)),
        ("customer", partner, views.customer(turn.words[partner.language], scene, actor.name)),
        ("rubric", observer, views.rubric(turn.words[observer.language], scene, run=run, actor=actor.name)),
    )
    for name, person, message in parts:
        outbox.tell(turn, known(person.id), f"scene/{run}/{name}", message, urgency=URGENT)


def _actors(turn: Reader, who: Caller, unit: Unit, day: date) -> list[Person]:
    duty = on_duty(turn, unit, day)
    return duty if _leads(who, unit) else [p for p in duty if p.id == who.id]


def _leads(who: Caller, unit: Unit) -> bool:
    return who.may(Act.HOST, unit.path)


def _unit(turn: Reader, who: Caller, unit_id: int) -> Unit:
    """A unit on which this person may begin a scene. The same word whether it exists or not."""
    unit = units.find(turn, unit_id)
    if unit is None or not (who.may(Act.PLAY, unit.path) and (_leads(who, unit) or unit_id == who.person.unit_id)):
        raise Refused("no-right")
    return unit


def _acting(turn: Reader, who: Caller, actor_id: int) -> tuple[Unit, Person]:
    """Whom somebody may have drilled: those they lead, and themselves."""
    actor = people.find(turn, actor_id)
    if actor is None or not actor.active:
        raise Refused("no-right")
    unit = _unit(turn, who, actor.unit_id)
    if actor.id != who.id and not _leads(who, unit):
        raise Refused("no-right")
    return unit, actor


def _scene(turn: Reader, unit: Unit, code: str, day: date) -> Scene:
    scene = turn.in_force(unit.path).scenes.get(code)
    if scene is None or not scene.holds_on(day):
        raise Refused("unknown")
    return scene
