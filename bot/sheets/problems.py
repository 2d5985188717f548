"""What is wrong with a sheet: found as a code with values, told as a sentence in either language."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.sheets.headings import heading
from bot.sheets.sentences import SENTENCES


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem: the row as Excel counts it (0: the whole file), the column (a name in
    headings.py), what was read there."""

    code: str
    row: int = 0
    column: str = ""
    read: str = ""
    values: dict[str, object] = field(default_factory=dict)
    """What the sentence names besides; where English has another word for it, that as `…_en`."""

    def tell(self, language: str) -> tuple[str, str]:
        """What is wrong, and how to mend it."""
        message, mend = told("problem", self.code, language).split("|")
        values = {"row": self.row, "column": heading(self.column, language), "read": self.read} | self.values
        if language == "en":
            values |= {key.removesuffix("_en"): value for key, value in values.items() if key.endswith("_en")}
        return message.format_map(values), mend.format_map(values)

    def to_json(self, language: str) -> dict[str, object]:
        """The published form."""
        message, mend = self.tell(language)
        column = heading(self.column, language)
        return {"row": self.row, "column": column, "read": self.read, "message": message, "mend": mend}


class Unreadable(Exception):
    """A file that is no sheet, or not one we read; its one problem says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.problem = Problem(code=code, values=values)


def told(room: str, key: str, language: str) -> str:
    """A sentence as it stands, its places not filled."""
    chinese, english = SENTENCES[f"{room}.{key}"]
    return english if language == "en" else chinese


def report(problems: Sequence[Problem], rows: int, language: str) -> str:
    """Every problem in a line of its own, and how things stand."""
    lines = ["".join(problem.tell(language)) for problem in problems]
    return "\n".join([*lines, standing(problems, rows, language)])


def standing(problems: Sequence[Problem], rows: int, language: str) -> str:
    """How things stand: the other rows are fine, and nothing was imported."""
    wrong = len({problem.row for problem in problems if problem.row})
    return told("report", "rest" if rows > wrong else "none", language).format(rest=rows - wrong)
