"""The command `chenlian init` and its options. Nothing heavy is imported before it runs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

Lead = Literal["head", "trainer", "both", "none"]


class Channel(StrEnum):
    """A line people are reached on."""

    TELEGRAM = "telegram"
    WECOM = "wecom"
    WECOM_BOT = "wecom-bot"
    NONE = "none"


def _file(help_: str) -> typer.models.OptionInfo:
    """A file with a secret, which so stands in no list of processes."""
    option: typer.models.OptionInfo = typer.Option(help=help_, exists=True, dir_okay=False)
    return option


def _read(path: Path | None) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path else ""


def init(
    *,
    language: Annotated[Literal["zh-CN", "en"] | None, typer.Option(help="The wizard's and the program's.")] = None,
    channel: Annotated[list[Channel] | None, typer.Option(help="A line to set up; may be said several times.")] = None,
    token_file: Annotated[Path | None, _file("A file with the token from @BotFather.")] = None,
    mode: Annotated[Literal["polling", "webhook"] | None, typer.Option(help="How Telegram's messages come in.")] = None,
    public_url: Annotated[str, typer.Option(help="The HTTPS address Telegram (webhook) or WeCom calls.")] = "",
    corp_id: Annotated[str, typer.Option(help="WeCom: 企业ID, under 我的企业.")] = "",
    agent_id: Annotated[str, typer.Option(help="WeCom: AgentId, on the app's page.")] = "",
    secret_file: Annotated[Path | None, _file("WeCom: a file with the app's Secret.")] = None,
    callback_token_file: Annotated[Path | None, _file("WeCom: a file with the Token; else one is made.")] = None,
    callback_aes_key_file: Annotated[
        Path | None, _file("WeCom: one with the EncodingAESKey; else one is made.")
    ] = None,
    bot_id: Annotated[str, typer.Option(help="WeCom: the smart bot's Bot ID.")] = "",
    bot_secret_file: Annotated[Path | None, _file("WeCom: a file with the smart bot's Secret.")] = None,
    timezone: Annotated[str, typer.Option(help="The branches' time zone, such as Asia/Shanghai.")] = "",
    bank: Annotated[str, typer.Option(help="The bank, or all units above the branch, from the top, with /.")] = "",
    branch: Annotated[str, typer.Option(help="The first branch.")] = "",
    name: Annotated[str, typer.Option(help="The first admin's name.")] = "",
    number: Annotated[str, typer.Option(help="Their staff number, as on the staff list.")] = "",
    lead: Annotated[Lead | None, typer.Option(help="What the admin also is on the branch.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: take options, .env and defaults.")] = False,
    no_check: Annotated[bool, typer.Option("--no-check", help="Try no token, no secret and no address.")] = False,
) -> None:
    """From nothing to a first invitation: asks a few questions, writes .env, makes the database. Can be run again."""
    from bot.cli.asking import Given
    from bot.cli.init import run
    from bot.cli.speaking import kindly

    given = Given(
        language=language or "",
        channels=tuple(channel or ()),
        token=_read(token_file),
        mode=mode or "",
        public_url=public_url,
        corp_id=corp_id.strip(),
        agent_id=agent_id.strip(),
        secret=_read(secret_file),
        callback_token=_read(callback_token_file),
        callback_aes_key=_read(callback_aes_key_file),
        bot_id=bot_id.strip(),
        bot_secret=_read(bot_secret_file),
        timezone=timezone,
        bank=bank,
        branch=branch,
        name=name,
        number=number,
        lead=lead or "",
        silent=yes,
        check=not no_check,
    )
    with kindly():
        run(given)
