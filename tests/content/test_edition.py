import json
from datetime import time
from pathlib import Path

import pytest

from bot.content import load, parse, shipped
from bot.content.calendar import Notice
from bot.content.edition import to_body
from bot.content.policy import policy_from_json
from drills.policy import Policy
from drills.questions import Bank, Question
from tests.content.small import change, write


def test_what_is_kept_as_json_comes_back_the_same() -> None:
    body = load(shipped()).body
    content = parse(json.loads(json.dumps(body)))
    years = {
        number: Notice(source=body["calendar"][str(number)]["source"], year=year)
        for number, year in content.calendar.years.items()
    }
    again = to_body(
        content.bank,
        content.tariffs.values(),
        content.policy,
        years,
        content.positions,
        content.scenes.values(),
        content.sayings,
    )
    assert again == body


def test_the_shipped_policy_is_the_default_one() -> None:
    assert parse(load(shipped()).body).policy == Policy()


def test_a_policy_of_one_s_own(tmp_path: Path) -> None:
    folder = write(tmp_path)
    change(folder, "policy.yaml", "dose: 1", "dose: 1\npush: 07:55\nspacing: [1, 3]\nrolling_rate: 3/4")
    policy = parse(load(folder).body).policy
    assert (policy.dose, policy.push, policy.spacing) == (1, time(7, 55), (1, 3))
    assert (policy.rolling_rate.numerator, policy.rolling_rate.denominator) == (3, 4)


def test_an_older_edition_has_the_defaults_of_what_it_did_not_know() -> None:
    assert policy_from_json({"dose": 3}) == Policy(dose=3)


def test_a_mistake_and_a_reason_end_with_a_full_stop(tmp_path: Path) -> None:
    question = load(write(tmp_path)).body["questions"][0]
    assert (question["why"], question["wrong"][0]["mistake"]) == ("含本数。", "那是下一档。")


def test_an_unknown_kind_is_refused_both_ways() -> None:
    body = load(shipped()).body
    with pytest.raises(ValueError, match="essay"):
        parse({**body, "questions": [{**body["questions"][0], "kind": "essay"}]})
    question = next(iter(parse(body).bank.questions.values()))
    bare = Question(**{name: getattr(question, name) for name in Question.__dataclass_fields__})
    with pytest.raises(TypeError, match="Question"):
        to_body(Bank(topics={}, checkpoints={}, questions={"x": bare}), (), Policy(), {})


def test_shipped_content_is_found_beside_the_packages_or_inside_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (shipped() / "topics.yaml").is_file()
    package = tmp_path / "bot" / "content"
    (package / "shipped").mkdir(parents=True)
    monkeypatch.setattr("bot.config.__file__", str(tmp_path / "bot" / "config.py"))
    assert shipped() == package / "shipped"
