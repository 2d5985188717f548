"""A list sent as a file: shown first, done when its sender says so, once, and only while it is what was shown."""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from bot.chat.incoming import Incoming
from bot.chat.message import Button, Message, Reply
from bot.services import roster, rota
from bot.services.bounds import scope_of, tops
from bot.services.caller import Caller, caller, known
from bot.sheets import lists
from bot.sheets import rota as sheets
from bot.sheets.problems import Problem
from bot.sheets.rota_head import NO_ROTA
from bot.sheets.sent import Sent
from bot.store import inbox, links, units, uploads
from bot.store.tables import Upload
from bot.store.turn import Reader, Turn
from bot.views import rota as rota_views
from bot.views import uploads as views
from drills.people import Act
from drills.places import Chain
from drills.refused import Refused
from drills.roster import Entry
from drills.roster import Line as Listed
from drills.rota import Line as Marked

ROSTER, ROTA = "roster", "rota"
DIGITS = 12
"""So much of a plan's digest as a button carries."""


def day_of_sender(turn: Reader, incoming: Incoming) -> date | None:
    """The day at the branch of who sent a file; None for somebody from whom we take none, and for what was heard
    before."""
    person = links.person_at(turn, incoming.channel, incoming.address)
    if person is None or inbox.knows(turn, incoming):
        return None
    who = caller(turn, person)
    return who.today if tops(who, Act.EDIT_ROSTER) or tops(who, Act.GRANT_LEAVE) else None


def show(turn: Turn, who: Caller, sent: Sent) -> Reply:
    """What a file would change, with buttons to do it; or what is wrong with it. Raises Refused."""
    if sent.roster is not None:
        return Reply(message=_show_roster(turn, who, sent.name, sent.roster))
    if sent.rota is not None:
        return Reply(message=_show_rota(turn, who, sent.name, sent.rota))
    problem = sent.problem or NO_ROTA
    if problem.code == "no-headings" and not tops(who, Act.EDIT_ROSTER):
        problem = NO_ROTA
    return Reply(message=views.problems(who.words, [problem]))


def take(turn: Turn, who: Caller, upload_id: int, digest: str, *, leavers: bool = False) -> Reply:
    """Do it, if it is still what was shown; else show it anew. Raises Refused."""
    upload = _mine(turn, who, upload_id)
    if upload.done_at is not None:
        raise Refused("upload-done")
    if upload.kind == ROTA:
        return Reply(message=_take_rota(turn, who, upload, digest), replaces=True)
    return Reply(message=_take_roster(turn, who, upload, digest, leavers=leavers), replaces=True)


def drop(turn: Turn, who: Caller, upload_id: int) -> Reply:
    """The sender does not want it. Raises Refused."""
    uploads.drop(turn, _mine(turn, who, upload_id))
    return Reply(message=Message(body=who.words("upload.dropped")), replaces=True)


def _mine(turn: Turn, who: Caller, upload_id: int) -> Upload:
    """A list of somebody else, and one that is too old, are as if they had never been."""
    upload = uploads.hold(turn, upload_id, who.id)
    if upload is None:
        raise Refused("upload-gone")
    return upload


def _digest(value: object) -> str:
    """A short name of what was shown: the same for the same, whichever process says it."""
    return sha256(json.dumps(value, default=str, sort_keys=True).encode()).hexdigest()[:DIGITS]


def _drop_button(who: Caller, upload_id: int) -> Button:
    return Button(who.words("upload.drop"), f"fx:{upload_id}")


