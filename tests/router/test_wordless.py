"""Stickers, voices and the like: told what to do instead, once for a burst, and nothing is counted by them."""

import pytest

from bot.chat.incoming import File, Other
from tests.router.test_writing import asked
from tests.stories.bank import Bank
from tests.stories.people import Someone


@pytest.fixture
def kind() -> str:
    """One database is enough."""
    return "sqlite"


async def sends(someone: Someone, said: Other | File) -> None:
    await someone.bank.hears(someone.bank.event(someone.address, said))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Other("sticker"), "表情我看不懂"),
        (Other("voice"), "语音我还不会听"),
        (Other("card"), "按钮不能用。请发“今天”"),
        (Other("other"), "这个我看不懂"),
        (File("工资.xlsx", 10, "m"), "这个文件我没有打开"),
    ],
)
async def test_each_kind_has_its_sentence(day: Bank, said: Other | File, told: str) -> None:
    await sends(day.王芳, said)
    assert day.王芳.sees(told)


async def test_a_burst_is_answered_once_and_another_kind_or_a_later_time_again(day: Bank) -> None:
    wang = day.王芳
    begun = len(day.channel.record)
    for _ in range(5):
        await sends(wang, Other("photo"))
    await sends(wang, Other("voice"))
    await sends(day.李强, Other("photo"))
    assert [seen.address for seen in day.came(begun)] == [wang.address, wang.address, day.李强.address]
    day.clock.pass_by(180)
    await sends(wang, Other("photo"))
    assert wang.sees("图片我还看不了")


async def test_a_voice_is_no_answer_and_the_number_is_still_awaited(branch: Bank) -> None:
    wang = await asked(branch, "fees-4")
    question = await wang.question()
    assert question is not None
    await sends(wang, Other("voice"))
    assert await wang.question() == question
    await wang.says(question.right())
    assert wang.sees("✓ 对")


async def test_who_leads_is_not_sent_to_questions_of_their_own(day: Bank) -> None:
    await sends(day.郑总, Other("card"))
    assert day.郑总.sees("请发“菜单”看您自己的")


async def test_a_stranger_who_sends_a_sticker_or_a_file_learns_how_to_come_in(day: Bank) -> None:
    for said in (Other("sticker"), File("名单.xlsx", 10, "m")):
        await day.hears(day.event("somebody", said))
        (told,) = [s.message.body for s in day.came() if s.message and s.address == "somebody"]
        assert told.startswith("还不认识您")
