"""The day's settings, days without a drill and the host, moment by moment."""

from dataclasses import replace
from datetime import date

from bot.chat.message import Message
from bot.chat.words import Words
from bot.views import closing, hosting, quiz, settings
from drills.policy import Policy
from drills.settings import Name, lay, value_of
from tests.views.staff_moments import POINT, TODAY, TOMORROW, Moment

MOVED = lay(Policy(), {"meeting": "08:40"})
STORM = closing.Closed(first=TODAY, last=TODAY, kind="no-drill", reason="台风")
REPAIRS = closing.Closed(first=date(2026, 11, 30), last=date(2026, 12, 2), kind="closed", reason="装修")
COUNTYS = replace(REPAIRS, kind="no-drill", reason="全县比赛", said_by="某县支行")


def _state(policy: Policy = MOVED, *, later: bool = True, at_branch: bool = True) -> settings.State:
    said = {Name.MEETING: ("城东网点", True), Name.DOSE: ("某县支行", False)}
    values = [
        settings.Value(
            name=name,
            value=value_of(policy, name),
            said_by=said.get(name, ("", False))[0],
            own=said.get(name, ("", False))[1],
            later="4" if later and name is Name.DOSE else "",
        )
        for name in Name
    ]
    return settings.State(
        unit="城东网点" if at_branch else "某县支行",
        unit_id=29,
        at_branch=at_branch,
        values=values,
        policy=policy,
        later_day=TOMORROW,
        closed=[REPAIRS] if later else [],
        today=TODAY,
    )


def _changed(words: Words) -> Message:
    line = settings.changed(words, Name.MEETING, "08:40", MOVED)
    line += settings.since(words, Name.MEETING, TOMORROW, TODAY, begun=True)
    return settings.screen(words, _state(later=False), lead=line)


def _choose(words: Words, name: Name, *, own: bool = False) -> Message:
    one = settings.Value(name=name, value=value_of(Policy(), name), said_by="城东网点" if own else "", own=own)
    return settings.choose(words, one, unit="城东网点", unit_id=29)


def _test(words: Words) -> Message:
    looks = quiz.push(words, n=5, closes=Policy().close, day=date(2026, 11, 24))
    return settings.test(words, looks, day=TOMORROW, at=Policy().push, today=TODAY)


def _closings(words: Words) -> Message:
    message = closing.screen(
        words, unit="城东网点", unit_id=29, closed=[STORM, COUNTYS], offered=[TOMORROW], today=TODAY
    )
    return replace(message, lead=closing.done(words, STORM, TODAY, told=5))


def _hosts(words: Words) -> Message:
    led = [
        hosting.Led(day=TODAY, hosts=["赵敏"], named=False),
        hosting.Led(day=TOMORROW, hosts=["王芳"], named=True),
    ]
    lead = hosting.done(words, "王芳", day=TOMORROW, today=TODAY)
    return hosting.screen(words, led, unit="城东网点", unit_id=29, today=TODAY, lead=lead)


SETTINGS: dict[str, Moment] = {
    "settings": lambda words: settings.screen(words, _state()),
    "settings, of a county": lambda words: settings.screen(words, _state(later=False, at_branch=False)),
    "settings, changed": _changed,
    "settings, which unit": lambda words: settings.which(words, [("城东网点", 29), ("城西网点", 30)]),
    "settings, meeting": lambda words: _choose(words, Name.MEETING, own=True),
    "settings, dose": lambda words: _choose(words, Name.DOSE),
    "settings, reminder": lambda words: _choose(words, Name.REMINDER),
    "settings, make-up": lambda words: _choose(words, Name.MAKEUP),
    "settings, evening": lambda words: _choose(words, Name.EVENING),
    "settings, proof": lambda words: _choose(words, Name.PROOF),
    "settings, in writing": lambda words: settings.write(words, Name.MEETING),
    "test letter": _test,
    "closings": _closings,
    "closings, none": lambda words: closing.screen(
        words, unit="城东网点", unit_id=29, closed=[], offered=[TODAY, TOMORROW], today=TODAY
    ),
    "closing, sure": lambda words: closing.ask(
        words, unit="城东网点", unit_id=29, day=TOMORROW, today=TODAY, begun=False
    ),
    "closing, sure, after the push": lambda words: closing.ask(
        words, unit="城东网点", unit_id=29, day=TODAY, today=TODAY, begun=True
    ),
    "closing, in writing": closing.write,
    "closing, told today": lambda words: closing.told(words, STORM, TODAY, begun=False, moved=[]),
    "closing, told after the push": lambda words: closing.told(
        words, STORM, TODAY, begun=True, moved=[(POINT, TOMORROW)]
    ),
    "closing, told ahead": lambda words: closing.told(words, REPAIRS, TODAY, begun=False, moved=[]),
    "closing, asked on the day": lambda words: closing.called_off(words, replace(STORM, said_by="某县支行"), TODAY),
    "closing, in the group": lambda words: closing.group_told(words, STORM, TODAY),
    "lifted, before the push": lambda words: _lifted(words, "to-come"),
    "lifted, while open": lambda words: _lifted(words, "open"),
    "lifted, in time to make up": lambda words: _lifted(words, "make-up"),
    "lifted, too late": lambda words: _lifted(words, "over"),
    "lifted, another day": lambda words: closing.told_lifted(words, TOMORROW, TODAY, policy=Policy(), how=""),
    "lifted, in the group": lambda words: closing.group_lifted(words, TOMORROW, TODAY),
    "host": _hosts,
    "host, who": lambda words: hosting.choose(
        words, [("赵敏", 3), ("陈主任", 4), ("王芳", 1), ("李强", 2)], unit_id=29, day=TOMORROW, today=TODAY
    ),
    "host, told": lambda words: hosting.told(
        words, unit="城东网点", unit_id=29, day=TOMORROW, at=Policy().review, today=TODAY
    ),
    "host, relieved": lambda words: hosting.relieved(words, "王芳", day=TODAY, today=TODAY),
}


def _lifted(words: Words, how: str) -> Message:
    return closing.told_lifted(words, TODAY, TODAY, policy=Policy(), how=how)
