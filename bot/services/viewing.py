"""Looking at somebody's files: only by whoever may judge, by a link of some minutes, and never without a trace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat.message import Reply
from bot.chat.site import UNTIL
from bot.services import caseflow, proving
from bot.services.caller import Caller, caller, known
from bot.store import cases, people, proofs, units
from bot.store.tables import Proof, TrainingCase, Viewing
from bot.store.turn import InForce, Look, Reader, Turn
from bot.views import proofs as views
from drills.cases import State
from drills.people import Act
from drills.refused import Refused
from drills.scenes import Point

LIFE = timedelta(minutes=10)
"""A link that has not been pressed by then opens nothing."""
DIGITS = 9


def show(turn: Reader, who: Caller, case_id: int) -> Reply:
    """The files of a case's evening, the link to the page that shows them, the rubric they are judged by, and the
    judging itself while that is open. Raises Refused."""
    case = cases.find(turn, case_id)
    if case is None:
        raise Refused("no-right")
    who.need(Act.DECIDE_CASE, units.get(turn, case.unit_id).path)
    if case.person_id == who.id:
        raise Refused("about-yourself")
    if turn.site is None or turn.vault is None:
        raise Refused("proof-closed")
    values = _judging(turn, case)
    link = turn.site.link(f"/proof/case/{case_id}/{who.id}", turn.now + LIFE)
    return Reply(message=views.judging(who.words, values, link=link, minutes=int(LIFE.total_seconds()) // 60))


def _judging(turn: Reader, case: TrainingCase) -> views.Judging:
    unit = units.get(turn, case.unit_id)
    rules, zone = turn.in_force(unit.path), ZoneInfo(unit.timezone)
    return views.Judging(
        case=known(case.id),
        name=people.get(turn, case.person_id).name,
        checkpoint=caseflow.checkpoint_name(rules, case.checkpoint),
        files=[views.File.of(proof, zone) for proof in _files(turn, case)],
        rubric=_rubric(case, rules),
        open=State(case.state) is State.PROVEN,
    )


def _files(turn: Reader, case: TrainingCase) -> Sequence[Proof]:
    return proofs.of_evening(turn, case.person_id, caseflow.last_evening(turn, case))


def _rubric(case: TrainingCase, rules: InForce) -> tuple[Point, ...]:
    """The rubric of the scene the case came from, else of one that drills its checkpoint above all."""
    named = case.figures.get("scene")
    of_it = [scene for scene in rules.scenes.values() if scene.title == named]
    about = [scene for scene in rules.scenes.values() if case.checkpoint in scene.checkpoints[:1]]
    return next((scene.rubric for scene in (*of_it, *about)), ())


def page(turn: Look, path: str, query: Mapping[str, str]) -> views.Page | None:
    """The page a link opens, with links of its own to each file. None for whatever is not a good link of somebody who
    may look. The page itself shows nobody's film: that they look is appended when a file is opened."""
    case = cases.find(turn, _number(path, 0))
    if case is None:
        return None
    who, site = _visitor(turn, path, query, case.unit_id, about=case.person_id), turn.site
    if who is None or site is None:
        return None
    until = turn.now + LIFE
    sources = [
        "" if proof.gone_at else site.link(f"/proof/file/{proof.id}/{who.id}", until) for proof in _files(turn, case)
    ]
    return views.page(who.words, _judging(turn, case), sources)


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
    proof = proofs.find(turn, _number(path, 0))
    who = _visitor(turn, path, query, proof.unit_id, about=proof.person_id) if proof else None
    if proof is None or who is None or proof.until <= turn.now:
        return None
    sealed = proofs.sealed(turn, known(proof.id))
    if sealed is None:
        return None
    link = datetime.fromtimestamp(int(query[UNTIL]), UTC)
    proofs.looked(turn, Viewing(proof_id=known(proof.id), by_id=who.id, link=link, at=turn.now))
    name = f"{proof.evening:%Y%m%d}-{proof.id}"
    return Opened(name, proof.media, sealed, proving.about(proof.person_id, proof.digest))


def _number(path: str, place: int) -> int:
    """A number of “/proof/file/7/3”; 0 where there is none, and no row has that."""
    said = path.split("/")[3:]
    fits = len(said) == 2 and all(part.isascii() and part.isdecimal() and len(part) <= DIGITS for part in said)  # noqa: PLR2004 -- whose and who
    return int(said[place]) if fits else 0


def _visitor(turn: Reader, path: str, query: Mapping[str, str], unit_id: int, *, about: int) -> Caller | None:
    """Who holds this link, if they may still judge on that unit, and not about themselves."""
    if turn.site is None or not turn.site.opens(path, query, turn.now):
        return None
    person = people.find(turn, _number(path, 1))
    if person is None or not person.active or person.id == about:
        return None
    who = caller(turn, person)
    return who if who.may(Act.DECIDE_CASE, units.get(turn, unit_id).path) else None
