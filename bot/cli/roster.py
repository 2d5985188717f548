"""The commands of the staff list."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

roster = typer.Typer(
    name="roster",
    help="The staff list, from and to Excel or CSV, and from WeCom's contacts.",
    epilog="Example: chenlian roster import staff.xlsx",
    no_args_is_help=True,
    rich_markup_mode=None,
)

File = Annotated[Path, typer.Argument(help="An .xlsx or .csv file.")]


@roster.command("import", epilog="Example: chenlian roster import staff.xlsx --apply")
def import_(
    file: File,
    apply: Annotated[bool, typer.Option("--apply", help="Do it. Without this it is only shown.")] = False,
    leavers: Annotated[
        bool, typer.Option("--leavers", help="Who works on a branch in the file and is not in it has left.")
    ] = False,
    branch: Annotated[
        str, typer.Option("--branch", help="Where a list without a branch column belongs; not needed for the only one.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show what a staff list would change: who joins, moves, leaves. With --apply all of it is done, or nothing."""
    from bot.cli.rostering import take
    from bot.cli.speaking import kindly
    from bot.config import Settings

    with kindly():
        outcome = asyncio.run(take(Settings.load(), file, apply=apply, leavers=leavers, branch=branch))
    if as_json:
        typer.echo(json.dumps(outcome.to_json(), ensure_ascii=False, indent=2))
    else:
        typer.echo(outcome.text(), err=bool(outcome.exit_code))
    raise typer.Exit(outcome.exit_code)


@roster.command(epilog="Example: chenlian roster wecom --department 2 --unit 城东支行")
def wecom(
    department: Annotated[
        int, typer.Option("--department", min=0, help="The department's ID in WeCom that is --unit; kept by --apply.")
    ] = 0,
    unit: Annotated[str, typer.Option("--unit", help="Our unit that --department is, with all below it.")] = "",
    apply: Annotated[bool, typer.Option("--apply", help="Do it. Without this it is only shown.")] = False,
    leavers: Annotated[
        bool, typer.Option("--leavers", help="Who has a WeCom chat with us and is gone from the contacts has left.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show what WeCom's contacts would change: who joins, moves, leaves. With --apply it is done, in one go."""
    from bot.cli.contacts import take
    from bot.cli.speaking import Bar, kindly
    from bot.config import Settings

    if bool(department) != bool(unit):
        raise typer.BadParameter("Name both --department and --unit, or neither.")
    with kindly():
        settings, bar = Settings.load(), Bar("departments")
        told = take(settings, apply=apply, leavers=leavers, department=department, unit=unit, tell=bar)
        outcome = asyncio.run(told)
    if as_json:
        typer.echo(json.dumps(outcome.to_json(), ensure_ascii=False, indent=2))
    else:
        typer.echo(outcome.text(), err=bool(outcome.exit_code))
    raise typer.Exit(outcome.exit_code)


@roster.command("export", epilog="Example: chenlian roster export staff.xlsx")
def export(file: File) -> None:
    """Write the staff list, in the columns that import reads."""
    from bot.cli.rostering import give
    from bot.cli.speaking import kindly
    from bot.config import Settings

    with kindly():
        code, said = asyncio.run(give(Settings.load(), file))
    typer.echo(said, err=bool(code))
    raise typer.Exit(code)
