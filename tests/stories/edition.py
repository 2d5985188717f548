"""A small question bank of the stories' own, so that no change of wording in content/ can break them."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from bot.content import digest, shipped
from bot.content.calendar import Notice, read_calendar
from bot.content.edition import to_body
from bot.content.problems import Notes
from bot.store import editions
from bot.store.turn import Turn
from drills.people import Post
from drills.policy import Policy
from drills.questions import Amount, Bank, Case, Checkpoint, One, Question, Several, Source, Topic, Truth, Wrong
from drills.scenes import Point, Scene

COUNTING = "cash.count-before-customer"
Body = dict[str, Any]

_ALL = frozenset(Post)
_LOBBY = frozenset({Post.LOBBY})
_SHARED: dict[str, Any] = {
    "posts": _ALL,
    "source": Source(document="某网点服务规范", clause="第三条"),
    "valid_from": date(2020, 1, 1),
}

POSITIONS = {"柜员": Post.TELLER, "综合柜员": Post.TELLER, "大堂经理": Post.LOBBY}
"""What positions in WeCom's contacts mean."""


def body(*, counting: int = 8, notes: int = 0, wording: str = "", policy: Policy | None = None, only: str = "") -> Body:
    """An edition: so many questions about counting before the customer (critical) and about notes, of one topic, and
    four each about fees and manners; or `only` those whose code begins so. `wording` goes into every stem, to tell one
    edition from another."""
    questions = [
        *(_one(f"count-{n}", COUNTING, f"{wording}当面清点第{n}题") for n in range(1, counting + 1)),
        *(_one(f"notes-{n}", "cash.notes", f"{wording}残损币第{n}题") for n in range(1, notes + 1)),
        *_fees(wording),
        *_manners(wording),
    ]
    bank = Bank(
        topics=_topics(),
        checkpoints=_checkpoints(),
        questions={q.code: q for q in questions if q.code.startswith(only)},
    )
    return to_body(bank, (), policy or Policy(), _calendar(), POSITIONS, _scenes())


def publish(turn: Turn, edition: Body) -> int:
    """Put an edition in force."""
    return editions.publish(turn, edition, digest(edition))


@cache
def _calendar() -> dict[int, Notice]:
    """The real one."""
    return {2026: read_calendar(shipped(), Notes())[2026]}


def _topics() -> dict[str, Topic]:
    named = {"cash": "现金业务", "fees": "资费标准", "manners": "服务礼仪"}
    return {code: Topic(code=code, name=name, scripts=code == "manners") for code, name in named.items()}


def _checkpoints() -> dict[str, Checkpoint]:
    rules = ("先唱收", "当面点", "点完再走")
    every = (
        Checkpoint(code=COUNTING, name="当面清点", topic="cash", critical=True, because="钱款", material=rules),
        Checkpoint(code="cash.notes", name="残损币", topic="cash", material=("看面积", "看图案")),
        Checkpoint(code="fees.transfer", name="跨行转账收费", topic="fees", material=("每档含本数",)),
        Checkpoint(code="manners.greeting", name="迎客", topic="manners", material=("起身", "微笑")),
    )
    return {c.code: c for c in every}


def _one(code: str, checkpoint: str, stem: str) -> One:
    wrong = (Wrong(text=f"{code}错一", mistake="把顺序记反了"), Wrong(text=f"{code}错二", mistake="漏了一步"))
    return One(
        code=code, checkpoint=checkpoint, stem=stem, why=f"{code}的道理", right=f"{code}对", wrong=wrong, **_SHARED
    )


def _scenes() -> tuple[Scene, ...]:
    """One of counting, for every post; one of manners, for the lobby."""
    count = Scene(
        code="count",
        title="取一笔现金",
        checkpoints=(COUNTING,),
        setting="客户来取三千元。",
        lines=("取三千。",),
        need="怕少一张。",
        rubric=(
            Point(text="先问好", worth=2),
            Point(text="唱付金额", worth=2),
            Point(text="请客户当面清点", worth=3, required=True),
            Point(text="双手递款", worth=2),
            Point(text="道再见", worth=1),
        ),
        forbidden=("催客户快走",),
        model=("您当面点一下。",),
        **_SHARED,
    )
    greet = replace(count, code="greet", title="迎第一位客户", checkpoints=("manners.greeting",), posts=_LOBBY)
    return count, greet


def _fees(wording: str) -> list[Question]:
    every: list[Question] = [_one(f"fees-{n}", "fees.transfer", f"{wording}转账收费第{n}题") for n in (1, 2, 3)]
    cases = (Case(values={"sum": "3,000"}, answer=Fraction(5)), Case(values={"sum": "1,500"}, answer=Fraction(2)))
    stem = wording + "跨行转账 {sum} 元收多少？"
    sums = Amount(code="fees-4", checkpoint="fees.transfer", stem=stem, why="含本数", unit="元", cases=cases, **_SHARED)
    return [*every, sums]


def _manners(wording: str) -> list[Question]:
    greeting: dict[str, Any] = {"checkpoint": "manners.greeting", **_SHARED}
    wrong = (Wrong(text="坐着喊", mistake="要起身"), Wrong(text="低头", mistake="要看着客户"))
    stand = "来有迎声是规范。"
    return [
        Truth(code="manners-1", stem=wording + stand, why="规范写明", truth=True, mistake="规范写明要", **greeting),
        Several(
            code="manners-2", stem=wording + "迎客做哪些？", why="三样", right=("起身", "微笑"), wrong=wrong, **greeting
        ),
        *(_one(f"manners-{n}", "manners.greeting", f"{wording}迎客第{n}题") for n in (3, 4)),
    ]
