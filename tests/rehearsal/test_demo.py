"""The demo's stage on a bank of two tellers with a history of two days."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.chat.message import plain
from bot.rehearsal.demo import DemoStage
from bot.rehearsal.stage import Bubble
from bot.store.store import Store
from tests.fixtures.demo import made, opened

__all__ = ["made"]


@pytest.fixture
async def stage(made: Path, tmp_path: Path) -> AsyncIterator[DemoStage]:
    """Monday 08:03 on a copy of the made bank."""
    shutil.copytree(made / "var", tmp_path, dirs_exist_ok=True)
    async with opened(tmp_path, made) as stage:
        yield stage


async def id_of(stage: DemoStage, name: str) -> int:
    return next(player.id for player in (await stage.scene()).players if player.name == name)


async def newest(stage: DemoStage, person: int, verb: str) -> tuple[Bubble, str]:
    """The newest message with a button of this kind, and the button."""
    for bubble in reversed(await stage.thread(person)):
        for row in bubble.message.buttons:
            for button in row:
                if button.data.partition(":")[0] == verb:
                    return bubble, button.data
    raise AssertionError(f"no button {verb}")


async def test_it_opens_just_after_the_push(stage: DemoStage) -> None:
    scene = await stage.scene()
    assert (scene.clock, scene.done, scene.next_label[-5:]) == ("08:03", False, "08:15")
    assert [stop.state for stop in scene.stops] == ["now", *["ahead"] * 5]
    seats = {player.name: (player.seat, player.title) for player in scene.players}
    assert seats["王芳"] == ("staff", "柜员 · 城东支行")
    assert seats["赵敏"][0] == "trainer"
    assert seats["郑总"][0] == "manager"
    push, _ = await newest(stage, await id_of(stage, "王芳"), "sd")
    assert "早上好" in push.message.body
    assert (push.day, push.at) == ("今天", "08:03") or push.at == "08:03"


async def test_whoever_is_held_by_hand_is_left_alone_and_the_others_live_on(stage: DemoStage) -> None:
    wang, li = await id_of(stage, "王芳"), await id_of(stage, "李强")
    push, data = await newest(stage, wang, "sd")
    assert await stage.tap(wang, push.id, data) == ""
    card = next(b for b in await stage.thread(wang) if b.id == push.id)
    assert card.version > push.version, "the push became the question"
    _, answer = await newest(stage, wang, "a")
    assert await stage.tap(li, push.id, answer), "another's card is told over the button"
    stage.held.pop(str(li))
    scene = await stage.advance("close")
    assert scene.clock == "08:45"
    still = next(b for b in await stage.thread(wang) if b.id == push.id)
    assert still.message == card.message, "nobody answered in her place"
    assert "参与" in plain((await stage.thread(li))[-1].message)


async def test_who_is_taken_in_hand_in_the_middle_of_a_set_finishes_it_by_hand(stage: DemoStage) -> None:
    li = await id_of(stage, "李强")
    push, _ = await newest(stage, li, "sd")
    day = stage.local().date()
    by_themselves = stage.troupe.sit(str(li), day, "sd", stage.local())
    await anext(by_themselves)
    await anext(by_themselves)
    assert len(stage.troupe.log.answered) == 1
    await stage.say(li, "我自己来")
    async for _ in by_themselves:
        pass
    assert len(stage.troupe.log.answered) == 1
    assert next(b for b in await stage.thread(li) if b.id == push.id).version > push.version


async def test_what_is_typed_is_shown_with_its_answer(stage: DemoStage) -> None:
    wang = await id_of(stage, "王芳")
    assert await stage.say(wang, "/me") == ""
    mine, reply = (await stage.thread(wang))[-2:]
    assert (mine.mine, mine.message.body) == (True, "/me")
    assert not reply.mine
    assert "王芳" in plain(reply.message)
    assert mine.id < 0
    assert reply.id < 0, "a reading is not recorded"


async def test_reading_takes_nobody_in_hand(stage: DemoStage) -> None:
    wang = await id_of(stage, "王芳")
    push, push_data = await newest(stage, wang, "sd")
    await stage.tap(wang, push.id, "/me")
    assert not stage.held
    await stage.tap(wang, push.id, push_data)
    assert list(stage.held) == [str(wang)]


async def test_a_reading_that_is_turned_into_something_else_stays_in_its_place(stage: DemoStage) -> None:
    wang = await id_of(stage, "王芳")
    await stage.say(wang, "/today")
    bubble = (await stage.thread(wang))[-1]
    assert bubble.id < 0
    data = bubble.message.buttons[0][0].data
    await stage.tap(wang, bubble.id, data)
    changed = next(b for b in await stage.thread(wang) if b.id == bubble.id)
    assert "1/" in plain(changed.message)
    assert changed.version > 0


async def test_a_whole_day_and_the_next_morning_can_be_pressed_through(stage: DemoStage) -> None:
    seen = [(await stage.scene()).clock]
    seen += [(await stage.advance()).clock for _ in range(6)]
    assert seen == ["08:03", "08:15", "08:45", "09:00", "17:40", "07:40", "08:03"]
    scene = await stage.scene()
    assert "11月24日" in scene.day
    chief = await id_of(stage, "陈主任")
    assert any("11月23日" in plain(bubble.message) for bubble in await stage.thread(chief))
    assert scene.stops[0].state == "now"


async def test_a_stop_that_is_past_is_no_way_back(stage: DemoStage) -> None:
    await stage.advance("list")
    assert (await stage.advance("push")).clock == "17:40", "then it is the next one"


async def test_listeners_hear_whose_phone_changed_and_are_let_go(stage: DemoStage) -> None:
    heard: list[int] = []

    async def listen() -> None:
        heard.extend([person async for person in stage.listen()])

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0)
    wang = await id_of(stage, "王芳")
    await stage.say(wang, "/me")
    await stage.advance()
    stage.hush()
    async with asyncio.timeout(20):
        await listening
    assert wang in heard
    assert 0 in heard


async def test_who_gets_a_letter_is_rung_once_more_when_it_can_be_read(
    stage: DemoStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    on_disk = Store.do

    async def do(self: Store, verb: Callable[..., object], *args: object, **kwargs: object) -> object:
        result = await on_disk(self, verb, *args, **kwargs)
        happened.append(verb.__name__)
        return result

    monkeypatch.setattr(Store, "do", do)
    monkeypatch.setattr(DemoStage, "_ring", lambda _stage, person: happened.append(str(person)))
    wang, zhao = await id_of(stage, "王芳"), str(await id_of(stage, "赵敏"))
    push, data = await newest(stage, wang, "off")

    def rung_once_readable() -> bool:
        last_close = max(i for i, what in enumerate(happened) if what == "close")
        return zhao in happened[last_close:]

    await stage.tap(wang, push.id, data)
    assert rung_once_readable(), "the trainer's page shows a letter that it was too early for"
    happened.clear()
    await stage.say(wang, "请假")
    await stage.say(wang, "12-01")
    assert rung_once_readable()
    happened.clear()
    await stage.advance("list")
    assert rung_once_readable()


async def test_a_second_opening_shows_what_was_and_takes_new_taps(stage: DemoStage, made: Path, tmp_path: Path) -> None:
    wang = await id_of(stage, "王芳")
    push, data = await newest(stage, wang, "sd")
    await stage.tap(wang, push.id, data)
    await stage.advance("meeting")
    before = await stage.thread(wang)
    await stage.theatre.store.close()
    async with opened(tmp_path, made) as again:
        assert [(b.id, b.version, b.message) for b in await again.thread(wang)] == [
            (b.id, b.version, b.message) for b in before if b.id > 0
        ]
        assert again.channel.phones[str(wang)].find("g") is None
        assert (await again.scene()).clock >= "08:03"
        card = next(b for b in await again.thread(wang) if b.id == push.id)
        assert await again.tap(wang, card.id, data) == ""
        assert next(b for b in await again.thread(wang) if b.id == push.id).version > card.version
