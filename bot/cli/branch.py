"""The commands of a branch's day."""

import asyncio
import json
from typing import Annotated

import typer

branch = typer.Typer(
    name="branch",
    help="A branch's day: its times, days without a drill, who leads the meeting.",
    epilog="Example: chenlian branch set 城东支行 meeting=08:20 dose=4",
    no_args_is_help=True,
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Unit = Annotated[str, typer.Argument(help="A unit by its name, or by names from above with / between.")]
Day = Annotated[str, typer.Argument(help="2026-11-30, 11-30, today or tomorrow.")]


@branch.command("list", epilog="Example: chenlian branch list --json")
def list_(as_json: AsJson = False) -> None:
    """Every branch with its times, questions a day and people."""
    from bot.cli.branching import listing
    from bot.cli.speaking import kindly
    from bot.config import Settings

    with kindly():
        outcome = asyncio.run(listing(Settings.load()))
    typer.echo(json.dumps(outcome.to_json, ensure_ascii=False, indent=2) if as_json else outcome.text)


@branch.command(epilog="Example: chenlian branch show 城东支行")
def show(unit: Unit, as_json: AsJson = False) -> None:
    """What holds on a unit, where it comes from, and what lies ahead."""
    from bot.cli.branching import page
    from bot.cli.speaking import kindly
    from bot.config import Settings

    with kindly():
        outcome = asyncio.run(page(Settings.load(), unit))
    typer.echo(json.dumps(outcome.to_json, ensure_ascii=False, indent=2) if as_json else outcome.text)


@branch.command("set", epilog="Example: chenlian branch set 城东支行 meeting=08:20 dose=4")
def set_(
    unit: Unit,
    values: Annotated[
        list[str],
        typer.Argument(
            help="meeting=08:20 stages=roll1-question6 dose=4 reminder=off makeup=17:00 evening=18:00 proof=files; "
            "NAME= as the unit above."
        ),
    ],
) -> None:
    """Set values of a unit and everything below it that has none of its own: all of them, or none."""
    from bot.cli.branching import put
    from bot.cli.speaking import kindly
    from bot.config import Settings

    pairs = [(name, value) for name, mark, value in (text.partition("=") for text in values) if mark]
    if len(pairs) != len(values) or len(dict(pairs)) != len(pairs):
        raise typer.BadParameter("Write each value once, as NAME=VALUE, such as meeting=08:20.", param_hint="VALUES")
    with kindly():
        typer.echo(asyncio.run(put(Settings.load(), unit, dict(pairs))))


@branch.command(epilog="Example: chenlian branch close 城东支行 2026-11-30 --no-drill --reason 全县比赛")
def close(
    unit: Unit,
    day: Day,
    until: Annotated[str, typer.Option(help="The last day, where it is more than one.")] = "",
    reason: Annotated[str, typer.Option(help="Why; everybody on duty reads it.")] = "",
    no_drill: Annotated[bool, typer.Option("--no-drill", help="It opens, but holds no drill (停课).")] = False,
) -> None:
    """A day on which a unit, and everything below it, does not open. Everybody on duty is told once."""
    from bot.cli.branching import close as run
    from bot.cli.speaking import kindly
    from bot.config import Settings

    with kindly():
        typer.echo(asyncio.run(run(Settings.load(), unit, (day, until), reason=reason, no_drill=no_drill)))


@branch.command("open", epilog="Example: chenlian branch open 城东支行 2026-11-30")
def open_(unit: Unit, day: Day) -> None:
    """There is a drill after all on a day that was closed. Everybody on duty is told once."""
    from bot.cli.branching import reopen
    from bot.cli.speaking import kindly
    from bot.config import Settings

    with kindly():
        typer.echo(asyncio.run(reopen(Settings.load(), unit, day)))


@branch.command(epilog="Example: chenlian branch host 城东支行 1001 tomorrow")
def host(
    unit: Unit,
    staff_number: Annotated[str, typer.Argument(help="The person's staff number.")],
    day: Day = "today",
) -> None:
    """Who leads the meeting of a day. They are told once."""
    from bot.cli.branching import name_host
    from bot.cli.speaking import kindly
    from bot.config import Settings

    with kindly():
        typer.echo(asyncio.run(name_host(Settings.load(), unit, staff_number, day)))


@branch.command(epilog="Example: chenlian branch group 城东支行 --wecom -")
def group(
    unit: Unit,
    wecom: Annotated[
        str, typer.Option(help="The webhook's address, as the group's 消息推送 shows it; - asks for it, unseen.")
    ] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Send nothing there any more.")] = False,
) -> None:
    """A branch's WeCom group: results and the board go in by its webhook. A first message is sent as a test."""
    from bot.cli import posting
    from bot.cli.speaking import kindly
    from bot.config import Settings

    if bool(wecom) == remove:
        raise typer.BadParameter("Give the webhook's address with --wecom, or say --remove.")
    with kindly():
        settings = Settings.load()
        address = typer.prompt("Webhook", hide_input=True) if wecom == "-" else wecom
        told = posting.remove(settings, unit) if remove else posting.link(settings, unit, address)
        typer.echo(asyncio.run(told))
