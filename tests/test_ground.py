import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from honcho.environ import parse_procfile

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
        assert re.match(r"[a-z0-9._-]+==\S+ ", pin), pin
        assert "--hash=sha256:" in pin, pin


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=~ ]", each, maxsplit=1)[0].lower() for each in asked}
    assert names <= set(re.findall(r"^([a-z0-9._-]+)==", read("requirements.lock"), re.MULTILINE))


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
    env = {key: value for key, value in shown.items() if not key.startswith("CHENLIAN_TELEGRAM_")}
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
