"""The commands of leave and shifts."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

leave = typer.Typer(
    name="leave",
    help="Leave and shifts, from Excel or CSV: a list, or the rota on the wall.",
    epilog="Example: chenlian leave import rota.xlsx",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@leave.callback()
def group() -> None:
    """Leave and shifts, from Excel or CSV: a list, or the rota on the wall."""


@leave.command("import", epilog="Example: chenlian leave import rota.xlsx --apply")
def import_(
    file: Annotated[Path, typer.Argument(help="An .xlsx or .csv file.")],
    apply: Annotated[bool, typer.Option("--apply", help="Do it. Without this it is only shown.")] = False,
    branch: Annotated[
        str, typer.Option("--branch", help="Only people of this unit; names need be unique only there.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show who would be off when, and who comes back to work. With --apply all of it is entered, or nothing."""
    from bot.cli.leaving import take
    from bot.cli.speaking import kindly
    from bot.config import Settings

    with kindly():
        outcome = asyncio.run(take(Settings.load(), file, apply=apply, branch=branch))
    if as_json:
        typer.echo(json.dumps(outcome.to_json(), ensure_ascii=False, indent=2))
    else:
        typer.echo(outcome.text(), err=bool(outcome.exit_code))
    raise typer.Exit(outcome.exit_code)
