"""QR codes: for a page, and for a terminal whatever its colours."""

import segno

QUIET = 2
"""Modules of white around a code."""
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
_BLACK_ON_WHITE, _AS_IT_WAS = "\x1b[38;5;16;48;5;231m", "\x1b[0m"


def on_page(text: str) -> str:
    """The code as an inline SVG that takes the size of what it stands in, which leaves some white around it."""
    return segno.make(text, error="m", micro=False).svg_inline(border=QUIET, omitsize=True, dark="#000", light="#fff")


def on_terminal(text: str, *, colour: bool) -> str:
    """The code in half blocks, two rows of it to a line. With `colour` it is black on white on a dark terminal too;
    without, dark on light is assumed."""
    rows = [[bool(cell) for cell in row] for row in segno.make(text, error="l", micro=False).matrix_iter(border=QUIET)]
    rows += [[False] * len(rows[0])] * (len(rows) % 2)
    lines = ["".join(_HALVES[pair] for pair in zip(*rows[at : at + 2], strict=True)) for at in range(0, len(rows), 2)]
    return "\n".join(f"{_BLACK_ON_WHITE}{line}{_AS_IT_WAS}" if colour else line for line in lines)
