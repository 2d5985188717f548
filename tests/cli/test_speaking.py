import io
import sys

import pytest
import typer

from bot.cli.speaking import Bar, kindly
from bot.store.trouble import StoreTrouble
from bot.telegram.trouble import ChannelRefused


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_grows_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, file = Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    bar = Bar("days")
    bar(1, 2)
    bar(2, 2)
    assert terminal.getvalue() == f"\rdays {'█' * 10:<20} 1/2\rdays {'█' * 20} 2/2\n"
    monkeypatch.setattr(sys, "stderr", file)
    bar(1, 2)
    assert file.getvalue() == ""


def test_refusals_that_come_together_are_told_together(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as left, kindly():
        raise ExceptionGroup("", [ChannelRefused(), ExceptionGroup("", [StoreTrouble("The disk is full.")])])
    assert left.value.exit_code == 1
    told = capsys.readouterr().err
    assert "refused the token" in told
    assert "The disk is full." in told


def test_what_nobody_expected_is_not_hidden_behind_a_refusal() -> None:
    with pytest.raises(ExceptionGroup), kindly():
        raise ExceptionGroup("", [ChannelRefused(), ZeroDivisionError()])
    with pytest.raises(ExceptionGroup), kindly():
        raise ExceptionGroup("", [ZeroDivisionError()])
