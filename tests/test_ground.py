import re
import subprocess
import tomllib
from importlib.metadata import distributions, requires
from pathlib import Path

import pytest
from honcho.environ import parse_procfile
from packaging.requirements import Requirement

from bot.config import Settings, key_of

ROOT = Path(__file__).parent.parent

FOLDERS = {"bot", "drills", "content", "tests", "docs", ".ci"}
FILES = {
    "pyproject.toml",
    "Procfile",
    "Makefile",
    "requirements.lock",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    ".env.example",
    ".gitignore",
    ".gitattributes",
}
PIN = r"^([a-z0-9._-]+)(?:\[[a-z0-9,-]+\])?=="
PLATFORMS = ("CHENLIAN_TELEGRAM_", "CHENLIAN_WECOM_")  # half of one is refused
PLACES = re.compile(r"https?://|file:|--find-links|--(extra-)?index-url|\B/(opt|root|home|work|tmp)/", re.IGNORECASE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.lock", "Makefile", ".ci/run"])
def test_no_registry_and_no_folder_of_a_machine_is_named(name: str) -> None:
    found = [line for line in read(name).splitlines() if PLACES.search(line)]
    assert not found, found


def test_everything_is_pinned_with_its_hashes() -> None:
    pins = re.split(r"\n(?=\S)", read("requirements.lock").strip())
    assert len(pins) > 20
    for pin in pins:
        assert re.match(PIN + r"\S+ ", pin), pin
        assert "--hash=sha256:" in pin, pin


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {Requirement(each).name.lower() for each in asked}
    assert names <= set(re.findall(PIN, read("requirements.lock"), re.MULTILINE))


def test_an_extra_is_pinned_as_an_extra() -> None:
    """Else pip takes the newest release for it, finds no hash, and the first command fails the day one comes out."""
    lock = read("requirements.lock")
    here = {each.name.lower() for each in distributions()}  # what is for another machine is pinned too
    for name in here.intersection(re.findall(PIN, lock, re.MULTILINE)):
        for each in map(Requirement, requires(name) or []):
            if each.extras and (each.marker is None or each.marker.evaluate({"extra": ""})):
                pinned = re.search(rf"^{each.name}\[(.+)\]==", lock, re.MULTILINE | re.IGNORECASE)
                assert pinned, each
                assert each.extras <= set(pinned[1].split(",")), each


def test_the_procfile_starts_the_program() -> None:
    assert dict(parse_procfile(read("Procfile")).processes) == {
        "release": "chenlian migrate",
        "web": "chenlian serve",
    }


def test_the_example_lists_every_setting_and_no_other() -> None:
    listed = re.findall(r"^# (CHENLIAN_\w+)=", read(".env.example"), re.MULTILINE)
    assert sorted(listed) == sorted(key_of(field) for field in Settings.model_fields)


def test_the_example_shows_the_defaults() -> None:
    shown = dict(re.findall(r"^# (CHENLIAN_\w+)=(.*)$", read(".env.example"), re.MULTILINE))
    env = {key: value for key, value in shown.items() if not key.startswith(PLATFORMS)}
    settings, plain = Settings.load(env, env_file=None), Settings()
    assert settings.model_dump(exclude={"content_dir"}) == plain.model_dump(exclude={"content_dir"})


def test_every_ignored_lint_has_its_reason() -> None:
    lints = read("pyproject.toml").partition("[tool.ruff.lint]")[2].partition("[tool.ruff.lint.flake8")[0]
    rules = [line for line in lints.splitlines() if re.search(r'"[A-Z]+[0-9]*"\s*[,\]]', line) and "select" not in line]
    assert len(rules) > 20
    assert [line for line in rules if not re.search(r"# \S+ \S+", line)] == []


def test_every_lint_silenced_in_place_has_its_reason() -> None:
    silenced = re.compile(r"#\s*(noqa|type: ignore|pragma: no cover)\b.*")
    bare = []
    for path in [path for room in ("bot", "drills", "tests") for path in (ROOT / room).rglob("*.py")]:
        if path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if (found := silenced.search(line)) and not re.search(r"(--|[–—-]|#) \S+ \S+", found[0][2:]):
                bare.append(f"{path.relative_to(ROOT)}:{number} {line.strip()}")
    assert not bare, "say why:\n" + "\n".join(bare)


def test_the_top_level_holds_only_what_it_should() -> None:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    parts = [Path(line).parts for line in listing.stdout.splitlines()]
    assert {each[0] for each in parts if len(each) > 1} <= FOLDERS
    assert {each[0] for each in parts if len(each) == 1} <= FILES
