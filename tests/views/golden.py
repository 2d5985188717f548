"""The golden examples: every moment as its reader sees it, one file a language.

After a wanted change of words: python -m tests.views.golden, then read the difference as a teller would."""

import unicodedata
from pathlib import Path

from bot.chat.message import Message, plain
from bot.chat.words import LANGUAGES, Words
from bot.views import catalogue
from tests.views.appeal_moments import APPEALS
from tests.views.group_moments import GROUPS
from tests.views.leader_moments import LEADERS
from tests.views.meeting_moments import MEETINGS
from tests.views.people_moments import PEOPLE
from tests.views.proof_moments import PROOFS
from tests.views.scene_moments import SCENES
from tests.views.setting_moments import SETTINGS
from tests.views.staff_moments import STAFF
from tests.views.upload_moments import UPLOADS

FOLDER = Path(__file__).parent / "golden"
MOMENTS = STAFF | LEADERS | GROUPS | SETTINGS | PEOPLE | UPLOADS | SCENES | MEETINGS | APPEALS | PROOFS
ROOM = 20  # full-width characters in a line of a phone
LINES = 9  # before the buttons: what a phone shows without scrolling


def shown(message: Message) -> str:
    """The text, and under it the buttons in their rows."""
    rows = ["  ".join(f"[{button.text}]" for button in row) for row in message.buttons]
    return "\n".join([plain(message), *rows])


def page(words: Words) -> str:
    """All moments in one language."""
    return "\n".join(f"## {name}\n{shown(moment(words))}\n" for name, moment in MOMENTS.items())


def path_of(language: str) -> Path:
    return FOLDER / f"{language}.txt"


def width(text: str, *, wide: bool) -> float:
    """In full-width characters; quotes and the like are as wide as their language has them."""
    full = "WFA" if wide else "WF"
    return sum(1 if unicodedata.east_asian_width(c) in full else 0.5 for c in text)


def lines(message: Message, words: Words) -> int:
    """How many lines of a phone a message takes before its buttons."""
    wide = words.language == "zh-CN"
    return sum(max(1, -int(-width(line, wide=wide) // ROOM)) for line in plain(message).split("\n"))


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        path_of(language).write_text(page(catalogue()[language]), encoding="utf-8")


if __name__ == "__main__":
    write()