def _by_row(problems: Sequence[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.row)


# ---- the staff list


def _show_roster(turn: Turn, who: Caller, name: str, listing: lists.Listing) -> Message:
    if not tops(who, Act.EDIT_ROSTER):
        raise Refused("upload-roster")
    listing = lists.placed(listing, _only_branch(turn, who))
    planned = roster.plan(turn, listing.lines, scope_of(turn, who))
    problems = [*listing.problems, *planned.problems]
    if problems:
        return views.problems(who.words, _by_row(problems), listing.rows)
    if not planned.would_do:
        return _roster_screen(who, 0, planned)
    kept = uploads.keep(turn, who.id, ROSTER, name, [line.to_json() for line in listing.lines])
    return _roster_screen(who, known(kept.id), planned)


def _only_branch(turn: Turn, who: Caller) -> Chain | None:
    """The branch of a list that names none: the only one its sender keeps."""
    of = {unit.id: unit for path in tops(who, Act.EDIT_ROSTER) for unit in units.branches(turn, path)}
    return units.chain(turn, next(iter(of.values()))) if len(of) == 1 else None


def _roster_screen(who: Caller, upload_id: int, planned: roster.Plan, lead: str = "") -> Message:
    changes, digest, buttons = planned.changes, _roster_digest(planned), []
    if planned.units or changes.joiners or changes.returners or changes.movers:
        buttons.append(Button(who.words("upload.import"), f"fi:{upload_id}:{digest}"))
    if changes.leavers:
        label = who.words("upload.import_leavers", n=len(changes.leavers))
        buttons.append(Button(label, f"fl:{upload_id}:{digest}"))
    if buttons:
        buttons.append(_drop_button(who, upload_id))
    return views.roster(who.words, changes, planned.units, planned.kept, buttons=buttons, lead=lead)


def _roster_digest(planned: roster.Plan) -> str:
    def said(entry: Entry) -> list[object]:
        return [entry.number, entry.name, entry.post, entry.place, sorted(entry.roles)]

    changes = planned.changes
    moved = [(said(move.before), said(move.after)) for move in changes.movers]
    kinds = [list(map(said, kind)) for kind in (changes.joiners, changes.returners, changes.leavers, planned.kept)]
    return _digest([planned.units, moved, kinds])


def _take_roster(turn: Turn, who: Caller, upload: Upload, digest: str, *, leavers: bool) -> Message:
    if not tops(who, Act.EDIT_ROSTER):
        raise Refused("no-right")
    units.hold(turn)  # from here on nobody else changes the tree or the people in it
    scope, lines = scope_of(turn, who), [Listed.from_json(line) for line in upload.lines]
    planned = roster.plan(turn, lines, scope)
    if planned.problems:
        return views.problems(who.words, planned.problems, len(lines))
    if _roster_digest(planned) != digest:
        return _roster_screen(who, known(upload.id), planned, who.words("upload.changed"))
    roster.apply(turn, lines, who.id, leavers=leavers, scope=scope)
    uploads.done(turn, upload)
    return views.roster_done(who.words, planned.changes, planned.units, leavers=leavers)


# ---- leave and shifts


def _show_rota(turn: Turn, who: Caller, name: str, listing: sheets.Listing) -> Message:
    if not tops(who, Act.GRANT_LEAVE):
        raise Refused("upload-rota")
    planned = rota.plan(turn, listing.lines, rota.bounds_of(who))
    problems = [*listing.problems, *planned.problems]
    if problems:
        return views.problems(who.words, _by_row(problems), listing.rows)
    if not planned.would_do:
        return _rota_screen(who, 0, planned)
    kept = uploads.keep(turn, who.id, ROTA, name, [line.to_json() for line in listing.lines])
    return _rota_screen(who, known(kept.id), planned)


def _rota_screen(who: Caller, upload_id: int, planned: rota.Plan, lead: str = "") -> Message:
    buttons = []
    if planned.would_do:
        data = f"fi:{upload_id}:{_rota_digest(planned)}"
        buttons = [Button(who.words("upload.import"), data), _drop_button(who, upload_id)]
    return rota_views.screen(who.words, planned.preview, who.today, buttons=buttons, lead=lead)


def _rota_digest(planned: rota.Plan) -> str:
    return _digest(
        [
            (each.person.id, c.withdraw, [(s.first, s.last, s.kind) for s in c.enter], c.back, c.kept)
            for each in planned.changes
            for c in [each.change]
        ]
    )


def _take_rota(turn: Turn, who: Caller, upload: Upload, digest: str) -> Message:
    bounds = rota.bounds_of(who)
    if not bounds.paths:
        raise Refused("no-right")
    lines = [Marked.from_json(line) for line in upload.lines]
    rota.hold(turn, lines, bounds)
    planned = rota.plan(turn, lines, bounds)
    if planned.problems:
        return views.problems(who.words, planned.problems, len(lines))
    if _rota_digest(planned) != digest:
        return _rota_screen(who, known(upload.id), planned, who.words("upload.changed"))
    _, told = rota.apply(turn, lines, bounds)
    uploads.done(turn, upload)
    return rota_views.done(who.words, told=told, of=len(planned.concerned))
