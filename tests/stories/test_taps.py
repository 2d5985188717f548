"""A finger slips, a platform repeats itself, a clock stands at the edge: each answer counts once, as it was given."""

import asyncio
from dataclasses import replace

import pytest

from bot.chat.incoming import Incoming, Tap
from bot.store import answers
from tests.stories.bank import Bank
from tests.stories.people import Someone


async def given(someone: Someone) -> list[bool]:
    """What somebody has answered: right or wrong."""
    return [g.right for g in await someone.bank.look(answers.of_person, someone.id)]


async def fingers(someone: Someone, n: int, *, choices: tuple[int, ...] = (0,)) -> list[Incoming]:
    """So many taps on the card before somebody, each an event of its own."""
    question = await someone.question()
    assert question is not None
    card = someone.bank.channel.phones[someone.address].holding(f"a:{question.slot}:")
    said = [Tap(f"a:{question.slot}:{choices[i % len(choices)]}") for i in range(n)]
    return [someone.bank.event(someone.address, tap, card) for tap in said]


async def starts_with_a_choice(bank: Bank, name: str) -> Someone:
    """Somebody with a question before them that is answered by a tap."""
    someone = bank.person(name)
    await someone.taps("开始")
    while (question := await someone.question()) and question.shown.kind != "one":
        await someone.gives(question, question.right())
    return someone


@pytest.mark.parametrize("choices", [(0,), (0, 1, 2)], ids=["the same option", "different options"])
async def test_four_fingers_on_one_card_count_once(day: Bank, choices: tuple[int, ...]) -> None:
    wang = await starts_with_a_choice(day, "王芳")
    before = len(await given(wang))
    day.begun = len(day.channel.record)
    async with day.another_process() as other:
        taps = await fingers(wang, 4, choices=choices)
        stores = (day.store, other, day.store, other)
        await asyncio.gather(*(day.takes(tap, store) for tap, store in zip(taps, stores, strict=True)))
    assert len(await given(wang)) == before + 1
    verdicts = [seen for seen in day.came() if seen.message is not None]
    words = [seen.toast for seen in day.came() if seen.message is None]
    assert len(verdicts) == 1
    assert len(words) == 3
    assert len(set(words)) == 1
    assert words[0].startswith("这题已经答过了："), "each hears the choice that counted"


async def test_who_goes_on_from_a_wrong_answer_leaves_a_card_that_says_how_it_was(day: Bank) -> None:
    wang = await starts_with_a_choice(day, "王芳")
    question = await wang.question()
    assert question is not None
    await wang.gives(question, question.wrong())
    day.begun = len(day.channel.record)
    await wang.taps("记住了，下一题")
    (message,) = [seen.message for seen in day.came() if seen.message is not None]
    assert message.stamp == "✗ 不对"


async def test_a_redelivered_event_counts_once_and_is_silent_once_its_letter_went_out(day: Bank) -> None:
    wang = await starts_with_a_choice(day, "王芳")
    (tap,) = await fingers(wang, 1)
    await day.hears(tap)
    before = await given(wang)
    for _ in range(5):
        await day.hears(tap)
        assert not wang.seen()
    assert await given(wang) == before


async def test_a_redelivered_event_gets_its_letter_again_when_the_process_died_before_sending(day: Bank) -> None:
    from bot.router import hear

    wang = await starts_with_a_choice(day, "王芳")
    (tap,) = await fingers(wang, 1)
    await hear(day.store, tap)  # and it dies, the letter in its hand
    before = await given(wang)
    await day.restart()
    await day.hears(replace(tap, handle={**tap.handle, "fresh": "yes"}))
    assert wang.sees("✗ 应是") or wang.sees("✓ 对")
    assert await given(wang) == before
    await day.post()
    assert len([seen for seen in day.came() if seen.address == wang.address]) == 1, "and nobody else sends it too"


async def test_a_letter_that_nobody_redelivers_is_sent_plainly_by_the_courier(day: Bank) -> None:
    from bot.router import hear

    wang = await starts_with_a_choice(day, "王芳")
    (tap,) = await fingers(wang, 1)
    await hear(day.store, tap)
    day.begun = len(day.channel.record)
    await day.post()
    assert not wang.seen(), "a living process is still about it"
    await day.restart()
    await day.post()
    assert wang.sees("✗ 应是") or wang.sees("✓ 对")


