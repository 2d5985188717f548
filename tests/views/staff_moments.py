"""What a member of staff reads, moment by moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from fractions import Fraction

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views import boards, book, evening, people, quiz, retraining
from drills.boards import Place
from drills.marking import Choice, Shown, Written, mark
from drills.people import Post
from drills.policy import Policy
from drills.questions import One, Source
from drills.study import Study

Moment = Callable[[Words], Message]

POLICY = Policy()
FRIDAY, TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
POINT = "当面清点"
CAUSE = evening.Cause(rule="critical-again", checkpoint=POINT, days=(FRIDAY, TODAY))
ROLLING = evening.Cause(rule="rolling", checkpoint="假币收缴", days=(FRIDAY,), right=18, asked=25)

QUESTION = One(
    code="cash-01",
    checkpoint="cash.count-before-customer",
    posts=frozenset(Post),
    stem="客户取款，接过钱没数就转身要走，您怎么做？",
    right="请他在柜台前数清楚再走",
    wrong=(),
    why="钱款当面点清，离柜以后说不清。",
    source=Source(document="县支行服务质量提升方案", clause="软件项目第5项"),
    valid_from=date(2025, 1, 1),
)
ONE = Shown(
    question="cash-01",
    kind="one",
    stem=QUESTION.stem,
    options=("提醒他回家以后再数一遍", "请他在柜台前数清楚再走", "告诉他离柜概不负责"),
    right=frozenset({1}),
    mistakes=("离柜以后再数，少了说不清。", "", "这样说是推责任，没有提醒清点。"),
)
SEVERAL = Shown(
    question="cash-04",
    kind="several",
    stem="付现金给客户，哪几步要做到？",
    options=("报出付款金额", "报出账户余额", "提醒当面点清", "提醒核对单据", "请后面的客户帮着看"),
    right=frozenset({0, 2, 3}),
    mistakes=("", "余额是客户的秘密，不能大声说。", "", "", "旁人应在一米线外。"),
)
QUOTED = replace(ONE, options=("“请您当面点清”", "点完说“好了”"), right=frozenset({0}), mistakes=("", "客户自己没有点"))
TRUTH = Shown(
    question="cash-02",
    kind="truth",
    stem="老客户赶时间，金额又小，可以不提醒他当面清点。",
    right=frozenset({1}),
    mistakes=("金额大小、熟不熟都要提醒。", ""),
)
READ = Study(rule=("付款前复点。", "请客户当面点清。"), source="某规定 第三条")
AMOUNT = Shown(
    question="fees-01",
    kind="amount",
    stem="个人柜台跨行转账 12,000 元，手续费最高多少？",
    unit="元",
    answer=Fraction(15),
)


def card(shown: Shown, *, position: int = 1, topic: str = "现金收付", title: str = "question.title") -> quiz.Card:
    return quiz.Card(shown=shown, slot=41, position=position, of=5, topic=topic, title=title)


def missed(shown: Shown, response: Choice | Written, *, last: bool = False) -> quiz.Missed:
    verdict = mark(shown, response)
    return quiz.Missed(shown=shown, verdict=verdict, question=QUESTION, slot=41, sitting=7, last=last)


def _finish(words: Words) -> Message:
    values = quiz.Finish(right=4, of=5, seconds=130, streak=12, answered=5, expected=6)
    return quiz.finished(words, values, lead=quiz.right(words, QUESTION))


def _finish_critical(words: Words) -> Message:
    values = quiz.Finish(right=3, of=5, seconds=48, answered=6, expected=6, critical=((41, POINT), (43, "假币收缴")))
    return quiz.finished(words, values)


def _finish_practice(words: Words) -> Message:
    values = quiz.Finish(right=1, of=1, seconds=9, extra=(words("finish.practice"),))
    return quiz.finished(words, values, counted=False)


def _late_right(words: Words) -> Message:
    return quiz.ask(words, card(TRUTH, position=2), lead=words("verdict.right_late", closes="08:45"))


def _why(words: Words) -> Message:
    proofs = [
        evening.Proof(slot=12, day=FRIDAY, stem=ONE.stem, said="C", right="B", was_right=False),
        evening.Proof(
            slot=41,
            day=TODAY,
            stem=TRUTH.stem,
            said=quiz.spoken(words, TRUTH, "0"),
            right=quiz.key_of(words, TRUTH),
            was_right=False,
        ),
    ]
    return evening.why(words, cause=CAUSE, proofs=proofs, policy=POLICY, today=TODAY)


def _why_weak(words: Words) -> Message:
    proofs = [
        evening.Proof(slot=12, day=FRIDAY, stem=AMOUNT.stem, said="10 元", right="15 元", was_right=False),
        evening.Proof(slot=41, day=TODAY, stem=AMOUNT.stem, said="15 元", right="15 元", was_right=True),
    ]
    return evening.why(words, cause=ROLLING, proofs=proofs, policy=POLICY, today=TODAY)


def _ended(*, right: int, point: bool, passed: bool, scene: bool | None = None) -> retraining.Outcome:
    return retraining.Outcome(
        passed=passed,
        right=right,
        of=5,
        checkpoint=POINT,
        checkpoint_right=point,
        evening=TOMORROW,
        case=9,
        scene=scene,
    )


def _outcome(
    words: Words, *, right: int, point: bool, passed: bool, lead: str = "", scene: bool | None = None
) -> Message:
    result = _ended(right=right, point=point, passed=passed, scene=scene)
    return retraining.outcome(words, result, lead=lead, policy=POLICY)


def _scene_left(words: Words, *, lead: str) -> Message:
    result = _ended(right=4, point=True, passed=True)
    named = [("赵敏", 4), ("陈主任", 5), ("李强", 2), ("孙丽", 3)]
    return retraining.scene(words, result, title="迎第一位客户", named=named, policy=POLICY, lead=lead)


def _me(words: Words, *, case: tuple[str, str] | None, asked: int = 5, post: str = "teller") -> Message:
    values = boards.Me(
        name="王芳",
        post=post,
        month=(61, 70),
        today=(4 if asked else 0, asked),
        streak=12,
        spare=1,
        next_day=TOMORROW,
        push=time(8, 3),
        case=case,
    )
    return boards.me(words, values, TODAY)


def _book(words: Words, n: int, total: int) -> Message:
    shown = (ONE, SEVERAL, TRUTH, AMOUNT, ONE)[:n]
    faults = [book.Fault(stem=s.stem, right=quiz.key_text(words, s)) for s in shown]
    return book.book(words, faults, total=total)


CLOSED = quiz.Closed(right=26, asked=30, answered=6, expected=6, ranked=6, minimum=3)

STAFF: dict[str, Moment] = {
    "push": lambda w: quiz.push(w, n=5, closes=time(8, 45), day=TODAY),
    "question, one right": lambda w: quiz.ask(w, card(ONE)),
    "question, several right": lambda w: quiz.ask(w, card(SEVERAL, position=2), chosen=frozenset({0, 3})),
    "question, true or false": lambda w: quiz.ask(w, card(TRUTH, position=3)),
    "question, a number": lambda w: quiz.ask(w, card(AMOUNT, position=4, topic="资费标准")),
    "right, and the next": lambda w: quiz.ask(w, card(AMOUNT, position=2), lead=quiz.right(w, QUESTION)),
    "right, but late": _late_right,
    "wrong": lambda w: quiz.wrong(w, missed(ONE, Choice(frozenset({2})))),
    "wrong, a quotation": lambda w: quiz.wrong(w, missed(QUOTED, Choice(frozenset({1})))),
    "wrong, several": lambda w: quiz.wrong(w, missed(SEVERAL, Choice(frozenset({0, 1})))),
    "wrong, one too few": lambda w: quiz.wrong(w, missed(SEVERAL, Choice(frozenset({0})))),
    "wrong, and once more tonight": lambda w: quiz.wrong(
        w,
        missed(ONE, Choice(frozenset({2}))),
        follows=w("finish.relapse", checkpoint=POINT, time="17:40"),
    ),
    "wrong, the last": lambda w: quiz.wrong(w, missed(TRUTH, Choice(frozenset({0})), last=True)),
    "wrong, a number": lambda w: quiz.wrong(w, missed(AMOUNT, Written("1,200.5"))),
    "end": _finish,
    "end, critical missed": _finish_critical,
    "end of practice": _finish_practice,
    "retry": lambda w: quiz.ask(w, card(TRUTH, topic=POINT, title="retry.title")),
    "retry, right": lambda w: quiz.retried(w, checkpoint=POINT),
    "reminder": lambda w: quiz.reminder(w, left=3, closes=time(8, 45), day=TODAY),
    "reminder, one left": lambda w: quiz.reminder(w, left=1, closes=time(8, 45), day=TODAY),
    "nudge": lambda w: quiz.reminder(w, left=3, closes=time(8, 45), day=TODAY, trainer="赵敏"),
    "nudge after closing": lambda w: quiz.nudge_late(w, trainer="赵敏", until=time(17, 30), day=TODAY),
    "make-up": lambda w: quiz.makeup(w, n=5, until=time(17, 30), day=TODAY),
    "closed": lambda w: quiz.closed(w, CLOSED, Place(key=1, place=2, right=5, asked=5)),
    "closed, lower half": lambda w: quiz.closed(w, CLOSED, Place(key=1, place=5, right=3, asked=5)),
    "closed, no place": lambda w: quiz.closed(w, CLOSED, Place(key=1, place=None, right=1, asked=2)),
    "now, once more": lambda w: evening.ask_now(w, checkpoint=POINT, code="cash.count-before-customer"),
    "stay": lambda w: evening.stay(w, case=9, cause=CAUSE, policy=POLICY, today=TODAY),
    "stay, weak days": lambda w: evening.stay(w, case=9, cause=ROLLING, policy=POLICY, today=TODAY),
    "stay moved": lambda w: evening.moved(w, case=9, checkpoint=POINT, evening=TOMORROW, policy=POLICY),
    "stay excused": lambda w: evening.excused(w, checkpoint=POINT),
    "why": _why,
    "why, weak days": _why_weak,
    "why, not listed": lambda w: evening.not_listed(w, POLICY),
    "material": lambda w: retraining.material(w, checkpoint=POINT, read=READ),
    "material, what to say": lambda w: retraining.material(
        w, checkpoint=POINT, read=replace(READ, say=("钱您当面数一遍，不着急。", "数好了咱们再收起来。"))
    ),
    "material, a worked sum": lambda w: retraining.material(
        w, checkpoint="跨行转账收费", read=replace(READ, sum=AMOUNT, why="第四档，含本数。")
    ),
    "call": lambda w: retraining.call(w, checkpoint=POINT, lines=("付款前复点。",) * 3, n=5, sitting=9, policy=POLICY),
    "call, with an example": lambda w: retraining.call(
        w, checkpoint=POINT, lines=("付款前复点。",), n=5, sitting=9, policy=POLICY, source="某规定 第三条", more=7
    ),
    "call, three questions": lambda w: retraining.call(w, checkpoint=POINT, lines=(), n=3, sitting=9, policy=POLICY),
    "call, with a scene": lambda w: retraining.call(
        w, checkpoint=POINT, lines=("付款前复点。",) * 3, n=5, sitting=9, policy=POLICY, scene=True
    ),
    "evening, a scene is left": lambda w: _scene_left(w, lead=quiz.right(w, QUESTION)),
    "evening, somebody was asked": lambda w: _scene_left(w, lead=w("evening.scene_begun", name="李强")),
    "evening, scene failed": lambda w: _outcome(w, right=4, point=True, passed=False, scene=False),
    "evening passed": lambda w: _outcome(w, right=4, point=True, passed=True, lead=quiz.right(w, QUESTION)),
    "evening failed": lambda w: _outcome(w, right=2, point=True, passed=False),
    "evening, point missed": lambda w: _outcome(w, right=4, point=False, passed=False),
    "me": lambda w: _me(w, case=(POINT, "confirmed")),
    "me, nothing yet": lambda w: _me(w, case=None, asked=0, post=""),
    "book": lambda w: _book(w, 3, 3),
    "book, full": lambda w: _book(w, 5, 12),
    "book, empty": lambda w: _book(w, 0, 0),
    "today": lambda w: quiz.today(
        w, day=TODAY, line=w("today.open", answered=2, of=5, closes="08:45"), button=Button(w("reminder.go"), "s:7")
    ),
    "today, no day of work": lambda w: quiz.today(w, day=date(2026, 11, 22), line=w("today.closed")),
    "menu": lambda w: people.menu(
        w, name="王芳", unit="城东支行", roles=["staff"], commands=["today", "me", "book", "why", "leave", "board"]
    ),
    "menu, not understood": lambda w: people.menu(
        w, name="赵敏", unit="城东支行", roles=["staff", "trainer"], commands=["tonight"], lead=w("menu.again")
    ),
    "joined": lambda w: people.joined(
        w, name="王芳", unit="城东支行", times=(time(8, 3), time(8, 45)), commands=["today", "me", "book", "why"]
    ),
    "stranger": people.stranger,
    "trouble": lambda w: Message(body=w("trouble.body", reference="3fa81c")),
}
