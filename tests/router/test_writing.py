"""What people write: numbers in every fashion, words nobody waited for, pictures and stickers."""

import pytest

from bot.store import answers
from tests.stories.bank import Bank
from tests.stories.edition import body, publish
from tests.stories.people import Someone


@pytest.fixture
def kind() -> str:
    """One database is enough: what is told apart here is told apart before any SQL."""
    return "sqlite"


async def asked(bank: Bank, question: str) -> Someone:
    """王芳 has one certain question before her."""
    await bank.do(publish, body(only=question))
    await bank.at("08:03")
    await bank.王芳.taps("开始")
    return bank.王芳


async def answered(someone: Someone) -> int:
    """How much somebody has answered."""
    return len(await someone.bank.look(answers.of_person, someone.id))


FASHIONS = {"3,000": ["5", "５块", "伍元整"], "1,500": ["２", "两块", "2.00元"]}


@pytest.mark.parametrize("fashion", range(3))
async def test_a_number_is_read_however_it_is_written(branch: Bank, fashion: int) -> None:
    wang = await asked(branch, "fees-4")
    question = await wang.question()
    assert question is not None
    assert wang.sees("1/1 · 资费标准", "直接回复数字，单位“元”")
    ways = next(ways for sum_, ways in FASHIONS.items() if sum_ in question.shown.stem)
    await wang.says(ways[fashion])
    assert wang.sees("✓ 对。含本数", "1 题对 1")


async def test_a_number_nobody_can_read_is_asked_for_again_and_counts_for_nothing(branch: Bank) -> None:
    wang = await asked(branch, "fees-4")
    for said in ("不知道", "五还是六", "1e1", "-5", "5美元", "５　０　吧", "一百五", "9" * 4000):
        await wang.says(said)
        assert wang.sees("没看懂这个数字。请再写一次，例如 12 元"), said
    assert await answered(wang) == 0
    await wang.says("100")
    assert wang.sees("✗ 应是", "您答的是 100 元")
    assert await answered(wang) == 1
    await wang.says("5")
    assert wang.sees("没看懂这句话"), "nothing is awaited any more"
    assert await answered(wang) == 1


async def test_a_sticker_is_no_answer(branch: Bank) -> None:
    wang = await asked(branch, "fees-4")
    for said in ("", "  ", "\n"):
        await wang.says(said)
        assert wang.sees("王芳，您好"), "the menu, and nothing counted"
    assert await answered(wang) == 0
    question = await wang.question()
    assert question is not None
    await wang.says(question.right())
    assert wang.sees("✓ 对"), "the number is still awaited"


async def test_a_command_while_a_number_is_awaited_is_a_command(branch: Bank) -> None:
    wang = await asked(branch, "fees-4")
    await wang.says("/me")
    assert wang.sees("王芳 · 柜员")
    await wang.says("/start")
    assert wang.sees("王芳，您好")
    assert await answered(wang) == 0
    await wang.says("100")
    assert await answered(wang) == 1


async def test_words_nobody_waited_for_get_the_menu(day: Bank) -> None:
    for said in ("你好", "5", "A", "？", "/nonsense", "/开始"):
        await day.王芳.says(said)
        assert day.王芳.sees("没看懂这句话。请从下面选一个", "[今天]"), said


async def test_the_menu_comes_by_its_name_whatever_is_awaited(day: Bank) -> None:
    await day.王芳.says("请假")
    await day.王芳.says(" 菜单 ")
    assert day.王芳.sees("王芳，您好", "[今天]")
    assert not day.王芳.sees("没看懂")


async def test_a_commands_name_takes_what_is_written_behind_it(day: Bank) -> None:
    await day.赵敏.says("员工 王芳")
    assert day.赵敏.sees("王芳 · 柜员 · 城东网点")
    await day.赵敏.says("员工王芳")
    assert day.赵敏.sees("没看懂这句话")
    await day.王芳.says("员工 李强")
    assert day.王芳.sees("没看懂这句话")
    await day.王芳.says("员工")
    assert day.王芳.sees("这个不在您的查看范围里。您能看、能定的都在下面", "[今天]")


async def test_start_twice_is_hello_twice_and_nothing_else(day: Bank) -> None:
    await day.王芳.says("/start")
    first = day.王芳.seen()
    await day.王芳.says("/START")
    assert day.王芳.seen() == first
    assert day.王芳.sees("城东网点 · 员工")


async def test_several_right_options_are_ticked_and_handed_in_together(branch: Bank) -> None:
    wang = await asked(branch, "manners-2")
    question = await wang.question()
    assert question is not None
    assert wang.sees("多选，选全才算对", "[提交]")
    await wang.taps("提交")
    assert wang.sees("先选一项，再提交")
    wrong = int(question.wrong())
    for i in (wrong, *sorted(question.shown.right)):
        await wang.taps("ABCD"[i])
        assert wang.sees(f"[✓ {'ABCD'[i]}]")
    await wang.taps(f"✓ {'ABCD'[wrong]}")
    assert wang.sees(f"[{'ABCD'[wrong]}]"), "a tick can be taken back"
    assert await answered(wang) == 0
    await wang.taps("提交")
    assert wang.sees("✓ 对。三样")


async def test_the_letters_of_a_card_can_be_written(branch: Bank) -> None:
    wang = await asked(branch, "manners-2")
    question = await wang.question()
    assert question is not None
    await wang.says("都要吧")
    assert wang.sees("没看懂", "字母，例如 B")
    assert await answered(wang) == 0
    await wang.says("、".join("abcd"[i] for i in sorted(question.shown.right)))
    assert wang.sees("✓ 对。三样", "1 题对 1")
    await wang.says("A")
    assert wang.sees("没看懂这句话"), "nothing is awaited any more"
    assert await answered(wang) == 1


async def test_a_statement_can_be_answered_in_words_and_a_tap_ends_the_waiting(branch: Bank) -> None:
    wang = await asked(branch, "manners-1")
    await wang.says("A")
    assert wang.sees("回复“对”或“错”")
    await wang.taps("错")
    assert wang.sees("✗ 应是")
    await wang.says("对")
    assert wang.sees("没看懂这句话"), "the tap was the answer"
    assert await answered(wang) == 1


async def test_one_of_several_is_not_enough(branch: Bank) -> None:
    wang = await asked(branch, "manners-2")
    question = await wang.question()
    assert question is not None
    await wang.taps("ABCD"[min(question.shown.right)])
    await wang.taps("提交")
    assert wang.sees("✗ 应是")


async def test_a_statement_is_true_or_false(branch: Bank) -> None:
    wang = await asked(branch, "manners-1")
    assert wang.sees("来有迎声是规范。", "[对] [错]")
    await wang.taps("错")
    assert wang.sees("✗ 应是", "您选了", "规范写明要")


async def test_a_doubt_about_a_question_is_taken_once(branch: Bank) -> None:
    wang = await asked(branch, "manners-1")
    await wang.taps("错")
    for _ in range(2):
        await wang.taps("题目有误")
        assert wang.sees("收到")
