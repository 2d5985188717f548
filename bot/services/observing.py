"""A scene is marked: what was shown, what may not be done, the verdict, and what follows. Once, by who was named or who
leads; never by the one who acted."""

from datetime import timedelta

from bot.chat.message import Reply
from bot.services import acting, causes, evening
from bot.services.caller import Caller, known
from bot.services.duty import deciders
from bot.store import editions, outbox, people, scenes, units
from bot.store.tables import SceneMark, SceneRun
from bot.store.turn import Reader, Turn
from bot.views import scenes as views
from drills.people import Act
from drills.refused import Refused
from drills.scenes import Marked, Occasion, Scene, needs_case, verdict
from drills.staying import Rule

VERDICT = 2


def rubric(turn: Reader, who: Caller, run_id: int, seen: frozenset[int]) -> Reply:
    """The rubric with other ticks; nothing is marked yet."""
    run, scene = _open(turn, who, run_id)
    actor = people.get(turn, run.actor_id).name
    return Reply(message=views.rubric(who.words, scene, run=run_id, actor=actor, seen=seen), replaces=True)


def forbidden(turn: Reader, who: Caller, run_id: int, seen: frozenset[int], broken: frozenset[int] | None) -> Reply:
    """What was shown is handed in; now what may not be done (by itself nothing was)."""
    _, scene = _open(turn, who, run_id)
    if not seen:
        return Reply(toast=who.words("question.none_chosen"))
    ticked = broken if broken is not None else frozenset({len(scene.forbidden)})
    return Reply(message=views.forbidden(who.words, scene, run=run_id, seen=seen, broken=ticked), replaces=True)


def mark(turn: Turn, who: Caller, run_id: int, seen: frozenset[int], broken: frozenset[int]) -> Reply:
    """The mark, kept once. Whoever acted hears it kindly. Raises Refused for a stranger, for the one who acted, and
    where it is marked already."""
    run, scene = _open(turn, who, run_id)
    if not broken or not seen:
        return Reply(toast=who.words("question.none_chosen"))
    policy = who.rules.policy
    marked = verdict(scene, seen, broken, policy)
    row = SceneMark(
        run_id=run_id,
        place=0,
        by_id=who.id,
        seen=sorted(i for i in seen if i < len(scene.rubric)),
        broken=list(marked.broken),
        points=marked.points,
        passed=marked.passed,
        at=turn.now,
    )
    if not scenes.mark(turn, row):
        raise Refused("already")
    actor = people.get(turn, run.actor_id)
    message = views.verdict(turn.words[actor.language], scene, marked, run=run_id, practice=_free(run))
    outbox.tell(turn, run.actor_id, f"scene/{run_id}/verdict", message, urgency=VERDICT)
    if run.case_id is None:
        _follow(turn, who, run, scene, marked)
    else:
        evening.acted(turn, run)
    return Reply(message=views.thanks(who.words, scene, marked, actor=actor.name), replaces=True)


def _follow(turn: Turn, who: Caller, run: SceneRun, scene: Scene, marked: Marked) -> None:
    """A first failure is acted again. Who failed before, or did what may not be done, is told to who decides."""
    since = run.day - timedelta(who.rules.policy.repeat_days)
    if not needs_case(marked, Occasion(run.occasion), failed_before=scenes.failed_before(turn, run, since)):
        return
    actor, unit = people.get(turn, run.actor_id), units.get(turn, run.unit_id)
    case = causes.bring(
        turn,
        unit,
        run.actor_id,
        rule=Rule.FAILED_SCENE,
        checkpoint=run.checkpoint,
        by=who.id,
        confirmed=False,
        figures={"days": [run.day.isoformat()], "scene": scene.title, "points": marked.points, "by": who.id},
        told=True,
    )
    case_id = case.id if case else None
    for trainer in deciders(turn, unit, run.actor_id):
        message = views.failed(turn.words[trainer.language], scene, marked, actor=actor.name, case=case_id)
        outbox.tell(turn, known(trainer.id), f"scene/{run.id}/failed/{trainer.id}", message)


def again(turn: Turn, who: Caller, run_id: int) -> Reply:
    """The same three act it once more, as whoever acted asks; of a scene that was marked, within its day. An evening is
    decided by then: that is practice."""
    run = scenes.find(turn, run_id)
    if run is None or run.actor_id != who.id:
        raise Refused("not-yours")
    if run.day != who.today or not scenes.marks(turn, run_id):
        raise Refused("old")
    cast = acting.Cast(run.actor_id, run.partner_id, run.observer_id)
    unit, occasion = units.get(turn, run.unit_id), Occasion(run.occasion) if run.case_id is None else Occasion.FREE
    acting.begin(turn, unit, who.today, run.scene, cast, occasion=occasion)
    return Reply(toast=who.words("acting.again_done"))


def _open(turn: Reader, who: Caller, run_id: int) -> tuple[SceneRun, Scene]:
    """A run this person may mark, not marked yet, with its scene as its edition had it."""
    run = scenes.find(turn, run_id)
    if run is None:
        raise Refused("not-yours")
    unit = units.get(turn, run.unit_id)
    if run.actor_id == who.id:
        raise Refused("about-yourself")
    if run.observer_id != who.id and not who.may(Act.HOST, unit.path):
        raise Refused("not-yours")
    if scenes.marks(turn, run_id):
        raise Refused("already")
    return run, editions.of(turn, run.edition_id).scenes[run.scene]


def _free(run: SceneRun) -> bool:
    return Occasion(run.occasion) is Occasion.FREE
