"""Who can be reached, and who is not known at all."""

from datetime import date

from bot.chat.incoming import Tap, Text
from bot.rehearsal.channel import NAME
from bot.store import answers, links, people
from bot.store.tables import Person, RoleHeld
from bot.store.turn import Reader, Turn
from drills.people import Post, Role
from tests.stories.bank import Bank

NOBODY = "888"


async def test_a_blocked_chat_is_marked_the_trainer_hears_once_and_it_heals(branch: Bank) -> None:
    wang, zhao = branch.王芳, branch.赵敏
    branch.channel.blocked.add(wang.address)
    await branch.at("08:03")
    assert not wang.seen()
    assert zhao.sees("王芳收不到消息了")
    assert await branch.look(links.reachable, [wang.id]) == frozenset()
    assert branch.李强.sees("早上好"), "nobody else is held up"

    await branch.at("11-24 07:00")
    assert zhao.heard("王芳收不到消息了") == 1
    branch.channel.blocked.clear()
    await branch.at("08:10")
    assert not wang.seen(), "nobody writes to a closed door"

    await wang.says("/start")
    assert wang.sees("王芳，您好")
    assert await branch.look(links.reachable, [wang.id]) == {wang.id}
    await wang.says("/today")
    await wang.taps("开始补做")
    assert wang.sees("1/5")
    await branch.at("11-25 08:03")
    assert wang.sees("早上好")


async def test_a_second_block_on_another_day_is_told_again(branch: Bank) -> None:
    wang, zhao = branch.王芳, branch.赵敏
    for day in ("11-23", "11-24"):
        branch.channel.blocked.clear()
        await branch.at(f"{day} 07:30")
        await wang.says("/start")
        branch.channel.blocked.add(wang.address)
        await branch.at("08:03")
    assert zhao.heard("王芳收不到消息了") == 2


async def test_a_trainer_who_blocked_the_chat_is_no_news_to_themselves(branch: Bank) -> None:
    branch.channel.blocked.add(branch.赵敏.address)
    await branch.at("09:00")
    assert branch.赵敏.heard("收不到") == 0
    assert branch.王芳.heard("早上好") == 1


async def test_an_unknown_user_gets_one_kind_sentence_whatever_they_try(day: Bank) -> None:
    await day.王芳.taps("开始")
    question = await day.王芳.question()
    assert question is not None
    unit = day.unit("城东网点")
    tries: list[Text | Tap] = [
        *(Text(t) for t in ("/start", "/board", "/tonight", "/leave", "/summary", "你好", "", "王芳", "/nonsense")),
        *(
            Tap(d)
            for d in (f"a:{question.slot}:0", f"ok:{unit}:20261123", f"u:{unit}", "/me", "/leave", "lg:1", "", "💥")
        ),
    ]
    for said in tries:
        day.begun = len(day.channel.record)
        await day.hears(day.event(NOBODY, said))
        seen = [(s.address, s.message.body if s.message else s.toast) for s in day.came()]
        assert seen == [(NOBODY, "还不认识您。请向培训师要一张邀请单，把上面的邀请码发给我。")], said
    assert await day.look(answers.of_person, day.王芳.id) == []


async def test_a_stranger_to_the_branch_trying_a_trainers_command(proposed: Bank) -> None:
    unit = proposed.unit("城东网点")
    for name in ("周外", "何训", "王芳", "吴查"):
        for data in (f"ok:{unit}:20261124", f"nu:{unit}:20261124", f"rv:{unit}:20261123", "c:1", "cy:1", "ce:1"):
            await proposed.person(name).forges(data)
            assert proposed.person(name).seen().strip().startswith("这个不在您的查看范围里"), (name, data)
    await proposed.赵敏.taps("全部确认")
    assert proposed.赵敏.sees("已确认 1 人"), "nobody had touched it"


async def test_who_joins_after_the_push_is_not_missing(day: Bank) -> None:
    await day.do(_joins, day.unit("城东网点"), day.today)
    await day.at("08:20")
    day.town.people["小新"] = await day.look(_newest)
    new = day.小新
    await new.says("/today")
    assert new.sees("17:30 前可以补做")
    await day.at("09:00")
    assert not day.赵敏.sees("小新")
    await day.at("11-24 08:03")
    assert new.sees("早上好")


def _joins(turn: Turn, unit: int, day: date) -> None:
    person = Person(unit_id=unit, staff_number="9001", name="小新", post=Post.TELLER, joined_on=day)
    turn.session.add(person)
    turn.session.flush()
    turn.session.add(RoleHeld(person_id=person.id or 0, role=Role.STAFF, unit_id=unit))
    links.attach(turn, person.id or 0, NAME, str(person.id))


def _newest(turn: Reader) -> int:
    person = people.by_staff_number(turn, "9001")
    assert person is not None
    return person.id or 0


async def test_who_moves_to_another_branch_finishes_the_day_for_the_old_one(day: Bank) -> None:
    li = day.李强
    await li.taps("开始")
    await li.answers(most=2)
    await day.do(_moves, li.id, day.unit("城西网点"))
    await li.answers()
    assert li.sees("5 题对 5")
    await day.王芳.says("/board")
    assert day.王芳.sees("第 1 名 李强　5/5"), "the day stays where it began"
    await day.at("09:00")
    assert not day.何训.sees("李强")
    await day.at("11-24 08:03")
    assert li.heard("早上好") == 2


def _moves(turn: Turn, person: int, unit: int) -> None:
    people.get(turn, person).unit_id = unit


async def test_who_leaves_in_the_middle_is_missed_by_nobody(day: Bank) -> None:
    li = day.李强
    await li.taps("开始")
    await day.do(_leaves, li.id)
    await li.forges("/me")
    assert li.sees("还不认识您")
    await day.at("09:00")
    assert not day.赵敏.sees("李强")
    assert not li.seen()


def _leaves(turn: Turn, person: int) -> None:
    people.get(turn, person).active = False
