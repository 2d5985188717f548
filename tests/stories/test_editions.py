"""Content changes; what was asked stays as it was asked."""

from bot.store import answers
from tests.stories.bank import Bank
from tests.stories.edition import body, publish
from tests.stories.fixtures import COUNTING


async def test_a_question_asked_in_an_older_edition_is_marked_by_the_key_it_was_shown_with(day: Bank) -> None:
    wang = day.王芳
    await wang.taps("开始")
    question = await wang.question()
    assert question is not None
    newer = body(wording="新版")
    for row in newer["questions"]:
        if row["kind"] == "one":
            row["right"], row["wrong"][0]["text"] = row["wrong"][0]["text"], row["right"]
            row["why"] = "新版的道理"
    await day.do(publish, newer)

    await wang.gives(question, question.right())
    assert wang.sees("✓ 对")
    assert not wang.sees("新版"), "the reason and the next question are of the edition they were chosen from"
    assert await wang.answers() == 0
    assert wang.sees("5 题对 5")

    await day.at("11-24 08:03")
    await wang.taps("开始")
    assert wang.sees("新版")
    assert await wang.answers() == 0


async def test_edited_content_does_not_rewrite_old_answers_or_their_reasons(proposed: Bank) -> None:
    wang = proposed.王芳
    before = await proposed.look(answers.of_person, wang.id)
    await proposed.赵敏.taps("全部确认")
    await wang.taps("为什么是我")
    told = wang.seen()
    await proposed.do(publish, body(wording="新版"))
    await wang.taps("为什么是我")
    assert wang.seen() == told
    assert await proposed.look(answers.of_person, wang.id) == before
    await wang.says("/book")
    assert not wang.sees("新版")


async def test_a_question_that_is_withdrawn_while_it_is_before_somebody_is_still_answered(day: Bank) -> None:
    wang = day.王芳
    await wang.taps("开始")
    await day.do(publish, body(only="fees-4"))
    assert await wang.answers() == 0
    assert wang.sees("5 题对 5")
    await day.at("11-24 08:03")
    assert wang.sees("今天 1 题")


async def test_a_checkpoint_that_is_withdrawn_leaves_its_cases_readable(proposed: Bank) -> None:
    wang, zhao = proposed.王芳, proposed.赵敏
    await zhao.taps("全部确认")
    without = body(counting=0, notes=6)
    without["checkpoints"] = [c for c in without["checkpoints"] if c["name"] != COUNTING]
    await proposed.do(publish, without)
    for command in ("/why", "/me", "/book"):
        await wang.says(command)
        assert wang.seen().strip()
    await zhao.says("/tonight")
    assert zhao.sees("王芳")
    await proposed.at("17:40")
    assert wang.sees("今晚不用留了"), "nothing can be asked about it"
    await proposed.at("21:00")
    await proposed.at("11-25 08:03")
    assert wang.sees("今天 5 题"), "the day goes on"


async def test_a_checkpoint_withdrawn_before_its_verification_hinders_no_answer(proposed: Bank) -> None:
    wang = proposed.王芳
    await proposed.赵敏.taps("全部确认")
    await proposed.at("17:40")
    await wang.taps("开始 5 题")
    await wang.answers()
    await proposed.at("11-25 08:03")
    without = body(counting=0, notes=6)
    without["checkpoints"] = [c for c in without["checkpoints"] if c["name"] != COUNTING]
    await proposed.do(publish, without)
    await wang.taps("开始")
    assert await wang.answers() == 0
    assert wang.sees("5 题对 5")
