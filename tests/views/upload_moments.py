"""A list sent as a file, moment by moment."""

from dataclasses import replace
from datetime import date, timedelta

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.sheets.problems import Problem
from bot.views import rota, uploads
from drills.people import Post, Role
from drills.roster import Changes, Entry, Move
from drills.rota import Change, Mark, Stretch
from tests.views.staff_moments import TODAY, Moment

COUNTY = ("总行", "某省分行", "某市分行", "清河县支行")
WANG = Entry(number="1001", name="王芳", post=Post.TELLER, place=(*COUNTY, "城东支行"), roles=frozenset({Role.STAFF}))
OTHERS = [
    replace(WANG, number=f"10{n:02}", name=name) for n, name in enumerate(("李强", "孙丽", "何静", "马超", "老周"))
]
CHANGES = Changes(
    joiners=tuple(OTHERS[:4]),
    movers=(Move(WANG, replace(WANG, post=Post.LOBBY)),),
    leavers=(OTHERS[4],),
    unchanged=(WANG,) * 21,
)
UNITS = ((*COUNTY, "新开支行"),)
ID, DIGEST = 10**12 - 1, "0123456789ab"


def day(n: int) -> date:
    return TODAY + timedelta(n)


def _buttons(words: Words, *verbs: str) -> list[Button]:
    labels = {
        "fi": words("upload.import"),
        "fl": words("upload.import_leavers", n=12),
        "fx": words("upload.drop"),
    }
    return [Button(labels[verb], f"{verb}:{ID}:{DIGEST}") for verb in verbs]


def _roster(words: Words, *, lead: str = "") -> Message:
    return uploads.roster(words, CHANGES, UNITS, (), buttons=_buttons(words, "fi", "fl", "fx"), lead=lead)


def _problems(words: Words) -> Message:
    allowed: dict[str, object] = {"allowed": "柜员 / 大堂经理 / 保安", "allowed_en": "teller / lobby manager / guard"}
    one = Problem(code="unknown", row=14, column="post", read="柜员A", values=allowed)
    return uploads.problems(words, [one], 59)


OFF = Change(fresh=(Stretch(day(8), day(9), Mark.SHIFT), Stretch(day(12), day(12), Mark.LEAVE)), same=2)
BACK = Change(back=(day(10),), kept=(day(11),), withdraw=(3,))
PREVIEW = rota.Preview(
    changes=[("王芳", OFF), ("李强", OFF), ("孙丽", OFF), ("何静", OFF), ("马超", BACK)], gone=3, own=True
)

UPLOADS: dict[str, Moment] = {
    "staff list, shown": _roster,
    "staff list, shown anew": lambda words: _roster(words, lead=words("upload.changed")),
    "staff list, nothing to do": lambda words: uploads.roster(
        words, Changes(unchanged=(WANG,) * 6), (), (WANG,), buttons=()
    ),
    "staff list, a mistake": _problems,
    "staff list, done": lambda words: uploads.roster_done(words, CHANGES, UNITS, leavers=True),
    "a file that is too large": lambda words: uploads.problems(words, [Problem(code="too-big", values={"limit": 10})]),
    "a file that did not come through": lambda words: uploads.problems(words, [Problem(code="not-fetched")]),
    "rota, shown": lambda words: rota.screen(words, PREVIEW, TODAY, buttons=_buttons(words, "fi", "fx")),
    "rota, nothing to do": lambda words: rota.screen(
        words, rota.Preview(changes=[("王芳", Change(same=4))]), TODAY, buttons=()
    ),
    "rota, done": lambda words: rota.done(words, told=4, of=5),
    "rota, told off": lambda words: rota.told(words, OFF, TODAY),
    "rota, told back": lambda words: rota.told(words, BACK, TODAY),
}
