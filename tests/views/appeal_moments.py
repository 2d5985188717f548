"""An appeal, as the person, the judge and those who saw the old figure read it."""

from datetime import date, time

from bot.chat.message import Message
from bot.chat.words import Words
from bot.views import appeals
from bot.views.appeals import Became, End, Paper, Subject
from bot.views.evening import Cause, short_reason
from drills.appeals import Outcome
from drills.cases import Event
from tests.views.staff_moments import ONE, POLICY, QUESTION, Moment

TODAY, DUE = date(2026, 11, 24), date(2026, 12, 1)
MARK = Paper(id=5, ground="done", said="", due=DUE, mark=True)
CASE = Paper(id=5, ground="words", said="那天机器坏了，我按应急流程做的", due=DUE, mark=False)
CAUSE = Cause(rule="critical-again", checkpoint="当面清点", days=(date(2026, 11, 23), TODAY))
WITHDRAWN = Became(checkpoint="当面清点", event=Event.WITHDRAW, state="withdrawn", evening=TODAY)


def _end(outcome: Outcome, *, because: str = "") -> End:
    return End(outcome=outcome, because=because, said="")


def _of_case(words: Words) -> Subject:
    return Subject(name="当面清点", lines=(short_reason(words, CAUSE, POLICY, TODAY),), mark=False)


def _of_mark(words: Words) -> Subject:
    return appeals.of_mark(words, ONE, "0", QUESTION)


def _ruled(words: Words, what: Subject, outcome: Outcome, *became: Became) -> Message:
    end = _end(outcome, because="seen")
    return appeals.ruled(words, end, what, judge="赵敏", became=became, evening=time(17, 40), today=TODAY)


APPEALS: dict[str, Moment] = {
    "appeal, on what ground": lambda words: appeals.grounds(words, "当面清点", key="c:7", mark=False),
    "appeal, against a mark": lambda words: appeals.grounds(words, _of_mark(words).name, key="a:8", mark=True),
    "appeal, to be written": lambda words: appeals.write(words, "当面清点"),
    "appeal, made": lambda words: appeals.made(words, CASE, "当面清点", judges=["陈主任"], frozen=True, today=TODAY),
    "appeal, the trainer hears": lambda words: appeals.frozen(words, name="王芳", about="当面清点", due=DUE),
    "appeal, to judge a mark": lambda words: appeals.card(
        words, MARK, _of_mark(words), name="王芳", unit="城东网点", today=TODAY
    ),
    "appeal, to judge a case": lambda words: appeals.card(
        words, CASE, _of_case(words), name="王芳", unit="城东网点", today=TODAY
    ),
    "appeal, late": lambda words: appeals.card(
        words, CASE, _of_case(words), name="王芳", unit="城东网点", today=DUE, lead="late"
    ),
    "appeal, why it is kept": lambda words: appeals.because(words, CASE, _of_case(words)),
    "appeal, judged": lambda words: appeals.judged(words, MARK, _end(Outcome.UPHELD), name="王芳"),
    "appeal, mark upheld": lambda words: _ruled(words, _of_mark(words), Outcome.UPHELD, WITHDRAWN),
    "appeal, mark struck": lambda words: _ruled(words, _of_mark(words), Outcome.STRUCK),
    "appeal, case upheld": lambda words: _ruled(words, _of_case(words), Outcome.UPHELD),
    "appeal, case kept": lambda words: _ruled(
        words,
        _of_case(words),
        Outcome.KEPT,
        Became(checkpoint="当面清点", event=Event.REJECT, state="confirmed", evening=TODAY),
    ),
    "appeal, others hear": lambda words: appeals.told(
        words, _end(Outcome.UPHELD), _of_mark(words), name="王芳", became=[WITHDRAWN]
    ),
    "appeal, a figure is another": lambda words: appeals.figure(
        words, unit="城东网点", unit_id=29, day=TODAY, before=(14, 15), now=(15, 15)
    ),
    "appeals": lambda words: appeals.home(
        words,
        waiting=[(CASE, "李强", "当面清点")],
        own=[(MARK, None, "柜台现金"), (CASE, _end(Outcome.KEPT), "当面清点")],
        may=[("迎客", "c:9")],
        today=TODAY,
    ),
    "appeals, none": lambda words: appeals.home(words, waiting=[], own=[], may=[], today=TODAY),
}
