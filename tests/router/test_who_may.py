"""Every command and every button as each of the cast: who may, who is refused, and what nobody may see."""

import asyncio

import pytest

from bot.chat.incoming import Tap
from bot.router.routes import COMMANDS, LEAVE, READS, TAPS
from tests.cast import EVERYBODY, OURS, THEIRS
from tests.router.test_forged import rows
from tests.router.things import things
from tests.stories.bank import Bank
from tests.stories.people import Someone, text_of

NO_RIGHT = "这个不在您的查看范围里。发“菜单”可以看到您能看的。"
NOT_FOR_YOU = "这个不在您的查看范围里。您能看、能定的都在下面"
NOT_YOURS = "这张卡不是您的。"
NO_LIST = "这份表已经不在了（只留 24 小时）。请再发一次文件。"
NAME_A_BRANCH = "请选一个网点"

LEADS = {
    "board",
    "tonight",
    "missing",
    "worst",
    "link",
    "settings",
    "host",
    "person",
    "language",
    "finding",
    "recordings",
    "scene",
    "meeting",
    "export",
    "appeal",
}
STAFF = {"today", "me", "book", "why", "leave", "board", "scene", "appeal", "language"}
MAY = {
    "王芳": STAFF,
    "李强": STAFF,
    "孙丽": STAFF,
    "周外": STAFF,
    "赵敏": LEADS,
    "何训": LEADS,
    "陈主任": LEADS | {"summary", "units"},
    "郑总": LEADS | {"summary", "units"},
    "吴查": {"board", "summary", "units", "worst", "language", "finding", "recordings"},
    "管理员": {"units", "link", "settings", "language"},
}
ABOVE_BRANCHES = {"郑总": {"tonight", "missing", "scene", "host", "meeting", "person"}}
"""Who leads several branches is asked which one."""


@pytest.fixture
def kind() -> str:
    """One database is enough: what is told apart here is told apart before any SQL."""
    return "sqlite"


@pytest.mark.parametrize("as_button", [False, True], ids=["typed", "tapped"])
async def test_every_command_as_each_of_the_cast(proposed: Bank, as_button: bool) -> None:
    for name in EVERYBODY:
        someone = proposed.person(name)
        for command in (*(c.name for c in COMMANDS), LEAVE):
            await (someone.forges(f"/{command}") if as_button else someone.says(f"/{command}"))
            seen = someone.seen().strip()
            assert (NOT_FOR_YOU in seen) is (command not in MAY[name]), (name, command, seen)
            assert ("您好" in seen) is (NOT_FOR_YOU in seen), "what one may do instead is there to press"
            assert (NAME_A_BRANCH in seen) is (command in ABOVE_BRANCHES.get(name, ())), (name, command, seen)
            _sees_nobody_of_elsewhere(someone, seen)


async def test_the_menu_shows_what_one_may_and_no_more(proposed: Bank) -> None:
    for name in EVERYBODY:
        someone = proposed.person(name)
        await someone.says("/start")
        message = next(s.message for s in proposed.came() if s.address == someone.address)
        assert message is not None
        assert {b.data.strip("/") for row in message.buttons for b in row} == MAY[name]


def _sees_nobody_of_elsewhere(someone: Someone, seen: str) -> None:
    hidden = {n for n in OURS if someone.name in THEIRS} | {n for n in THEIRS if someone.name in OURS}
    hidden |= {n for n in OURS | THEIRS if someone.name == "管理员"}
    assert not [name for name in hidden if name in seen], (someone.name, seen)