async def test_a_millisecond_decides(day: Bank) -> None:
    wang, li, sun = [await starts_with_a_choice(day, name) for name in ("王芳", "李强", "孙丽")]
    for someone, at, in_time in (
        (wang, "08:44:59.999", True),
        (li, "08:45:00", False),
        (sun, "08:45:00.001", False),
    ):
        await day.at(at, asleep=True)
        (tap,) = await fingers(someone, 1)
        await day.hears(tap)
        assert someone.sees("08:45 已收，这题不计分，当练习") is not in_time, at
        last = (await day.look(answers.of_person, someone.id))[-1]
        assert last.counted is in_time
        assert last.kind == ("morning" if in_time else "practice")


async def test_who_began_in_time_finishes_late_and_only_the_first_part_counts(day: Bank) -> None:
    wang = day.王芳
    await wang.taps("开始")
    await wang.answers(most=4)
    await day.at("08:46")
    await wang.answers()
    assert wang.sees("08:45 已收，这题不计分，当练习：✓ 对", "5 题对 5")
    await wang.says("/board")
    assert wang.sees("第 1 名 王芳　4/4")


async def test_anothers_card_changes_nothing_and_names_nobody(day: Bank) -> None:
    wang = await starts_with_a_choice(day, "王芳")
    question = await wang.question()
    assert question is not None
    sitting = (await wang.sittings())[0].sitting.id
    slot = question.slot
    for name in ("李强", "周外", "赵敏", "陈主任", "管理员"):
        other = day.person(name)
        for data in (
            f"a:{slot}:0",
            f"t:{slot}:0",
            f"d:{slot}",
            f"r:{slot}",
            f"s:{sitting}",
            f"n:{sitting}",
        ):
            await other.forges(data)
            assert other.seen().strip() == "这张卡不是您的。", data
            assert not wang.seen()
    assert await wang.question() == question


async def test_a_start_button_of_another_day_or_of_none_starts_nothing(day: Bank) -> None:
    old, unknown = "这张卡过期了", "这个按钮已经不用了"
    for data, told in {
        "sd:20261122:morning": old,
        "sd:20261123:makeup": old,
        "off:20261122": old,
        "off:20261124": old,
        "sd:20261123:evening": unknown,
        "sd:20261123": unknown,
        "sd:23:morning": unknown,
        "off:": unknown,
    }.items():
        await day.王芳.forges(data)
        assert told in day.王芳.seen(), data
    assert [played.sitting.started_at for played in await day.王芳.sittings()] == [None]


async def test_a_start_button_means_whoever_presses_it(day: Bank) -> None:
    for name in ("李强", "王芳"):
        await day.person(name).forges(f"sd:{day.today:%Y%m%d}:morning")
        assert day.person(name).sees("1/5")
    await day.赵敏.forges(f"sd:{day.today:%Y%m%d}:morning")
    assert day.赵敏.sees("这张卡过期了"), "a trainer has no questions"


async def test_an_old_card_and_a_card_not_yet_shown(day: Bank) -> None:
    wang = await starts_with_a_choice(day, "王芳")
    question = await wang.question()
    assert question is not None
    await wang.forges(f"a:{question.slot + 1}:0") if question.slot + 1 in await _slots(wang) else None
    await wang.gives(question, question.right())
    before = await given(wang)
    await wang.forges(f"a:{question.slot}:{question.wrong()}")
    assert wang.sees("这题已经答过了")
    await wang.forges(f"t:{question.slot}:1")
    assert wang.sees("这张卡过期了，请看最新的一条")
    slots = await _slots(wang)
    if len(before) < 4:
        await wang.forges(f"a:{slots[-1]}:0")
        assert wang.sees("这张卡过期了")
    assert await given(wang) == before


async def _slots(someone: Someone) -> list[int]:
    return [slot.id or 0 for slot in (await someone.sittings())[0].slots]


async def test_yesterdays_card_is_practice(day: Bank) -> None:
    await day.at("11-24 08:00")
    old = day.channel.phones[day.王芳.address].messages
    first = min(n for n, m in old.items() if any(b.text == "开始" for row in m.buttons for b in row))
    data = next(b.data for row in old[first].buttons for b in row if b.text == "开始")
    await day.王芳.forges(data, first)
    assert day.王芳.sees("今天的题已经收了")
    assert await given(day.王芳) == []
