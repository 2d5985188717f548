"""What people read about files as proof, moment by moment."""

from datetime import UTC, datetime, timedelta

from bot.chat.message import Message
from bot.chat.words import Words
from bot.services.proving import Stand
from bot.views import proofs, recordings
from drills.proofs import MEGA, MOST
from drills.recordings import Part
from drills.scenes import Point
from tests.views.staff_moments import POINT, TODAY, Moment

AT = datetime(TODAY.year, TODAY.month, TODAY.day, 17, 52, tzinfo=UTC)
FILM = proofs.File(
    kind="video", media="video/mp4", size=21 * MEGA // 10, evening=TODAY, at=AT, until=TODAY + timedelta(30)
)
LOOKED = proofs.File(
    kind="voice",
    media="audio/amr",
    size=900,
    evening=TODAY,
    at=AT,
    until=TODAY + timedelta(30),
    looked=(proofs.Look("赵敏", AT),),
)
GONE = proofs.File(kind="photo", media="image/jpeg", size=MEGA, evening=TODAY, at=AT, until=TODAY, gone="withdrawn")
OVER = proofs.File(kind="photo", media="image/jpeg", size=MEGA, evening=TODAY, at=AT, until=TODAY, gone="over")
LINK = "https://drill.test/proof/case/7/3?until=1&seal=abc"
RUBRIC = (
    Point(text="离柜前当面点清", worth=5, required=True),
    Point(text="请客户看清点机", worth=3),
    Point(text="说出金额", worth=2),
)


def _judging(*files: proofs.File, rubric: tuple[Point, ...] = RUBRIC, waits: bool = True) -> Moment:
    values = proofs.Judging(case=9, name="王芳", checkpoint=POINT, files=files, rubric=rubric, open=waits)
    return lambda words: proofs.judging(words, values, link=LINK, minutes=10)


def _judge(words: Words) -> Message:
    message = recordings.judge(words, case=9, name="王芳", checkpoint=POINT, where=[], by_files=True)
    return proofs.with_count(words, message, 2, case=9)


PROOFS: dict[str, Moment] = {
    "proof, may it be kept": lambda w: proofs.ask(w, days=30),
    "proof, sent without consent": lambda w: proofs.ask(w, days=30, lead=w("proofs.unkept")),
    "proof, references only": lambda w: proofs.declined(w, Stand.REFERENCES, most=MOST),
    "proof, no place for it": lambda w: proofs.declined(w, Stand.CLOSED, most=MOST),
    "proof, enough": lambda w: proofs.declined(w, Stand.FULL, most=MOST),
    "proof, invited": lambda w: proofs.invited(w, days=30, most=MOST, megabytes=20),
    "proof, kept": lambda w: proofs.kept(w, "video", 21 * MEGA // 10, until=TODAY + timedelta(30), judged=False),
    "proof, kept and to judge": lambda w: proofs.kept(w, "voice", 900, until=TODAY, judged=True),
    "proof, mine": lambda w: proofs.own(w, [FILM, LOOKED], since=TODAY, days=30),
    "proof, taken back": lambda w: proofs.own(w, [GONE], since=None, days=30, lead=w("proofs.withdrawn", n=1)),
    "proof, its time over": lambda w: proofs.own(w, [OVER], since=TODAY, days=30),
    "proof, never agreed": lambda w: proofs.own(w, [], since=None, days=30, lead=w("proofs.refused")),
    "proof, agreed": lambda w: proofs.own(w, [], since=TODAY, days=30, lead=w("proofs.agreed_now")),
    "proof, agreed ahead": lambda w: proofs.own(w, [], since=TODAY, days=30, lead=w("proofs.agreed")),
    "judge, by files": _judge,
    "judge, the files": _judging(FILM, GONE),
    "judge, no files": _judging(rubric=(), waits=False),
    "judge, one more": lambda w: proofs.more(w, case=9, name="王芳", checkpoint=POINT),
    "judge, by recordings": lambda w: recordings.judge(
        w, case=9, name="王芳", checkpoint=POINT, where=[f"{w(f'recording.{Part.STUDY}')} 一号柜台 17:40-17:55"]
    ),
}
