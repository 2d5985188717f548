"""Our program as a process of its own, in a folder of its own, with nothing set but what a test sets."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60  # seconds; a busy machine is no mistake


def environment(**settings: str) -> dict[str, str]:
    """The machine's environment without our settings, and these; CHENLIAN_ is put before their names."""
    bare = {key: value for key, value in os.environ.items() if not key.startswith("CHENLIAN_") and key != "PORT"}
    ours = {f"CHENLIAN_{key.upper()}": value for key, value in settings.items()}
    return bare | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | ours


def unwatched(env: Mapping[str, str]) -> dict[str, str]:
    """The same without coverage, which makes a long run half as long again: for what other tests measure."""
    return {key: value for key, value in env.items() if not key.startswith("COV")}


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command came to."""

    code: int
    out: str
    err: str


def run(folder: Path, *words: str, env: Mapping[str, str] | None = None) -> Ended:
    """Run one command to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment() if env is None else env,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@dataclass(slots=True)
class Running:
    """A command that runs until it is told to stop."""

    process: subprocess.Popen[str]
    errors: IO[str]

    def says(self, words: str) -> str:
        """The first line on stdout with these words, waited for."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if words in line:
                return line.strip()
        raise AssertionError(f"it ended ({self.process.wait()}) without saying {words!r}:\n{self.complaints()}")

    def complaints(self) -> str:
        """What is on stderr."""
        self.errors.seek(0)
        return self.errors.read()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> Ended:
        """Ask it to stop, and wait for its end."""
        self.process.send_signal(how)
        return self.end()

    def end(self) -> Ended:
        """Wait for its end."""
        out, _ = self.process.communicate(timeout=PATIENCE)
        return Ended(self.process.returncode, out, self.complaints())


@contextmanager
def running(folder: Path, *words: str, env: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Start a command; whatever happens, it is gone when the block ends."""
    with (folder / "errors.txt").open("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *words],
            cwd=folder,
            env=environment() if env is None else env,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            yield Running(process, errors)
        finally:
            process.kill()
            process.communicate()
