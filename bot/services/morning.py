"""The morning: the push, one reminder, the close, and the make-up for those who did not answer."""

from datetime import date

from bot.services import raising, verifying
from bot.services.caller import known
from bot.services.duty import deciders, on_duty
from bot.services.sittings import Occasion, at, dice, open_sitting, past
from bot.store import answers, links, outbox, sittings
from bot.store.tables import Person, Unit
from bot.store.turn import InForce, Reader, Turn
from bot.views import people as words_of_people
from bot.views import quiz
from drills.boards import Place, Score, rank
from drills.choosing import choose
from drills.people import Post
from drills.refused import Refused
from drills.sitting import Kind

PUSH, REMINDER, RESULT = 5, 4, 6  # urgency: what is lower goes out first; replies are 0


def push(turn: Turn, unit: Unit, day: date) -> None:
    """Make each person's sitting and promise the letter that opens it."""
    rules = turn.in_force(unit.path)
    duty = on_duty(turn, unit, day)
    closes = at(unit, day, rules.policy.close)
    within_reach = links.reachable(turn, [known(p.id) for p in duty])
    for person in duty:
        if person.id not in within_reach:
            continue  # nobody can fail to answer what was never sent
        sitting = _open(turn, person, unit, day, Kind.MORNING, rules)
        if sitting is None:
            continue
        words = turn.words[person.language]
        n = len(sittings.slots(turn, sitting))
        message = quiz.push(words, n=n, closes=rules.policy.close, day=day)
        outbox.tell(turn, known(person.id), f"push/{day}/{person.id}", message, urgency=PUSH, expires_at=closes)


def _open(turn: Turn, person: Person, unit: Unit, day: date, kind: Kind, rules: InForce) -> int | None:
    occasion = Occasion(person=person, unit=unit, day=day, kind=kind)
    picks = choose(
        rules.bank,
        Post(person.post),
        past(turn, person),
        day,
        dice(occasion),
        rules.policy,
        verifying.due(turn, person),
        raising.first_today(turn, unit, rules, day),
    )
    closes = rules.policy.close if kind is Kind.MORNING else rules.policy.makeup_until
    return open_sitting(turn, occasion, picks, closes, rules)


def remind(turn: Turn, unit: Unit, day: date) -> None:
    """One reminder to those who have not finished."""
    policy = turn.in_force(unit.path).policy
    for person, left in unfinished(turn, unit, day):
        words = turn.words[person.language]
        message = quiz.reminder(words, left=left, closes=policy.close, day=day)
        until = at(unit, day, policy.close)
        outbox.tell(turn, known(person.id), f"remind/{day}/{person.id}", message, urgency=REMINDER, expires_at=until)


def unfinished(turn: Reader, unit: Unit, day: date) -> list[tuple[Person, int]]:
    """People on duty with open questions of the morning, and how many are left."""
    progress = sittings.progress(turn, known(unit.id), day, Kind.MORNING)
    waiting = []
    for person in on_duty(turn, unit, day):
        if known(person.id) in progress:
            _, of, answered = progress[known(person.id)]
            if answered < of:
                waiting.append((person, of - answered))
    return waiting


def close(turn: Turn, unit: Unit, day: date) -> None:
    """08:45: everybody who answered hears the branch's result and their own place."""
    policy = turn.in_force(unit.path).policy
    duty = on_duty(turn, unit, day)
    scores = morning_scores(turn, unit, day)
    places = {p.key: p for p in rank(scores, policy.board_min)}
    branch = quiz.Closed(
        right=sum(s.right for s in scores),
        asked=sum(s.asked for s in scores),
        answered=len(places.keys() & {known(p.id) for p in duty}),
        expected=len(duty),
        ranked=sum(p.place is not None for p in places.values()),
        minimum=policy.board_min,
    )
    for person in duty:
        place = places.get(known(person.id))
        if place is None:
            continue
        message = quiz.closed(turn.words[person.language], branch, place)
        outbox.tell(turn, known(person.id), f"close/{day}/{person.id}", message, urgency=RESULT)


def morning_scores(turn: Reader, unit: Unit, day: date) -> list[Score]:
    """Right and asked of each person in the branch's morning sittings."""
    return [Score(key=p, right=r, asked=n) for p, r, n in answers.scores(turn, known(unit.id), day, Kind.MORNING)]


def places(turn: Reader, unit: Unit, day: date) -> tuple[Place, ...]:
    """The branch's ranking of the day."""
    return rank(morning_scores(turn, unit, day), turn.in_force(unit.path).policy.board_min)


def open_makeup(turn: Turn, person: Person, unit: Unit, day: date) -> int:
    """The make-up sitting of somebody who did not answer; the one they have, if it is there already. Raises
    Refused("no-question") when there is nothing to ask this post."""
    sitting = _open(turn, person, unit, day, Kind.MAKEUP, turn.in_force(unit.path))
    if sitting is None:
        existing = sittings.of_day(turn, known(person.id), day, Kind.MAKEUP)
        if not existing:
            raise Refused("no-question")
        return known(existing[0].sitting.id)
    return sitting


def offer_makeup(turn: Turn, person: Person, unit: Unit, day: date) -> None:
    """At nine: the questions wait until the afternoon; when there are none, or it is late, nobody is bothered."""
    policy = turn.in_force(unit.path).policy
    if turn.now >= at(unit, day, policy.makeup_until):
        return
    try:
        sitting = open_makeup(turn, person, unit, day)
    except Refused:
        return
    n = len(sittings.slots(turn, sitting))
    message = quiz.makeup(turn.words[person.language], n=n, until=policy.makeup_until, day=day)
    until = at(unit, day, policy.makeup_until)
    outbox.tell(turn, known(person.id), f"makeup/{day}/{person.id}", message, urgency=REMINDER, expires_at=until)


def tell_skipped(turn: Turn, unit: Unit, day: date) -> None:
    """The push did not happen because nobody was awake: the trainers hear it."""
    policy = turn.in_force(unit.path).policy
    for trainer in deciders(turn, unit):
        words = turn.words[trainer.language]
        message = words_of_people.skipped(words, at=policy.push, until=policy.makeup_until)
        outbox.tell(turn, known(trainer.id), f"skipped/{day}/{unit.id}/{trainer.id}", message, urgency=REMINDER)
