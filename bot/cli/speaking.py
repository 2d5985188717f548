"""How the command line speaks: one sentence for a refusal, a bar for what takes longer than a second."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer


class Told(Exception):
    """A command cannot go on; the sentence says why, and what to do."""


def refuse(sentence: str) -> typer.Exit:
    """Say why not, and end with exit code 1."""
    typer.echo(sentence, err=True)
    return typer.Exit(1)


@contextmanager
def kindly() -> Iterator[None]:
    """Turn what the rooms refuse into one clear sentence each, without a traceback."""
    from bot.config import Misconfigured
    from bot.edge.fault import KeysRefused
    from bot.main import BadContent
    from bot.store.trouble import StoreTrouble
    from bot.web.server import PortTaken

    try:
        yield
    except (Told, StoreTrouble, Misconfigured, BadContent, KeysRefused, PortTaken) as error:
        raise refuse(str(error)) from error
    except BaseExceptionGroup as group:
        known = (Told, StoreTrouble, Misconfigured, KeysRefused, PortTaken)
        expected, rest = group.split(known)
        if expected is None or rest is not None:
            raise
        raise refuse("\n".join(str(error) for error in _leaves(expected))) from group


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


class Bar:
    """A line that grows, on a terminal only."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __call__(self, done: int, of: int) -> None:
        """So many are done."""
        if sys.stderr.isatty():
            filled = "█" * (20 * done // of)
            end = "\n" if done == of else ""
            typer.echo(f"\r{self._what} {filled:<20} {done}/{of}{end}", err=True, nl=False)
