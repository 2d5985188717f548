"""Our pages' templates: escaped, and loud about a value that nobody gave."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def templates(**values: object) -> Environment:
    """The templates, with values that all of them know."""
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    pages.globals.update(values)
    return pages
