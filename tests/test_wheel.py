"""A wheel built from this repository, installed where nothing else of it is: the program, and all that travels."""

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import urllib.request
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.program import PATIENCE, Running
from tests.fakes.telegram import TelegramFake
from tests.fakes.telegram.world import USERNAME
from tests.main.telegram_line import telegram_in_a_thread

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "drills")


@dataclass(frozen=True, slots=True)
class Installed:
    """The program as it was installed, run from an empty folder."""

    bin: Path
    folder: Path

    def environment(self, **settings: str) -> dict[str, str]:
        bare = {k: v for k, v in os.environ.items() if not k.startswith(("CHENLIAN_", "PYTHON", "COV")) and k != "PORT"}
        return bare | {f"CHENLIAN_{key.upper()}": value for key, value in settings.items()}

    def run(self, *words: str, env: Mapping[str, str] | None = None) -> str:
        done = subprocess.run(
            [self.bin / words[0], *words[1:]],
            cwd=self.folder,
            env=self.environment() if env is None else env,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An empty environment with our wheel; what the wheel needs is lent by this one, and nothing of the clone."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"),
            *("--no-build-isolation", "--no-index", "--wheel-dir", str(folder), _copy_of_the_repository(folder)),
        ],
        check=True,
        timeout=PATIENCE,
    )
    venv.create(folder / "env", with_pip=False)
    binaries = folder / "env" / "bin"
    (wheel,) = folder.glob("chenlian-*.whl")
    target = [sys.executable, "-m", "pip", "--python", str(binaries / "python"), "install", "--quiet"]
    subprocess.run([*target, "--no-deps", "--no-index", "--no-compile", str(wheel)], check=True, timeout=PATIENCE)
    (site,) = (folder / "env" / "lib").glob("python*/site-packages")
    # A plain path: the .pth files there, that of our editable install too, are not read.
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (folder / "empty").mkdir()
    return Installed(binaries, folder / "empty")


def _copy_of_the_repository(folder: Path) -> str:
    """What git holds, as a stranger would clone it: nothing that lies about here may be needed."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in filter(None, listed.stdout.split("\0")):
        if (source := ROOT / name).is_file() and not name.startswith(("tests/", "docs/")):
            target = folder / "clone" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    return str(folder / "clone")


def test_every_package_is_named() -> None:
    found = {p.parent.relative_to(ROOT) for room in ROOMS for p in (ROOT / room).rglob("*.py")}
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    assert sorted(named) == sorted([".".join(path.parts) for path in found] + ["bot.content.shipped"])


def test_everything_but_code_travels_too(installed: Installed) -> None:
    (site,) = installed.bin.parent.glob("lib/python*/site-packages")
    other = [p for room in ROOMS for p in (ROOT / room).rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc"}]
    missing = [str(p.relative_to(ROOT)) for p in other if not (site / p.relative_to(ROOT)).is_file()]
    content = [p.relative_to(ROOT / "content") for p in (ROOT / "content").rglob("*") if p.is_file()]
    missing += [str(p) for p in content if not (site / "bot" / "content" / "shipped" / p).is_file()]
    assert content
    assert not missing


def test_nothing_of_the_clone_is_used(installed: Installed) -> None:
    code = "import bot, drills, bot.config; print(bot.__file__, drills.__file__, bot.config.Settings().content_dir)"
    for used in installed.run("python", "-c", code).split():
        assert Path(used).is_relative_to(installed.bin.parent), used
    assert '"problems": []' in installed.run("chenlian", "check", "--json")


def test_the_demo_opens_and_shows_its_page(installed: Installed, tmp_path: Path) -> None:
    with (tmp_path / "errors").open("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [installed.bin / "chenlian", "demo", "--port", "0", "--no-browser"],
            cwd=installed.folder,
            env=installed.environment(),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            program = Running(process, errors)
            said = re.search(r"http://\S+", program.says("/demo"))
            assert said
            with urllib.request.urlopen(said[0], timeout=PATIENCE) as answer:  # noqa: S310 - our own address
                assert "data-person" in answer.read().decode()
            assert program.stop().code == 0
        finally:
            process.kill()
            process.communicate()


def test_init_begins_a_bank(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TelegramFake.token, encoding="utf-8")
    with telegram_in_a_thread() as line:
        said = installed.run(
            *("chenlian", "init", "--yes", "--token-file", str(tmp_path / "token"), "--bank", "东山银行"),
            *("--branch", "城东支行", "--name", "陈明"),
            env=installed.environment(telegram_api_url=line.url),
        )
    assert f"https://t.me/{USERNAME}?start=" in said
    assert (installed.folder / ".env").is_file()
    assert (installed.folder / "var" / "chenlian.db").is_file()
