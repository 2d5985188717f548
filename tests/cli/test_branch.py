"""The day's settings from the command line, by the same rules as in the chat."""

import asyncio
import json
from datetime import date

import pytest

from bot.services.closing import next_days
from bot.store import outbox, units
from bot.store.store import Store
from bot.store.turn import Reader
from bot.views import catalogue
from tests.cast import BRANCH, COUNTY
from tests.cli.bank import make_bank, now
from tests.cli.conftest import Run


@pytest.fixture
def bank(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A bank whose people all have a chat."""
    make_bank(database_url, "王芳", "李强", "孙丽", "赵敏", "陈主任")
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", database_url)
    return database_url


def asked(url: str, query: object) -> object:
    async def ask() -> object:
        async with Store(url, clock=now, wall=now, words=catalogue(), process="p") as store:
            return await store.look(query)  # type: ignore[arg-type]  # any question of a test

    return asyncio.run(ask())


def working_days(url: str) -> list[date]:
    """The next two days on which the branch works."""

    def ask(turn: Reader) -> list[date]:
        return next_days(turn, next(b for b in units.branches(turn, "/") if b.name == BRANCH), 3)

    days = asked(url, ask)
    assert isinstance(days, list)
    return days[1:]


def told(url: str) -> list[str]:
    """What people were promised: the occasions, each without who it is for."""

    def ask(turn: Reader) -> list[str]:
        every = [row for person in range(1, 11) for row in outbox.of_person(turn, person, now().replace(year=2020))]
        return [row.once.partition("/")[0] for row in every]

    found = asked(url, ask)
    assert isinstance(found, list)
    return found


def test_a_county_sets_and_a_branch_overrides(run: Run, bank: str) -> None:
    done = run("branch", "set", COUNTY, "meeting=08:20", "dose=4")
    assert done.exit_code == 0
    assert "晨会改为 08:20。推送 08:08，08:50 收。" in done.output
    assert "自己设过的网点不变" in done.output
    run("branch", "set", BRANCH, "meeting=8点40")
    values = json.loads(run("branch", "show", BRANCH, "--json").output)["values"]
    assert "08:40" in {values["meeting"]["value"], values["meeting"]["later"]}
    other = json.loads(run("branch", "show", "城西网点", "--json").output)["values"]
    assert (other["meeting"]["later"], other["dose"]["later"]) == ("08:20", "4"), "a county's word holds from tomorrow"
    given_back = run("branch", "set", BRANCH, "meeting=")
    assert "晨会" in given_back.output


def test_one_bad_value_and_nothing_is_set(run: Run, bank: str) -> None:
    refused = run("branch", "set", BRANCH, "dose=4", "meeting=06:00")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "晨会可以定在 07:00 到 10:00 之间" in refused.stderr
    values = json.loads(run("branch", "show", BRANCH, "--json").output)["values"]
    assert values["dose"] == {"value": "5", "said_by": "", "own": False, "later": ""}
    unknown = run("branch", "set", BRANCH, "push=08:00")
    assert unknown.exit_code == 1
    assert "meeting, stages, dose, reminder, makeup, evening" in unknown.stderr


@pytest.mark.parametrize("values", [[], ["meeting"], ["dose=3", "dose=4"]])
def test_values_that_are_none_are_misuse(run: Run, bank: str, values: list[str]) -> None:
    assert run("branch", "set", BRANCH, *values).exit_code == 2


def test_a_day_is_closed_once_and_opened_again(run: Run, bank: str) -> None:
    day = working_days(bank)[0]
    closed = run("branch", "close", BRANCH, day.isoformat(), "--no-drill", "--reason", "全县比赛")
    assert closed.exit_code == 0
    assert "停课：全县比赛。已通知 5 人。" in closed.output
    assert told(bank).count("closing") == 5
    again = run("branch", "close", BRANCH, f"{day:%m-%d}")
    assert again.exit_code == 1
    assert "那几天已经定了停课" in again.stderr
    shown = json.loads(run("branch", "show", BRANCH, "--json").output)
    assert shown["closed"] == [
        {"first": str(day), "last": str(day), "kind": "no-drill", "reason": "全县比赛", "said_by": ""}
    ]
    opened = run("branch", "open", BRANCH, str(day))
    assert "照常。已通知 5 人。" in opened.output
    assert run("branch", "open", BRANCH, str(day)).exit_code == 1
    assert run("branch", "close", BRANCH, str(day)).exit_code == 0, "and closed again"
    assert told(bank).count("closing") == 10


def test_several_days_at_once(run: Run, bank: str) -> None:
    first, last = working_days(bank)
    done = run("branch", "close", COUNTY, str(first), "--until", str(last))
    assert "不营业。已通知 5 人。" in done.output
    shown = run("branch", "show", BRANCH).output
    assert shown.count("不营业（某县支行定的）") == 2
    refused = run("branch", "open", BRANCH, str(first))
    assert "那天是某县支行定的停课，请由上级恢复" in refused.stderr


@pytest.mark.parametrize("said", ["2020-01-06", "someday", "11-30 until later"])
def test_a_day_nobody_can_close(run: Run, bank: str, said: str) -> None:
    refused = run("branch", "close", BRANCH, said)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "请" in refused.stderr


def test_a_host_by_staff_number(run: Run, bank: str) -> None:
    day = working_days(bank)[0]
    done = run("branch", "host", BRANCH, "1001", str(day))
    assert done.exit_code == 0
    assert "的晨会由王芳主持" in done.output
    assert told(bank).count("host") == 1
    hosts = json.loads(run("branch", "show", BRANCH, "--json").output)["hosts"]
    assert {"day": str(day), "hosts": ["王芳"], "named": True} in hosts
    for words, why in (
        (("1001",), "已经定了王芳"),
        (("9999",), "没有工号是 9999 的人"),
        (("1006",), "请从本网点当天上班的人里选"),
    ):
        refused = run("branch", "host", BRANCH, *words, str(day))
        assert refused.exit_code == 1
        assert why in refused.stderr
    assert "没有晨会" in run("branch", "host", COUNTY, "1001", str(day)).stderr


def test_a_unit_is_found_by_name_or_path_and_a_slip_is_helped(run: Run, bank: str) -> None:
    for said in (BRANCH, f"{COUNTY}/{BRANCH}", f"总行/某省分行/某市分行/{COUNTY}/{BRANCH}"):
        assert BRANCH in run("branch", "show", said).output
    slip = run("branch", "show", "城东网店")
    assert slip.exit_code == 1
    assert "相近的有：城东网点" in slip.stderr
    lost = run("branch", "show", "火星")
    assert "chenlian branch list" in lost.stderr


def test_the_list_names_every_branch(run: Run, bank: str) -> None:
    listed = run("branch", "list").output.splitlines()
    assert [line.partition(" ")[0] for line in listed] == [BRANCH, "城西网点"]
    assert "晨会 08:15 · 推送 08:03 · 5 题 · 3 人" in listed[0]
    rows = json.loads(run("branch", "list", "--json").output)
    assert rows[1] == {
        "unit": "城西网点",
        "meeting": "08:15",
        "push": "08:03",
        "close": "08:45",
        "dose": 5,
        "staff": 1,
        "closed": None,
    }


def test_a_test_letter_is_put_into_the_outbox(run: Run, bank: str) -> None:
    done = run("say", "--test", "1004")
    assert done.exit_code == 0
    assert "给赵敏的试发已放进发件箱" in done.output
    assert "08:03 会是这样" in done.output
    assert told(bank) == ["test"]
    refused = run("say", "--test", "1006")
    assert refused.exit_code == 1
    assert "周外还没有连上" in refused.stderr
    assert run("say").exit_code == 2


def test_it_speaks_the_language_of_the_settings(run: Run, bank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENLIAN_LANGUAGE", "en")
    assert "Questions: 4 now." in run("branch", "set", BRANCH, "dose=4").output
    assert "meeting 08:15 · sent 08:03" in run("branch", "list").output
    assert "There are: 城东网点" in run("branch", "show", "城东网店").stderr
