"""`chenlian init` on a real terminal."""

import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import environment
from tests.fakes.telegram import TelegramFake
from tests.fakes.telegram.world import USERNAME
from tests.main.telegram_line import Line

TOKEN = TelegramFake.token


class Terminal:
    """The wizard on a real terminal."""

    def __init__(self, folder: Path, line: Line) -> None:
        self._ours, theirs = pty.openpty()
        self.seen, self._new = b"", b""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "init"],
            cwd=folder,
            env=environment(telegram_api_url=line.url) | {"LANG": "C.UTF-8"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def wait_for(self, words: str) -> None:
        """Until these words have been shown since the last ones that were waited for."""
        while words.encode() not in self._new:
            ready, _, _ = select.select([self._ours], [], [], 60)
            assert ready, self.seen.decode()
            try:
                self._new += (shown := os.read(self._ours, 65536))
            except OSError:  # the other end is closed
                raise AssertionError(self.seen.decode()) from None
            self.seen += shown
        self._new = self._new.partition(words.encode())[2]

    def interrupt_until(self, words: str) -> None:
        """Ctrl-C, and again: one that comes between the prompt and the reading of a key waits for the next key."""
        for _ in range(30):
            os.killpg(self.process.pid, signal.SIGINT)
            if words.encode() in self._new or select.select([self._ours], [], [], 2)[0]:
                break
        self.wait_for(words)

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def close(self) -> int:
        self.process.kill()
        code = self.process.wait(timeout=60)
        os.close(self._ours)
        return code


def test_on_a_terminal_the_token_is_not_shown_and_ctrl_c_writes_nothing(
    folder: Path, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHENLIAN_TELEGRAM_TOKEN")
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts behind itself is deaf to Ctrl-C
    terminal = Terminal(folder, line)
    try:
        terminal.wait_for("[1]: ")
        terminal.type("\n")
        terminal.wait_for("[1]: ")
        terminal.type("\n")
        terminal.wait_for("不会显示出来")
        terminal.wait_for(": ")
        terminal.type(f"{TOKEN}\n")
        terminal.wait_for(f"@{USERNAME}")
        assert TOKEN.encode() not in terminal.seen
        terminal.wait_for("[1]: ")
        terminal.interrupt_until("什么都没有写")
        assert terminal.process.wait(timeout=60) == 1
        assert b"Traceback" not in terminal.seen
    finally:
        terminal.close()
    assert not list(folder.iterdir())