OWN = {"王芳"}
DECIDE = {"赵敏", "陈主任", "郑总"}
SET = DECIDE | {"管理员"}
BUTTONS = {
    "s:{sitting}": (OWN, NOT_YOURS),
    "n:{sitting}": (OWN, NOT_YOURS),
    "a:{slot}:0": (OWN, NOT_YOURS),
    "t:{slot}:0": (OWN, NOT_YOURS),
    "d:{slot}": (OWN, NOT_YOURS),
    "r:{slot}": (OWN, NOT_YOURS),
    "x:{case}": (OWN, NOT_YOURS),
    "w:{case}": (OWN, NOT_YOURS),
    "m:{case}": (OWN, NOT_YOURS),
    "c:{case}": (DECIDE, NO_RIGHT),
    "cy:{case}": (DECIDE, NO_RIGHT),
    "cyy:{case}": (DECIDE, NO_RIGHT),
    "cp:{case}": (DECIDE, NO_RIGHT),
    "ce:{case}": (DECIDE, NO_RIGHT),
    "ok:{branch}:20261124": (DECIDE, NO_RIGHT),
    "nu:{branch}:20261124": (DECIDE, NO_RIGHT),
    "rv:{branch}:20261123": (DECIDE, NO_RIGHT),
    "lg:{absence}": (DECIDE, NO_RIGHT),
    "lr:{absence}": (DECIDE, NO_RIGHT),
    "lx:{absence}": (OWN | DECIDE, NO_RIGHT),
    "pl:{teller}": (DECIDE, NO_RIGHT),
    "ple:{teller}:20261130:s": (DECIDE, NO_RIGHT),
    "pe:{teller}": (DECIDE, NO_RIGHT),
    "pp:{branch}": (DECIDE, NO_RIGHT),
    "pp:{county}": ({"郑总"}, NO_RIGHT),
    "st:{branch}": (SET, NO_RIGHT),
    "st:{city}": ({"郑总", "管理员"}, NO_RIGHT),
    "stn:{branch}:dose": (SET, NO_RIGHT),
    "stu:{county}": ({"郑总", "管理员"}, NO_RIGHT),
    "stv:{branch}:dose:4": (SET, NO_RIGHT),
    "stv:{county}:dose:4": ({"郑总", "管理员"}, NO_RIGHT),
    "stw:{branch}:dose": (SET, NO_RIGHT),
    "stt:{branch}": (SET, NO_RIGHT),
    "cl:{branch}": (SET, NO_RIGHT),
    "clq:{branch}:20261125": (SET, NO_RIGHT),
    "clw:{branch}": (SET, NO_RIGHT),
    "cln:{branch}:20261125:n": (SET, NO_RIGHT),
    "cln:{head}:20261126:n": ({"管理员"}, NO_RIGHT),
    "clx:{branch}:20261125": (SET, NO_RIGHT),
    "ho:{branch}": (DECIDE, NO_RIGHT),
    "hod:{branch}:20261125": (DECIDE, NO_RIGHT),
    "hos:{branch}:20261125:{teller}": (DECIDE, NO_RIGHT),
    "fd:{branch}:{teller}:camera:cash.count-before-customer": (DECIDE | {"吴查"}, NO_RIGHT),
    "fdb:{branch}": (DECIDE | {"吴查"}, NO_RIGHT),
    "fdp:{branch}:{teller}": (DECIDE | {"吴查"}, NO_RIGHT),
    "fdt:{branch}:{teller}:cash": (DECIDE | {"吴查"}, NO_RIGHT),
    "fdc:{branch}:{teller}:cash.count-before-customer": (DECIDE | {"吴查"}, NO_RIGHT),
    "rcs:{branch}:20261124": (DECIDE | {"吴查"}, NO_RIGHT),
    "rcp:{branch}:20261124:study": (DECIDE, NO_RIGHT),
    "rcc:{branch}:20261124:study:1": (DECIDE, NO_RIGHT),
    "rcn:{branch}:20261124:study:1:1740-1755": (DECIDE, NO_RIGHT),
    "jp:{case}": (DECIDE, NO_RIGHT),
    "jf:{case}": (DECIDE, NO_RIGHT),
    "pfs:{case}": (DECIDE, NO_RIGHT),
    "sc:{branch}": (OURS | {"郑总"}, NO_RIGHT),
    "scw:{branch}:nobody": (OURS | {"郑总"}, NO_RIGHT),
    "scx:nobody:{teller}": (OWN | DECIDE, NO_RIGHT),
    "scy:nobody:{teller}:{teller}": (OWN | DECIDE, NO_RIGHT),
    "scb:nobody:{teller}:{teller}:{teller}": (OWN | DECIDE, NO_RIGHT),
    "scr:{branch}:nobody": (OURS | {"郑总"}, NO_RIGHT),
    "sct:404:0": (set[str](), NOT_YOURS),
    "sco:404:0": (set[str](), NOT_YOURS),
    "scg:404:0:0": (set[str](), NOT_YOURS),
    "scm:404:0:0": (set[str](), NOT_YOURS),
    "sca:404": (set[str](), NOT_YOURS),
    "ap:c:{case}": (OWN, NOT_YOURS),
    "ap:a:{slot}": (OWN, NOT_YOURS),
    "apm:c:{case}:done": (OWN, NOT_YOURS),
    "apm:a:{slot}:key": (OWN, NOT_YOURS),
    "apo:c:{case}": (OWN, NOT_YOURS),
    "apb:{appeal}": (OWN, NOT_YOURS),
    "aj:{appeal}": (OWN | DECIDE, NO_RIGHT),
    "ajk:{appeal}": (OWN | DECIDE, NO_RIGHT),
    "ajo:{appeal}": (OWN | DECIDE, NO_RIGHT),
    "ajn:{appeal}:seen": (OWN | DECIDE, NO_RIGHT),
    "ajs:{appeal}": (OWN | DECIDE, NO_RIGHT),
    "aju:{appeal}": (OWN | DECIDE, NO_RIGHT),
    "sce:404:1": (set[str](), NOT_YOURS),
    "mt:{branch}": (DECIDE, NO_RIGHT),
    "mtb:{branch}": (DECIDE, NO_RIGHT),
    "mtr:{meeting}:{teller}:late": (DECIDE, NO_RIGHT),
    "mta:{meeting}": (DECIDE, NO_RIGHT),
    "mtd:{meeting}": (DECIDE, NO_RIGHT),
    "mts:{meeting}": (DECIDE, NO_RIGHT),
    "mtv:{meeting}": (DECIDE, NO_RIGHT),
    "mtn:{meeting}:roll": (DECIDE, NO_RIGHT),
    "mtp:{meeting}:look": (DECIDE, NO_RIGHT),
    "mtq:{meeting}": (DECIDE, NO_RIGHT),
    "mte:{meeting}": (DECIDE, NO_RIGHT),
    "mth:{branch}:0": (DECIDE, NO_RIGHT),
    "rs:{branch}": (SET, NO_RIGHT),
    "rs:{county}": ({"郑总", "管理员"}, NO_RIGHT),
    "rss:{branch}:scene": (SET, NO_RIGHT),
    "rsm:{branch}:scene:5": (SET, NO_RIGHT),
    "rsp:{branch}:scene:0": (SET, NO_RIGHT),
    "rsu:{branch}": (SET, NO_RIGHT),
    "mtn:404:roll": (set[str](), NO_RIGHT),
    "fi:{upload}:x": ({"管理员"}, NO_LIST),
    "fl:{upload}:x": ({"管理员"}, NO_LIST),
    "fx:{upload}": ({"管理员"}, NO_LIST),
    "b:{branch}": (OURS | {"吴查", "郑总"}, NO_RIGHT),
    "b:{branch}:20261124:w:p": (OURS | {"吴查", "郑总"}, NO_RIGHT),
    "b:{branch}:20261124:w:t": (DECIDE | {"吴查"}, NO_RIGHT),
    "b:{county}:20261124:w:b": ({"吴查", "郑总"}, NO_RIGHT),
    "b:{city}:20261124:m:u": ({"郑总"}, NO_RIGHT),
    "su:{branch}:20261123": ({"陈主任", "吴查", "郑总"}, NO_RIGHT),
    "si:{county}:20261123": ({"吴查", "郑总"}, NO_RIGHT),
    "so:{county}:20261123": ({"吴查", "郑总"}, NO_RIGHT),
    "wo:{branch}:20261123": (DECIDE | {"吴查"}, NO_RIGHT),
    "ex:{branch}": (DECIDE, NO_RIGHT),
    "exc:{county}": ({"郑总"}, NO_RIGHT),
    "exl:{branch}:answers:20261101": (DECIDE, NO_RIGHT),
    "exl:{county}:month:20261101": ({"郑总"}, NO_RIGHT),
    "tn:{branch}": (DECIDE, NO_RIGHT),
    "ms:{branch}": (DECIDE, NO_RIGHT),
    "wo:{branch}": (DECIDE | {"吴查"}, NO_RIGHT),
    "u:{branch}": ({"陈主任", "吴查", "郑总", "管理员"}, NO_RIGHT),
    "u:{county}": ({"吴查", "郑总", "管理员"}, NO_RIGHT),
    "wo:{county}": ({"吴查", "郑总"}, NO_RIGHT),
    "u:{city}": ({"郑总", "管理员"}, NO_RIGHT),
    "u:{head}": ({"管理员"}, NO_RIGHT),
    "wo:{head}": (set[str](), NO_RIGHT),
}
ABOUT_ONESELF = {"sd", "gd", "off", "rc", "pr", "mu", "lv", "lan", "stb", "pfy", "pfn", "pfm"}
"""Buttons that name nobody: they are about whoever presses them."""


