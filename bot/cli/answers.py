"""The commands that write answers and figures into a file."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

answers = typer.Typer(
    name="answers",
    help="Answers into Excel or CSV: by person, question, unit, period.",
    epilog="Example: chenlian answers export --from 2026-11-01 --out answers.xlsx",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@answers.callback()
def group() -> None:
    """Answers into Excel or CSV: by person, question, unit, period."""


def a_day(text: str, name: str) -> date | None:
    """A day as 2026-11-30; None where nothing is said."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"“{text}” is no day; write it as 2026-11-30.", param_hint=name) from None


@answers.command(epilog="Example: chenlian answers export --person 1001 --from 2026-11-01 --out answers.csv")
def export(
    out: Annotated[Path, typer.Option(help="The .xlsx or .csv file to write.")],
    unit: Annotated[str, typer.Option(help="Only of this unit and below.")] = "",
    person: Annotated[str, typer.Option(help="Only of this person, by staff number.")] = "",
    question: Annotated[str, typer.Option(help="Only to this question, by its code.")] = "",
    since: Annotated[str, typer.Option("--from", help="The first day, such as 2026-11-01.")] = "",
    until: Annotated[str, typer.Option("--to", help="The last day.")] = "",
) -> None:
    """Every answer as it was shown and said, a row each. Cells that look like formulas are only text."""
    from bot.cli.exporting import Choice, give
    from bot.cli.speaking import Bar, kindly
    from bot.config import Settings

    first, last = a_day(since, "--from") or date.min, a_day(until, "--to") or date.max
    if last < first:
        raise typer.BadParameter("The last day comes before the first.", param_hint="--to")
    choice = Choice(unit=unit, person=person, question=question, first=first, last=last)
    with kindly():
        typer.echo(asyncio.run(give(Settings.load(), out, choice, Bar("answers"))))


def month(
    unit: Annotated[str, typer.Option(help="A unit by its name, or by names from above with / between.")],
    month: Annotated[str, typer.Option(help="The month, such as 2026-11.")],
    out: Annotated[Path, typer.Option(help="The .xlsx file to write.")],
) -> None:
    """The month-end sheet: people, branches, checkpoints, and how each figure is counted."""
    from bot.cli.exporting import give_month
    from bot.cli.speaking import kindly
    from bot.config import Settings
    from drills.windows import month_of

    try:
        first = month_of(month)
    except ValueError:
        raise typer.BadParameter(f"“{month}” is no month; write it as 2026-11.", param_hint="--month") from None
    with kindly():
        typer.echo(asyncio.run(give_month(Settings.load(), out, unit, first)))
