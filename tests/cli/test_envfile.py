"""The file of settings is changed line by line; what stands beside is kept as it was."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.envfile import read, rewritten
from bot.cli.speaking import Told
from bot.views import catalogue

WORDS = catalogue()["zh-CN"]
FULL = """# ours
export CHENLIAN_PORT=8000   # the port
OTHER='a
b'

# CHENLIAN_LANGUAGE=zh-CN
# where it is
CHENLIAN_TIMEZONE=Asia/Shanghai
CHENLIAN_PORT=9000
"""


def test_values_change_where_they_stand_and_nothing_else_does() -> None:
    new = {"CHENLIAN_PORT": "80", "CHENLIAN_LANGUAGE": "en", "CHENLIAN_TIMEZONE": "Asia/Urumqi", "CHENLIAN_HOST": "::"}
    assert (
        rewritten(FULL, new)
        == """# ours
export CHENLIAN_PORT=8000   # the port
OTHER='a
b'

# CHENLIAN_LANGUAGE=zh-CN
CHENLIAN_LANGUAGE=en
# where it is
CHENLIAN_TIMEZONE=Asia/Urumqi
CHENLIAN_PORT=80
CHENLIAN_HOST=::
"""
    )


def test_an_exported_key_stays_exported() -> None:
    assert rewritten("export A=1\n# b\nB=2", {"A": "3", "B": "4"}) == "export A=3\n# b\nB=4\n"


def test_the_example_becomes_a_file_of_settings() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    text = rewritten(example, {"CHENLIAN_TELEGRAM_TOKEN": "1:a"})
    assert "# CHENLIAN_TELEGRAM_TOKEN=\nCHENLIAN_TELEGRAM_TOKEN=1:a\n" in text
    assert [line for line in text.splitlines() if line != "CHENLIAN_TELEGRAM_TOKEN=1:a"] == example.splitlines()


KEYS = st.sampled_from(["CHENLIAN_A", "CHENLIAN_B", "OTHER"])
VALUES = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_characters="\x7f\x85\u2028\u2029"), max_size=20
)
LINES = st.sampled_from(
    ["", "# a comment", "CHENLIAN_A=1", "export CHENLIAN_A=2", "# CHENLIAN_B=3", "OTHER='x'", 'C="q"  # z']
)


@given(st.lists(LINES).map("\n".join), st.dictionaries(KEYS, VALUES))
def test_what_was_written_is_read_again_and_no_comment_is_lost(
    tmp_path_factory: pytest.TempPathFactory, text: str, new: dict[str, str]
) -> None:
    after = rewritten(text, new, "a new file")
    path = tmp_path_factory.getbasetemp() / "env"
    path.write_text(after, encoding="utf-8")
    values = dotenv_values(path, interpolate=False)
    assert {key: values[key] for key in new} == new
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in after.splitlines() if line in comments] == comments
    assert rewritten(after, new) == after, "once more changes nothing"


def test_it_is_for_its_owner_alone_and_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("A=1\n", encoding="utf-8")
    (tmp_path / "real").chmod(0o644)
    (tmp_path / ".env").symlink_to("real")
    read(tmp_path / ".env", WORDS).save({"A": "2"}, WORDS)
    assert (tmp_path / ".env").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "A=2\n"
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == 2


@pytest.fixture
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In a folder of root's, as somebody else."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    monkeypatch.chdir(tmp_path)
    tmp_path.chmod(0o755)
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.mark.usefixtures("nobody")
def test_a_folder_one_may_not_write_is_told_before_any_question() -> None:
    with pytest.raises(Told, match="您没有权限"):
        read(Path(".env"), WORDS)


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    path = tmp_path / ".env"
    path.write_text("A=1\n", encoding="utf-8")
    os.chown(path, 65534, 65534)
    with pytest.raises(Told, match=r"\.env 是用户"):
        read(path, WORDS)
    assert path.read_text(encoding="utf-8") == "A=1\n"


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"A=\xff\xfe")
    with pytest.raises(Told, match="UTF-8"):
        read(tmp_path / ".env", WORDS)
