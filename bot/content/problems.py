"""What is wrong with a file, where, and how to mend it: found as a code with values, told as a sentence."""

from dataclasses import dataclass, field

from bot.content.sentences import SENTENCES


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem as a trainer reads it: file and line, the key, what is wrong, how to mend it."""

    file: str
    line: int
    key: str
    message: str
    mend: str

    def to_json(self) -> dict[str, str | int]:
        return {"file": self.file, "line": self.line, "key": self.key, "message": self.message, "mend": self.mend}

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        key = f" [{self.key}]" if self.key else ""
        return f"{place}{key} {self.message}{self.mend}"


@dataclass(slots=True)
class Notes:
    """Everything found so far, in one language; a check never stops at the first problem."""

    language: str = "zh"
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    complete: bool = True
    """Whether everything could be read, so that the whole can be judged and not only its parts."""

    def add(self, code: str, /, *, file: str, line: int = 0, key: str = "", **values: object) -> None:
        """Notes a problem by its code in sentences.py, or a warning where the code says it is one."""
        kind, *by_language = SENTENCES[code]
        message, mend = by_language[0] if self.language == "zh" else by_language[1]
        told = Problem(file=file, line=line, key=key, message=message.format(**values), mend=mend.format(**values))
        heard = self.warnings if kind == "warning" else self.problems
        if told not in heard:
            heard.append(told)
