import re
from typing import get_args, get_type_hints

from bot.cli.contacts import SAID
from bot.cli.init import LEADS
from bot.cli.trying import WHY
from bot.rehearsal.demo import stop_times
from bot.router.routes import COMMANDS, LEAVE
from bot.services.exporting import What
from bot.services.proving import Stand
from bot.telegram.updates import KINDS
from bot.views import catalogue
from bot.views.contacts import News
from bot.views.people import PLATFORMS
from bot.views.person import Reach
from bot.web.public import UNFIT
from bot.wecom.trial import SHUT
from drills.appeals import Because, Ground, Outcome
from drills.boards import By
from drills.cases import State
from drills.contacts import Why
from drills.findings import Seen
from drills.leave import Kind as Away
from drills.meeting import Mark
from drills.minutes import Span as Filled
from drills.people import Post, Role
from drills.policy import Policy
from drills.proofs import Kind as Proved
from drills.recordings import Part
from drills.run_sheet import Stage
from drills.settings import FILES, OFF, ON, REFERENCES, TIMES, Name
from drills.staying import Rule
from drills.windows import Span
from tests.views.spoken import placeholders, spoken

KEYS = set(catalogue()["zh-CN"].sentences)
STAY = {Rule.CRITICAL_AGAIN, Rule.ROLLING, Rule.NO_ANSWER_TWICE, Rule.FINDING, Rule.FAILED_SCENE}
"""The rules that make a case."""
COMES_AGAIN = {"again", "missed", "relapse"}
"""Why a case that was told before comes again."""

JUDGED = {f"{end}_{what}" for end in (Outcome.UPHELD, Outcome.KEPT) for what in ("mark", "case")} | {"struck_mark"}
"""How an appeal against what was judged."""

PATTERNS: dict[str, set[str]] = {
    "date.w{}": {str(day) for day in range(7)},
    "post.{}": set(Post),
    "role.{}": set(Role),
    "team.{}": set(Post),
    "export.{}": {
        *("day", "unit", "number", "name", "question", "stem", "said", "right", "counted", "reason", "kind", "at"),
        *("post", "duty", "answered", "correct", "asked", "streak", "evenings", "minutes"),
        *("code", "checkpoint", "persons"),
    },
    "export.means_{}": {"duty", "answered", "correct", "asked", "streak", "evenings", "minutes"},
    "export.take_{}": set(What),
    "export.ready_{}": set(What),
    "export.command_{}": set(What),
    "board.this_{}": {span.name.lower() for span in Span},
    "board.that_{}": {span.name.lower() for span in Span},
    "board.by_{}": {by.name.lower() for by in By},
    "kind.{}": {"several", "amount"},
    "rule.{}": STAY | COMES_AGAIN,
    "rule_short.{}": STAY | COMES_AGAIN,
    "rule_full.{}": set(STAY),
    "state.{}": set(State),
    "seen.{}": set(Seen),
    "spending.{}": set(Filled),
    "recording.{}": set(Part),
    "recording.note_{}": set(Part),
    "case.{}": {"busy", "new"},
    "appeal.ground_{}": set(Ground),
    "appeal.because_{}": set(Because),
    "appeal.lead_{}": {"due", "late"},
    "appeal.state_{}": {*Outcome, "open"},
    **{f"appeal.{what}_{{}}": {"mark", "case"} for what in ("uphold", "keep", "note")},
    **{f"appeal.{what}_{{}}": JUDGED for what in ("judged", "ruled", "told")},
    "appeal.became_{}": {"withdraw", "correct", "verify", "reject"},
    "appeal.{}": {"goes_on_evening", "became_withdraw", "became_correct", "became_verify", "became_reject"},
    "evening.{}": {
        *("outcome_pass", "outcome_fail", "outcome_fail_point", "outcome_missed"),
        *("outcome_scene", "outcome_unacted", "again", "scene_again"),
    },
    "tonight.{}": {"now", "makeup", "twice", "watch"},
    "tonight.settle_{}": set(get_args(get_type_hints(Policy)["unconfirmed"])),
    "run.stage_{}": set(Stage),
    "run.mark_{}": set(Mark),
    "minutes.{}": set(Mark),
    "menu.{}": {*(command.name for command in COMMANDS), LEAVE},
    "refused.{}": {code for code, _, _ in spoken().refusals},
    "setting.{}": set(Name),
    "setting.may_{}": set(TIMES),
    "setting.reminder_{}": {ON, OFF},
    "setting.proof_{}": {REFERENCES, FILES},
    "proofs.{}": {Stand.REFERENCES, Stand.CLOSED, Stand.FULL},
    "proofs.kind_{}": set(Proved),
    "proofs.gone_{}": {"over", "withdrawn"},
    "leave.kind_{}": set(Away),
    "leave.day_{}": set(Away),
    "acting.who_{}": {"acts", "plays", "marks"},
    "about.{}": {Reach.BLOCKED, Reach.NEVER},
    "contacts.why_{}": set(Why),
    "contacts.news_{}": set(get_args(News)),
    "contacts.closed_{}": {*SAID, "other"},
    "wordless.{}": {*KINDS, "card", "file", "other"},
    "init.level_{}": {"province", "city", "county"},
    "init.lead_{}": set(LEADS),
    "init.address_{}": set(UNFIT),
    "init.not_{}": {"wecom_callback_token", "wecom_callback_aes_key"},
    "trying.no_{}": {*WHY.values(), "other"},
    "trying.callback_{}": set(SHUT),
    "web.hint.{}": {"clock", "answer", "trainer"},
    "unreachable.{}": set(PLATFORMS),
    "web.stop.{}": set(stop_times(Policy())),
}
"""Keys whose end is known only at run time, and every end there is."""


def _expanded() -> set[str]:
    return {pattern.replace("{}", end) for pattern, ends in PATTERNS.items() for end in ends}


def test_every_half_known_key_is_listed_here() -> None:
    assert set(spoken().patterns) == set(PATTERNS), spoken().patterns


def test_every_key_in_the_code_is_in_the_catalogue() -> None:
    missing = {key: where for key, where in spoken().keys.items() if key not in KEYS}
    assert not missing
    assert not _expanded() - KEYS


def test_every_key_of_the_catalogue_is_said_somewhere() -> None:
    assert not KEYS - set(spoken().keys) - _expanded()


def test_every_sentence_gets_its_values() -> None:
    said = list(spoken().given)
    said += [(f"refused.{code}", values, where) for code, values, where in spoken().refusals]
    for words in catalogue().values():
        for key, values, where in said:
            lacking = placeholders(words.sentences[key]) - values
            if where.startswith("drills/cases.py") and key == "refused.illegal-step":
                lacking -= {"state"}  # a code here; who shows it puts it into words
            assert "**" in values or not lacking, f"{where}: {key} in {words.language} lacks {sorted(lacking)}"


def test_only_rules_that_keep_somebody_have_sentences() -> None:
    said = {match[1] for key in KEYS if (match := re.fullmatch(r"rule(?:_short|_full)?\.(.+)", key))}
    assert said == STAY | COMES_AGAIN