def test_the_table_knows_every_button() -> None:
    assert {data.partition(":")[0] for data in BUTTONS} | ABOUT_ONESELF == TAPS.keys() | READS.keys()


async def test_every_button_as_each_of_the_cast_and_ids_tell_nothing(proposed: Bank) -> None:
    ids = await things(proposed)
    nowhere = dict.fromkeys(ids, 404)
    before = await proposed.look(rows)
    expected: dict[str, tuple[str, str, str]] = {}
    events = []
    for data, (allowed, refusal) in BUTTONS.items():
        for name in EVERYBODY:
            for targets in (nowhere,) if name in allowed else (ids, nowhere):
                events.append(proposed.event(proposed.person(name).address, Tap(data.format_map(targets))))
                expected[events[-1].event] = name, data, refusal
    proposed.begun = len(proposed.channel.record)
    await asyncio.gather(*(proposed.takes(event) for event in events))
    for seen in proposed.came():
        name, data, refusal = expected.pop(seen.event)
        assert text_of(seen).strip() == refusal, (name, data)
    assert not expected
    assert await proposed.look(rows) == before, "and nothing has changed"


async def test_who_may_is_not_refused(proposed: Bank) -> None:
    ids = await things(proposed)
    for data, (allowed, refusal) in BUTTONS.items():
        for name in sorted(allowed):
            someone = proposed.person(name)
            await someone.forges(data.format_map(ids))
            assert refusal not in someone.seen(), (name, data)
            _sees_nobody_of_elsewhere(someone, someone.seen())


async def test_the_inspector_sees_their_county_and_the_city_manager_what_lies_below(proposed: Bank) -> None:
    wu, zheng = proposed.吴查, proposed.郑总
    await wu.says("/units")
    assert wu.sees("某县支行下面", "城东网点 参与 3/3", "城西网点 参与 0/1")
    assert not wu.has_button("上一级")
    await zheng.says("/units")
    assert zheng.sees("某市分行下面", "[某县支行]")
    assert not zheng.sees("[上一级]")
    await zheng.taps("某县支行")
    assert zheng.sees("某县支行下面", "[上一级]")
    await zheng.taps("城东网点")
    assert zheng.sees("城东网点 · 11月24日", "参与 3/3", "第 1 名")
