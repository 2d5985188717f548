"""What the contacts-sync assistant (通讯录同步) tells us: who has come, changed or gone, by ids only (§3.5)."""

from bot.chat.incoming import Changed, Incoming
from bot.wecom.channel import CHANNEL
from bot.wecom.events import SYSTEM, digest
from bot.wecom.fit import cleaned
from bot.wecom.xml import Element

LONGEST = 64
"""Bytes that no userid exceeds."""
CHANGE = "change_contact"
_TELLING = ("FromUserName", "CreateTime", "Event", "ChangeType", "UserID", "NewUserID", "Department", "Id", "ParentId")


def change_of(told: Element) -> Incoming | None:
    """The change, or None where there is nothing in it for us: tags, a new department that nobody is in yet."""
    said = _changed(told) if told.word("Event") == CHANGE else None
    if said is None:
        return None
    # one after another in the order of WeCom's clock, whoever they are about
    return Incoming(channel=CHANNEL, event=digest([told.word(name) for name in _TELLING]), address=SYSTEM, said=said)


def _changed(told: Element) -> Changed | None:
    who, to = _userid(told, "UserID"), _userid(told, "NewUserID")
    match told.word("ChangeType"):
        case "create_user" | "update_user" if who:
            return Changed(who=who, to="" if to == who else to)
        case "delete_user" if who:
            return Changed(who=who, gone=True)
        case "update_party":
            return Changed()
        case _:
            return None


def _userid(told: Element, name: str) -> str:
    userid = cleaned(told.word(name)).lower()
    return userid if len(userid.encode()) <= LONGEST else ""
