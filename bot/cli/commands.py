"""The commands. Nothing heavy is imported before one of them runs."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.answers import answers, month
from bot.cli.branch import branch as branch_commands
from bot.cli.first import init
from bot.cli.leave import leave
from bot.cli.roster import roster

app = typer.Typer(
    name="chenlian",
    help="Chenlian (晨练) runs a bank branch's morning drill on Telegram, on WeCom and in the browser.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.add_typer(roster)
app.add_typer(answers)
app.add_typer(leave)
app.add_typer(branch_commands)

Port = Annotated[int, typer.Option(help="The port to listen on; 0 takes any free one.", min=0, max=65535)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command(epilog="Example: chenlian demo --port 8765")
def demo(
    port: Port = 8765,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin again with a new bank.")] = False,
    wecom: Annotated[bool, typer.Option("--wecom", help="Show it as WeCom's cards first.")] = False,
) -> None:
    """The whole product on a made-up bank: no account, no token."""
    from bot.cli.speaking import Bar, kindly
    from bot.config import Settings
    from bot.logs import set_up
    from bot.main import demo as run

    def ready(actual: int) -> None:
        address = f"http://127.0.0.1:{actual}/demo"
        typer.echo(f"晨练 · {address}")
        if not no_browser:
            typer.launch(address)

    with kindly():
        settings = Settings.load()
        set_up()
        bar = Bar("十四天的晨练 14 days")
        asyncio.run(run(settings, port=port, fresh=fresh, progress=bar, ready=ready, wecom=wecom))


app.command(epilog="Example: chenlian init")(init)


app.command(epilog="Example: chenlian month --unit 城东支行 --month 2026-11 --out month.xlsx")(month)


@app.command(epilog="Example: CHENLIAN_TELEGRAM_TOKEN=… chenlian serve")
def serve() -> None:
    """Everything in one process: web, Telegram, WeCom, the clock and the courier."""
    from bot.cli.speaking import kindly
    from bot.config import Settings
    from bot.logs import set_up
    from bot.main import serve as run
    from bot.views import catalogue

    def ready(port: int) -> None:
        typer.echo(f"晨练 · http://{settings.host}:{port}/healthz")
        if settings.telegram_token is None and not (settings.wecom_corp_id or settings.wecom_bot_id):
            typer.echo(catalogue()[settings.language]("init.first"))

    with kindly():
        settings = Settings.load()
        set_up(secrets=settings.secrets())
        asyncio.run(run(settings, ready))


@app.command(epilog="Example: chenlian migrate")
def migrate() -> None:
    """Bring the database to the newest schema and put the shipped content in force."""
    from bot.cli.speaking import kindly
    from bot.config import Settings
    from bot.main import prepare
    from bot.store.migrate import newest

    with kindly():
        asyncio.run(prepare(Settings.load()))
        typer.echo(f"The database is at version {newest()}.")


@app.command(epilog="Example: chenlian check --json")
def check(
    as_json: AsJson = False,
    live: Annotated[bool, typer.Option("--live", help="Also try every line: Telegram, WeCom, its callback.")] = False,
) -> None:
    """Content and configuration: every problem at once, with the place and how to mend it."""
    from bot.cli.checking import report, with_lines

    found = report()
    if live:
        found = asyncio.run(with_lines(found))
    if as_json:
        typer.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        typer.echo(found.text())
    raise typer.Exit(1 if found.problems else 0)


@app.command(epilog="Example: chenlian rehearse --branches 3 --staff 30 --days 5 --seed 1 --json out.json")
def rehearse(
    *,
    branches: Annotated[int, typer.Option(help="How many branches.", min=1)] = 1,
    staff: Annotated[int, typer.Option(help="How many people with a post in each.", min=1)] = 6,
    days: Annotated[int, typer.Option(help="How many working days.", min=1)] = 5,
    seed: Annotated[int, typer.Option(help="The dice: the same seed, the same days.")] = 1,
    database_url: Annotated[str, typer.Option(help="A database to use up (default: a temporary SQLite file).")] = "",
    faults: Annotated[bool, typer.Option("--faults", help="Kill the process at every step.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
) -> None:
    """Whole working days offline, with simulated staff, and an auditor who counts what arrived."""
    from bot.cli.speaking import Bar, kindly
    from bot.config import Settings
    from bot.main import sound_content
    from bot.rehearsal.run import Options
    from bot.rehearsal.run import rehearse as run
    from bot.views import catalogue

    if json_file is not None and not json_file.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {json_file.parent}", param_hint="--json")
    options = Options(branches=branches, staff=staff, days=days, seed=seed, database_url=database_url, faults=faults)
    with kindly():
        settings = Settings.load()
        sound_content(settings)
        result = asyncio.run(run(options, settings.content_dir, catalogue(), Bar("days")))
    figures = result.to_json()
    if json_file is not None:
        json_file.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    named = ("letters", "duplicates", "losses", "answers", "repeats", "seconds", "peak_mib")
    typer.echo("  ".join(f"{name} {figures[name]}" for name in named))
    raise typer.Exit(1 if figures["duplicates"] or figures["losses"] else 0)


@app.command(epilog="Example: chenlian invite --branch 城东支行 --out invitations.html")
def invite(
    staff_number: Annotated[str, typer.Argument(help="One person's staff number.")] = "",
    branch: Annotated[str, typer.Option(help="Everybody on this unit and below who has not joined yet.")] = "",
    out: Annotated[Path, typer.Option(help="The page to print.")] = Path("invitations.html"),
    renew: Annotated[bool, typer.Option("--renew", help="With --branch: also those who have joined.")] = False,
) -> None:
    """Single-use invitations: one person's as a link and QR code, or a whole branch's as a page to print and cut."""
    from bot.cli.inviting import one, page
    from bot.cli.speaking import kindly
    from bot.config import Settings

    if bool(staff_number) == bool(branch):
        raise typer.BadParameter("Name one person by staff number, or a unit with --branch.")
    with kindly():
        settings = Settings.load()
        told = page(settings, branch, out, renew=renew) if branch else one(settings, staff_number)
        typer.echo(asyncio.run(told))


@app.command(epilog="Example: chenlian stats --json")
def stats(as_json: AsJson = False) -> None:
    """The letters of today by channel: sent, failed, and what waits and why, a platform's limits for one."""
    from bot.cli.counting import stats as run
    from bot.cli.speaking import kindly
    from bot.config import Settings

    with kindly():
        outcome = asyncio.run(run(Settings.load()))
    typer.echo(json.dumps(outcome.to_json, ensure_ascii=False, indent=2) if as_json else outcome.text)


@app.command(epilog="Example: chenlian say --test 1001")
def say(
    test: Annotated[str, typer.Option(help="Show this person, by staff number, how the next push will look.")],
) -> None:
    """Say something by the bot; so far a test letter to one person, which counts nowhere."""
    from bot.cli.branching import test as run
    from bot.cli.speaking import kindly
    from bot.config import Settings

    with kindly():
        typer.echo(asyncio.run(run(Settings.load(), test)))
