"""Letters: promised once inside a Turn, claimed by a process, closed with the receipt. Nothing is sent here."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, literal_column, or_, update
from sqlmodel import col, select

from bot.chat.channel import Letter, Receipt, SendError
from bot.chat.incoming import Incoming
from bot.chat.message import Message
from bot.store import following, links
from bot.store.dialect import core, insert_or_leave, table_of
from bot.store.following import LIFETIME
from bot.store.presence import STALE, living
from bot.store.tables import LetterRow, Link
from bot.store.tables.types import Utc
from bot.store.turn import Reader, Turn

LEASE = timedelta(minutes=10)
"""A living process that has not closed a claim for so long has forgotten it."""
LONGEST_PAUSE = timedelta(minutes=1)
REPLY_URGENCY = 0
URGENCY = 5
BORN = 1
"""A reply is born claimed, for its first try."""

_table = table_of(LetterRow)
_letter = _table.c
_reachable = select(col(Link.channel), col(Link.address)).where(
    col(Link.person_id) == bindparam("person"), col(Link.blocked_at).is_(None)
)
# the states are written out, not bound: only then are the small indexes used
_is_waiting = _letter.state == literal_column("'waiting'")
_is_claimed = _letter.state == literal_column("'claimed'")
_still_mine = (
    update(_table)
    .where(_letter.id == bindparam("letter"), _letter.tries == bindparam("token"))
    .where(_is_claimed, _letter.claimed_by == bindparam("holder"))
)
_sent = _still_mine.values(
    state="sent",
    receipt=bindparam("handle_", type_=_letter.receipt.type),
    sent_at=bindparam("at", type_=Utc),
    trouble="",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed(Letter):
    """A letter this process may send now. `token` fences it: whoever takes the letter over holds a newer one."""

    channel: str
    token: int


def tell(  # noqa: PLR0913 -- what is said, and three options that are rarely needed
    turn: Turn,
    person_id: int,
    once: str,
    message: Message,
    *,
    urgency: int = URGENCY,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> list[LetterRow]:
    """Promise a message to somebody, one letter on each channel they can be reached. The same occasion again: nothing.

    Returns the letters that are new; none may also mean that nobody can be reached (see `links.reachable`)."""
    letters = []
    body = message.to_json()
    for channel, address in turn.session.exec(_reachable, params={"person": person_id}):
        letter = LetterRow(
            once=f"{once}/{channel}",
            person_id=person_id,
            channel=channel,
            address=address,
            body=body,
            urgency=urgency,
            due_at=due_at or turn.now,
            created_at=turn.now,
            expires_at=expires_at or turn.now + LIFETIME,
        )
        if turn.insert_once(letter):
            letters.append(letter)
    return letters


def reply(
    turn: Turn,
    incoming: Incoming,
    message: Message | None,
    toast: str = "",
    replaces: bool = False,  # noqa: FBT001, FBT002 -- a part of what is said
    person_id: int | None = None,
) -> Claimed:
    """Promise the answer to an event, claimed by this process from birth: send it as soon as the Turn has committed.

    It is written without a LetterRow being made: this is on the way of every answer."""
    row = {
        "once": _reply_key(incoming),
        "person_id": person_id,
        "channel": incoming.channel,
        "address": incoming.back,
        "body": None if message is None else message.to_json(),
        "toast": toast,
        "handle": dict(incoming.handle),
        "replaces": replaces,
        "urgency": REPLY_URGENCY,
        "due_at": turn.now,
        "created_at": turn.now,
        "state": "claimed",
        "claimed_by": turn.process,
        "claimed_at": turn.wall,
        "expires_at": turn.now + LIFETIME,
        "tries": BORN,
    }
    letter = insert_or_leave(LetterRow).run(turn, row).scalar()
    if letter is None:
        raise ValueError("an event was answered twice; ask `hear` first")
    return Claimed(
        id=letter,
        address=incoming.back,
        message=message,
        toast=toast,
        handle=incoming.handle,
        replaces=replaces,
        urgency=REPLY_URGENCY,
        channel=incoming.channel,
        token=BORN,
    )


def repeat_of(turn: Turn, incoming: Incoming, stale: timedelta = STALE) -> Claimed | None:
    """The reply to an event heard before, claimed anew, if it has not gone out and nobody living is sending it."""
    query = select(LetterRow).where(col(LetterRow.once) == _reply_key(incoming)).with_for_update(key_share=True)
    letter = turn.session.exec(query).first()
    if letter is None or letter.state not in ("waiting", "claimed"):
        return None
    if letter.state == "claimed" and letter.claimed_by in living(turn, stale):
        return None
    letter.handle = dict(incoming.handle)
    return _take(turn, letter)


def claim(
    turn: Turn, limit: int, channels: Collection[str], stale: timedelta = STALE, lease: timedelta = LEASE
) -> list[Claimed]:
    """Take letters that are due, the most urgent first, and those whose process has died; drop what has expired."""
    _drop_expired(turn)
    left = _left_behind(turn, limit, channels, stale, lease)
    query = (
        select(LetterRow)
        .where(_is_waiting, _letter.due_at <= turn.now, _letter.channel.in_(channels), following.ready(turn.now))
        .order_by(_letter.urgency, _letter.due_at, _letter.id)
        .limit(limit - len(left))
        .with_for_update(key_share=True, skip_locked=True)
    )
    return [_take(turn, letter) for letter in (*left, *turn.session.exec(query).all())]


def close(turn: Turn, claimed: Iterable[Claimed], receipts: Iterable[Receipt]) -> None:
    """Record what became of claimed letters. A letter that somebody else has taken over meanwhile stays as it is."""
    by_id = {letter.id: letter for letter in claimed}
    sent = []
    for receipt in receipts:
        letter = by_id.get(receipt.letter)
        if letter is None:
            continue
        if receipt.error is not None:
            _close_unsent(turn, letter, receipt.error)
        else:
            sent.append(_whose(turn, letter) | {"handle_": dict(receipt.handle), "at": turn.now})
    if sent:
        core(turn).execute(_sent, sent)


def pause_after(tries: int, retry_after: float) -> timedelta:
    """How long a letter rests after a try that failed: 2 s, 4 s, 8 s … a minute, never less than the platform asks."""
    return max(min(timedelta(seconds=2 ** min(tries, 10)), LONGEST_PAUSE), timedelta(seconds=retry_after))


def of_person(turn: Reader, person_id: int, since: datetime) -> Sequence[LetterRow]:
    """Letters promised to somebody since an instant, oldest first."""
    query = select(LetterRow).where(col(LetterRow.person_id) == person_id, col(LetterRow.created_at) >= since)
    return turn.session.exec(query.order_by(col(LetterRow.created_at), col(LetterRow.id))).all()


def arrived(turn: Reader, persons: Collection[int], occasions: Collection[str]) -> frozenset[tuple[int, str]]:
    """Which of these people have got a letter whose occasion begins like one of these, and which one."""
    if not occasions:
        return frozenset()
    began = or_(*(col(LetterRow.once).startswith(occasion) for occasion in occasions))
    query = select(col(LetterRow.person_id), col(LetterRow.once)).where(
        col(LetterRow.person_id).in_(persons), LetterRow.state == "sent", began
    )
    found = turn.session.exec(query)
    return frozenset((p, o) for p, once in found if p is not None for o in occasions if once.startswith(o))


def withdraw(turn: Turn, occasions: Collection[str], persons: Collection[int]) -> None:
    """Letters to these people whose occasions begin like this, and that still wait, are not sent: they are not true any
    more."""
    about = or_(*(_letter.once.startswith(occasion) for occasion in occasions))
    theirs = update(_table).where(_is_waiting, _letter.person_id.in_(persons), about)
    core(turn).execute(theirs.values(state="dropped", trouble="withdrawn"))


def last_sent(turn: Reader) -> datetime | None:
    """When the latest letter went out; None if none ever has."""
    return turn.session.exec(select(func.max(_letter.sent_at))).first()


def _reply_key(incoming: Incoming) -> str:
    return f"reply/{incoming.channel}/{incoming.event}"


def _drop_expired(turn: Turn) -> None:
    expired = update(_table).where(_is_waiting, _letter.expires_at <= turn.now)
    core(turn).execute(expired.values(state="dropped", trouble="expired"))


def _left_behind(
    turn: Turn, limit: int, channels: Collection[str], stale: timedelta, lease: timedelta
) -> list[LetterRow]:
    """Claims of the dead. A reply that was only a word over a button, or has expired, is worth nothing now."""
    forgotten = or_(_letter.claimed_by.not_in(living(turn, stale)), _letter.claimed_at <= turn.wall - lease)
    query = (
        select(LetterRow)
        .where(_is_claimed, forgotten, _letter.channel.in_(channels))
        .order_by(_letter.urgency, _letter.id)
        .limit(limit)
        .with_for_update(key_share=True, skip_locked=True)
    )
    useful = []
    for letter in turn.session.exec(query).all():
        if letter.body is None or (letter.expires_at is not None and letter.expires_at <= turn.now):
            letter.state, letter.trouble = "dropped", "nobody was left to send it in time"
        else:
            useful.append(letter)
    return useful


def _take(turn: Turn, letter: LetterRow) -> Claimed:
    letter.state, letter.claimed_by, letter.claimed_at = "claimed", turn.process, turn.wall
    letter.tries += 1
    if letter.follows is not None:
        following.resolve(turn, letter)
    elif letter.replaces and _overtaken(turn, letter):
        letter.replaces = False  # the card has moved on: what comes late stands below it, never on top
    return _claimed(letter)


def _overtaken(turn: Turn, letter: LetterRow) -> bool:
    later = select(LetterRow.id).where(
        LetterRow.channel == letter.channel, LetterRow.address == letter.address, col(LetterRow.replaces)
    )
    return turn.session.exec(later.where(col(LetterRow.id) > letter.id).limit(1)).first() is not None


def _claimed(letter: LetterRow) -> Claimed:
    assert letter.id is not None  # noqa: S101 -- it has been written
    return Claimed(
        id=letter.id,
        address=letter.address,
        message=None if letter.body is None else Message.from_json(letter.body),
        toast=letter.toast,
        handle=letter.handle,
        replaces=letter.replaces,
        urgency=letter.urgency,
        channel=letter.channel,
        token=letter.tries,
    )


def _whose(turn: Turn, letter: Claimed) -> dict[str, Any]:
    return {"letter": letter.id, "token": letter.token, "holder": turn.process}


def _close_unsent(turn: Turn, letter: Claimed, error: SendError) -> None:
    """Failed for good, or waiting for another try; somebody who is gone is not written to again."""
    final = error.permanent or error.gone or letter.message is None
    due = turn.now + pause_after(letter.token, error.retry_after)
    changes = {"state": "failed"} if final else {"state": "waiting", "due_at": due}
    closed = _still_mine.values(**changes, trouble=error.reason[:200])
    if core(turn).execute(closed, _whose(turn, letter)).rowcount and error.gone:
        links.block(turn, letter.channel, letter.address)
