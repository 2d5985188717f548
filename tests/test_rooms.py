import os
from pathlib import Path

import pytest
from importlinter.api import read_configuration
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent


def test_every_import_follows_an_arrow(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(ROOT)
    failed = lint_imports(config_filename=str(ROOT / "pyproject.toml"))
    assert failed == os.EX_OK, capsys.readouterr().out


def test_the_list_of_rooms_leaves_none_out() -> None:
    contracts = read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
    [rooms] = [each for each in contracts if each.get("containers") == ["bot"]]
    assert rooms["exhaustive"] in {True, "True"}
