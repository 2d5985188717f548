"""How a chat becomes somebody's."""

from datetime import timedelta

import pytest

from bot.chat.incoming import Text
from bot.services import joining
from bot.services.caller import caller
from bot.store import links, people
from bot.store.turn import Turn
from drills.policy import Policy
from drills.refused import Refused
from tests.stories.bank import Bank
from tests.stories.edition import body, publish

CODE = "H7Q2-M9XK-4TRB-8W"
PHONE, OTHER_PHONE = "tg-1", "tg-2"
BAD = "这个邀请码不能用：可能写错、用过或过期了"


async def writes(bank: Bank, address: str, text: str) -> str:
    """Somebody writes from a phone; what comes back."""
    await bank.hears(bank.event(address, Text(text)))
    return "\n".join(f"{s.message.title}{s.message.body}" for s in bank.came() if s.address == address and s.message)


@pytest.fixture
async def invited(branch: Bank) -> Bank:
    """王芳 is on no phone yet, and has an invitation."""
    await branch.do(links.detach, branch.王芳.id)
    await branch.do(joining.invite, branch.王芳.id, CODE)
    return branch


async def test_an_invitation_works_once(invited: Bank) -> None:
    assert "还不认识您" in await writes(invited, PHONE, "/start")
    assert "王芳，欢迎" in await writes(invited, PHONE, f"/start {CODE}")
    await invited.at("08:03")
    assert any("早上好" in s.message.body for s in invited.came() if s.address == PHONE and s.message)
    assert BAD in await writes(invited, OTHER_PHONE, f"/start {CODE}"), "a second person finds it used"
    assert "还不认识您" in await writes(invited, OTHER_PHONE, "/me")
    assert "王芳，您好" in await writes(invited, PHONE, "/start"), "start again is only hello"


async def test_the_same_link_opened_twice_by_the_same_person_is_kind(invited: Bank) -> None:
    await writes(invited, PHONE, f"/start {CODE}")
    assert "王芳" in await writes(invited, PHONE, f"/start {CODE}")
    assert "王芳，您好" in await writes(invited, PHONE, "/start")


async def test_expired_and_wrong_look_the_same(invited: Bank) -> None:
    invited.clock.pass_by(timedelta(hours=72).total_seconds())
    expired = await writes(invited, PHONE, f"/start {CODE}")
    wrong = await writes(invited, PHONE, "/start NO-SUCH-CODE")
    assert expired == wrong
    assert BAD in wrong


async def test_an_invitation_just_before_it_expires(invited: Bank) -> None:
    invited.clock.pass_by(timedelta(hours=72).total_seconds() - 0.001)
    assert "王芳，欢迎" in await writes(invited, PHONE, f"/start {CODE}")


async def test_guessing_is_slowed_and_hits_nobody_else(invited: Bank) -> None:
    for n in range(5):
        assert BAD in await writes(invited, OTHER_PHONE, f"/start GUESS-{n}")
    assert "试得太多了" in await writes(invited, OTHER_PHONE, f"/start {CODE}"), "even a right one"
    assert "王芳，欢迎" in await writes(invited, PHONE, f"/start {CODE}"), "the owner is not locked out"
    invited.clock.pass_by(3601)
    assert BAD in await writes(invited, OTHER_PHONE, "/start GUESS-9")


async def test_guessing_from_many_phones_is_slowed_altogether(invited: Bank) -> None:
    await invited.do(publish, body(policy=Policy(guesses_altogether=12)))
    for n in range(12):
        assert BAD in await writes(invited, f"bot-{n // 4}", f"/start GUESS-{n}")
    assert "试得太多了" in await writes(invited, "bot-99", "/start ANY")


async def test_a_code_for_somebody_else_does_not_take_a_phone_over(invited: Bank) -> None:
    li = invited.李强
    assert "这个账号已经是别人的了" in await writes(invited, li.address, f"/start {CODE}")
    assert "李强，您好" in await writes(invited, li.address, "/start")
    assert "王芳，欢迎" in await writes(invited, PHONE, f"/start {CODE}"), "and the code is still good"


async def test_a_new_phone_takes_the_place_of_the_old_one(invited: Bank) -> None:
    await writes(invited, PHONE, f"/start {CODE}")
    await invited.do(joining.invite, invited.王芳.id, "SECOND-CODE")
    assert "王芳，欢迎" in await writes(invited, OTHER_PHONE, "/start SECOND-CODE")
    assert "还不认识您" in await writes(invited, PHONE, "/me"), "the lost phone is nobody's"
    await invited.at("08:03")
    greeted = {s.address for s in invited.came() if s.message and "早上好" in s.message.body}
    assert OTHER_PHONE in greeted
    assert PHONE not in greeted


async def test_a_newer_invitation_ends_the_older_one(invited: Bank) -> None:
    await invited.do(joining.invite, invited.王芳.id, "SECOND-CODE")
    assert BAD in await writes(invited, PHONE, f"/start {CODE}")
    assert "王芳，欢迎" in await writes(invited, PHONE, "/start SECOND-CODE")


async def test_who_has_left_cannot_join_and_who_comes_back_can(invited: Bank) -> None:
    await invited.do(_active, invited.王芳.id, False)
    assert BAD in await writes(invited, PHONE, f"/start {CODE}")
    await invited.do(_active, invited.王芳.id, True)
    await invited.do(joining.invite, invited.王芳.id, "BACK-AGAIN")
    assert "王芳，欢迎" in await writes(invited, PHONE, "/start BACK-AGAIN")


async def test_only_an_admin_invites(branch: Bank) -> None:
    for name in branch.town.people:
        if name == "管理员":
            await branch.do(_invites, name, branch)
            continue
        with pytest.raises(Refused, match="no-right"):
            await branch.do(_invites, name, branch)


def _invites(turn: Turn, name: str, branch: Bank) -> None:
    who = caller(turn, people.get(turn, branch.person(name).id))
    joining.invite_as(turn, who, branch.王芳.id, f"{name}-code")


def _active(turn: Turn, person: int, active: bool) -> None:
    people.get(turn, person).active = active


@pytest.mark.parametrize(
    "typed",
    [
        "k7fm3xqp90td",
        "K7FM-3XQP-90TD",
        "k7fm 3xqp\n90td",
        "ｋ７ｆｍ—３ｘｑｐ—９０ｔｄ",
        "k7fm-3xqp-9otd",
        "/start K7FM-3XQP-9OTD",
    ],
)
async def test_a_code_is_heard_however_it_is_typed(branch: Bank, typed: str) -> None:
    """On WeCom there is no link that brings it: it is read from paper."""
    await branch.do(links.detach, branch.王芳.id)
    await branch.do(joining.invite, branch.王芳.id, "k7fm3xqp90td")
    assert "王芳，欢迎" in await writes(branch, PHONE, typed)


async def test_what_is_no_code_is_no_guess(invited: Bank) -> None:
    for said in ("早上好", "k7fm-3xqp-90t", "k7fm-3xqp-90tdd", "hello, anybody there?"):
        assert "还不认识您" in await writes(invited, PHONE, said)
