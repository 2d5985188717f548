"""What buttons may name: a thing of each kind, by its id."""

from bot.store import absences, appeals, cases, meetings, uploads
from bot.store.tables import Appeal, Meeting, TrainingCase
from bot.store.turn import Turn
from drills.appeals import PROGRAM
from drills.meeting import Event, Note
from drills.run_sheet import USUAL, Stage
from tests.stories.bank import Bank


async def things(bank: Bank) -> dict[str, int]:
    """The ids of 王芳's things, and of units."""
    wang = bank.王芳
    await bank.do(absences.ask, wang.id, bank.today, bank.today)
    upload = await bank.do(uploads.keep, bank.管理员.id, "roster", "名单.xlsx", [])
    played = (await wang.sittings())[0]
    case = (await bank.look(cases.of_person, wang.id))[0]
    units = {"branch": "城东网点", "county": "某县支行", "city": "某市分行", "head": "总行"}
    ids = {"sitting": played.sitting.id, "slot": played.slots[0].id, "case": case.id, "absence": 1, "teller": wang.id}
    ids["upload"] = upload.id
    ids["appeal"] = await bank.do(_appeal, case)
    ids["meeting"] = await bank.do(_meeting, bank.unit("城东网点"), bank.赵敏.id)
    return {key: bank.unit(name) for key, name in units.items()} | {key: id_ or 0 for key, id_ in ids.items()}


def _appeal(turn: Turn, case: TrainingCase) -> int | None:
    day = turn.now.date()
    appeal = Appeal(
        about="case/1/1",
        person_id=case.person_id,
        unit_id=case.unit_id,
        case_id=case.id,
        ground="done",
        decided_by=[],
        rung=PROGRAM,
        day=day,
        due=day,
        at=turn.now,
    )
    appeals.make(turn, appeal)
    return appeal.id


def _meeting(turn: Turn, unit: int, host: int) -> int | None:
    day, edition = turn.now.date(), turn.in_force("/").edition_id
    meeting = Meeting(unit_id=unit, day=day, host_id=host, edition_id=edition, minutes=list(USUAL), started_at=turn.now)
    meetings.begin(turn, meeting)
    meetings.note(turn, meeting, Event(note=Note.ENTER, at=turn.now, by=host, value=Stage.ROLL))
    return meeting.id
