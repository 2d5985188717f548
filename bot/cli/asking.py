"""Questions on a terminal, each with a default; or none, where everything was given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import typer

from bot.chat.words import Words
from bot.cli.speaking import Told

Fault = Callable[[str], str]
"""What is wrong with an answer, in a sentence; empty for a good one."""


def anything(_answer: str) -> str:
    """No answer is wrong."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was said on the command line; empty for what was not."""

    language: str = ""
    token: str = ""
    mode: str = ""
    public_url: str = ""
    timezone: str = ""
    bank: str = ""
    branch: str = ""
    name: str = ""
    number: str = ""
    lead: str = ""
    silent: bool = False
    check: bool = True


@dataclass(frozen=True, slots=True)
class Questions:
    """Whoever sits there is asked; with `silent` nobody is, and what was given or stands as default must do."""

    words: Words
    silent: bool = False

    def say(self, text: str) -> None:
        """Tell something."""
        typer.echo(text)

    def ask(self, question: str, *, option: str, given: str = "", default: str = "", fault: Fault = anything) -> str:
        """A short text. Raises Told where nobody may be asked and the answer is wrong or missing."""
        if given or self.silent:
            answer = given or default
            if complaint := fault(answer) if answer else self.words("init.lacking", option=option):
                raise Told(complaint)
            return answer
        while True:
            answer = str(typer.prompt(question, default=default or None)).strip()
            if complaint := fault(answer) if answer else "":
                self.say(complaint)
            elif answer:
                return answer

    def secret(self, question: str, *, kept: bool) -> str:
        """A text that is not shown while it is typed; empty to keep what there is."""
        return str(typer.prompt(question, default="" if kept else None, hide_input=True, show_default=False)).strip()

    def choose(self, question: str, choices: Mapping[str, str], *, given: str = "", default: str) -> str:
        """One of several, by its number."""
        if given or self.silent:
            return given or default
        values = list(choices)
        self.say(question)
        for number, said in enumerate(choices.values(), 1):
            self.say(f"  {number}  {said}")
        wanted = self.ask(
            self.words("init.number"),
            option="",
            default=str(values.index(default) + 1),
            fault=lambda answer: "" if answer in map(str, range(1, len(values) + 1)) else self.words("init.which"),
        )
        return values[int(wanted) - 1]
