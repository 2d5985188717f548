"""Looking at somebody's files: only by whoever may judge, by a link of some minutes, and never without a trace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat.message import Reply
from bot.chat.site import UNTIL
from bot.services import caseflow, proving
from bot.services.caller import Caller, caller, known
from bot.store import cases, people, proofs, units
from bot.store.tables import TrainingCase, Viewing
from bot.store.turn import InForce, Reader, Turn
from bot.views import proofs as views
from drills.cases import State
from drills.people import Act
from drills.refused import Refused
from drills.scenes import Point

LIFE = timedelta(minutes=10)
"""A link that has not been pressed by then opens nothing."""


def show(turn: Reader, who: Caller, case_id: int) -> Reply:
    """The files of a case's evening, each with its link; the rubric it is judged by; the judging itself, while that is
    open. Raises Refused."""
    case = cases.find(turn, case_id)
    if case is None:
        raise Refused("no-right")
    unit = units.get(turn, case.unit_id)
    who.need(Act.DECIDE_CASE, unit.path)
    if case.person_id == who.id:
        raise Refused("about-yourself")
    if turn.site is None or turn.vault is None:
        raise Refused("proof-closed")
    rules, files = turn.in_force(unit.path), []
    for proof in proofs.of_evening(turn, case.person_id, case.evening):
        url = "" if proof.gone_at else turn.site.link(f"/proof/{proof.id}/{who.id}", turn.now + LIFE)
        files.append(views.File.of(proof, ZoneInfo(unit.timezone), url=url))
    values = views.Judging(
        case=case_id,
        name=people.get(turn, case.person_id).name,
        checkpoint=caseflow.checkpoint_name(rules, case.checkpoint),
        files=files,
        rubric=_rubric(case, rules),
        open=State(case.state) is State.PROVEN,
        minutes=int(LIFE.total_seconds()) // 60,
    )
    return Reply(message=views.judging(who.words, values))


def _rubric(case: TrainingCase, rules: InForce) -> tuple[Point, ...]:
    """The rubric of the scene the case came from, else of one that drills its checkpoint above all."""
    named = case.figures.get("scene")
    of_it = [scene for scene in rules.scenes.values() if scene.title == named]
    about = [scene for scene in rules.scenes.values() if case.checkpoint in scene.checkpoints[:1]]
    return next((scene.rubric for scene in (*of_it, *about)), ())


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that may be shown: what it is, its bytes as they are kept, and what they are sealed under."""

    name: str
    media: str
    sealed: bytes
    about: str


def open_file(turn: Turn, path: str, query: Mapping[str, str]) -> Opened | None:
    """What a link opens, once its holder's right has been looked at again; that they look is appended in the same
    Turn. None for whatever is not a good link of somebody who may, and for a file that has gone."""
    if turn.site is None or not turn.site.opens(path, query, turn.now):
        return None
    _, _, proof_id, person_id = path.split("/")
    proof, person = proofs.find(turn, int(proof_id)), people.find(turn, int(person_id))
    if proof is None or person is None or not person.active or proof.person_id == person.id:
        return None
    if not caller(turn, person).may(Act.DECIDE_CASE, units.get(turn, proof.unit_id).path):
        return None
    sealed = proofs.sealed(turn, known(proof.id))
    if sealed is None or proof.until <= turn.now:
        return None
    link = datetime.fromtimestamp(int(query[UNTIL]), UTC)
    proofs.looked(turn, Viewing(proof_id=known(proof.id), by_id=known(person.id), link=link, at=turn.now))
    name = f"{proof.evening:%Y%m%d}-{proof.id}"
    return Opened(name, proof.media, sealed, proving.about(proof.person_id, proof.digest))
