"""One's own things: the wrong-answer book, the reason why, one's figures."""

from tests.stories.bank import Bank
from tests.stories.fixtures import COUNTING


async def test_the_wrong_answer_book_empties_by_a_right_answer(day: Bank) -> None:
    wang = day.王芳
    await wang.says("/book")
    assert wang.sees("错题本是空的")
    await wang.starts(misses="迎客")
    await wang.says("/book")
    assert wang.sees("错题本 · 1 题", "应是", "[练一题]")
    await wang.taps("练一题")
    assert wang.sees("1/1 · 服务礼仪")
    question = await wang.question()
    assert question is not None
    await wang.gives(question, question.wrong())
    await wang.says("/book")
    assert wang.sees("错题本 · 1 题"), "wrong again: it stays, once"
    await wang.taps("练一题")
    await wang.answers()
    assert wang.sees("这次是练习，不计分")
    await wang.says("/book")
    assert wang.sees("错题本是空的")
    await wang.forges("pr")
    assert wang.seen().strip()
    await wang.says("/me")
    assert wang.sees("今天 答对 4/5"), "practice never mends the marks"


async def test_right_the_next_morning_empties_the_book_too(day: Bank) -> None:
    await day.王芳.starts(misses=COUNTING)
    await day.at("11-24 08:03")
    await day.王芳.taps("开始")
    await day.王芳.answers()
    await day.王芳.says("/book")
    missed = day.王芳.seen()
    await day.王芳.forges("rc:cash.count-before-customer")
    assert day.王芳.sees("再答一题") or "空的" in missed


async def test_why_in_one_tap_rule_answers_and_dates(proposed: Bank) -> None:
    wang = proposed.王芳
    await wang.says("/why")
    assert wang.sees("您不在今晚的名单上") or wang.sees("为什么是我：「当面清点」")
    await proposed.赵敏.taps("全部确认")
    await wang.taps("为什么是我")
    assert wang.sees("规则：一票否决项 30 天内第二次答错，当晚补练")
    assert wang.seen().count("您答：") == 2
    assert wang.seen().count("应是") == 2
    assert wang.sees("11月23日　当面清点第", "今天　当面清点第")
    await wang.says("/why")
    assert wang.sees("为什么是我：「当面清点」")
    await proposed.李强.says("/why")
    assert proposed.李强.sees("您不在今晚的名单上")


async def test_my_figures(day: Bank) -> None:
    li = day.李强
    await li.says("/me")
    assert li.sees("李强 · 柜员", "今天 还没答", "本月 答对 0/0", "连续 0 个工作日", "下次 11月24日 08:03")
    await li.starts(misses="迎客")
    await li.says("/me")
    assert li.sees("今天 答对 4/5", "本月 答对 4/5", "连续 1 个工作日")
    await li.says("/today")
    assert li.sees("已答完，答对 4/5")


async def test_an_open_case_is_among_my_figures(proposed: Bank) -> None:
    await proposed.赵敏.taps("全部确认")
    await proposed.王芳.says("/me")
    assert proposed.王芳.sees("补练 「当面清点」已确认")
