"""Questions on a terminal, each with a default; or none, where everything was given."""

import re
from collections.abc import Callable, Mapping, Sequence
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
    channels: tuple[str, ...] = ()
    token: str = ""
    mode: str = ""
    public_url: str = ""
    corp_id: str = ""
    agent_id: str = ""
    secret: str = ""
    callback_token: str = ""
    callback_aes_key: str = ""
    bot_id: str = ""
    bot_secret: str = ""
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

    def explain(self, text: str) -> None:
        """Tell what helps to answer, where somebody is asked."""
        if not self.silent:
            self.say(text)

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

    def hidden(self, question: str, *, option: str, given: str, kept: str, fault: Fault = anything) -> str:
        """The same, with what is there already or can be made: Enter takes it. Raises Told as `ask` does."""
        if given or self.silent:
            return self.ask(question, option=option, given=given.strip(), default=kept, fault=fault)
        while True:
            answer = self.secret(question, kept=bool(kept)) or kept
            if not (complaint := fault(answer)):
                return answer
            self.say(complaint)

    def some(
        self, question: str, choices: Mapping[str, str], *, given: Sequence[str], default: Sequence[str], alone: str
    ) -> list[str]:
        """One or several, by their numbers; `alone` goes with no other."""
        if given or self.silent:
            return list(given or default)
        values = list(choices)
        self.say(question)
        for number, said in enumerate(choices.values(), 1):
            self.say(f"  {number}  {said}")

        def fault(answer: str) -> str:
            numbers = _numbers(answer)
            known = numbers and set(numbers) <= {str(number) for number in range(1, len(values) + 1)}
            contrary = len(numbers) > 1 and str(values.index(alone) + 1) in numbers
            return "" if known and not contrary else self.words("init.which_some")

        usual = ",".join(str(values.index(name) + 1) for name in default)
        wanted = self.ask(self.words("init.numbers"), option="", default=usual, fault=fault)
        return [values[int(number) - 1] for number in _numbers(wanted)]

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


def _numbers(answer: str) -> list[str]:
    """The numbers in an answer, however they are parted."""
    return re.findall(r"[^\s,;+\u3001\uff0c]+", answer)
