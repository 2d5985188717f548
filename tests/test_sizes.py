import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE, LONGEST, USUAL = 300, 60, 32  # lines


def files(*rooms: str) -> list[Path]:
    """The Python files of some top-level folders; migrations are history and stay as long as they are."""
    found = (path for room in rooms for path in sorted((ROOT / room).rglob("*.py")))
    return [path for path in found if "migrations" not in path.relative_to(ROOT).parts]


def functions(path: Path) -> Iterator[tuple[int, str]]:
    """Each function's number of lines, decorators not counted, and where it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno
            yield node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def test_a_file_reads_in_one_sitting() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files("bot", "drills", "tests")}
    too_long = [f"{path.relative_to(ROOT)}: {length} lines" for path, length in lengths.items() if length > FILE]
    assert not too_long, f"over {FILE} lines; split by what they know:\n" + "\n".join(too_long)


def test_a_function_is_seen_at_a_glance() -> None:
    lengths = sorted(each for path in files("bot", "drills") for each in functions(path))
    too_long = [f"{place}: {length} lines" for length, place in lengths if length > LONGEST]
    assert not too_long, f"over {LONGEST} lines:\n" + "\n".join(too_long)
    usual, place = lengths[len(lengths) * 9 // 10]
    assert usual <= USUAL, f"nine functions of ten have at most {USUAL} lines; here it is {usual} ({place})"
