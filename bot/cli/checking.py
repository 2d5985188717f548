"""`chenlian check`: the content's problems and the settings', together; with --live also the lines'."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dotenv import dotenv_values

from bot.cli.living import Tried, try_lines
from bot.config import Misconfigured, Settings, key_of
from bot.content import Report as ContentReport
from bot.content import check
from bot.main import now

ENV_FILE = ".env"


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong with the content and with the settings."""

    content: ContentReport
    settings: tuple[dict[str, Any], ...]
    lines: tuple[Tried, ...] = ()

    @property
    def problems(self) -> list[dict[str, Any]]:
        """Every problem, the settings' first, the lines' last."""
        lines = [_of_settings(each.key, each.said, "") for each in self.lines if not each.good]
        return [*self.settings, *self.content.to_json()["problems"], *lines]

    def to_json(self) -> dict[str, Any]:
        """The published form."""
        return {**self.content.to_json(), "problems": self.problems}

    def text(self) -> str:
        """A line for each problem and warning, and what there is."""
        body = self.content.to_json()
        lines = [f"{p['key']} {p['message']} {p['mend']}" for p in self.settings]
        lines += [str(problem) for problem in self.content.loaded.problems]
        lines += [f"! {warning}" for warning in self.content.loaded.warnings]
        lines += [each.said if each.good else f"{each.key} {each.said}" for each in self.lines]
        lines.append(
            f"questions {body['questions']}  topics {len(body['topics'])}  scenes {body['scenes']}  "
            f"problems {len(self.problems)}  warnings {len(body['warnings'])}"
        )
        return "\n".join(lines)


def _what_is_right(written: Mapping[str, str | None], error: Misconfigured) -> Settings:
    """Where the content is and what the day is, as far as that is well set: the content is looked at all the same."""
    wrong = {problem.key for problem in error.problems}
    keys = [key for key in map(key_of, ("content_dir", "timezone")) if key not in wrong]
    return Settings.load({key: os.environ.get(key) or written.get(key) or "" for key in keys}, env_file=None)


def report() -> Report:
    """Read the settings and the content folder they name."""
    wrong: tuple[dict[str, Any], ...] = ()
    try:
        settings = Settings.load()
    except Misconfigured as error:
        settings = _what_is_right(dotenv_values(ENV_FILE, interpolate=False), error)
        wrong = tuple(_of_settings(p.key, p.message, p.mend) for p in error.problems)
    today = now().astimezone(settings.zone).date()
    return Report(check(settings.content_dir, today), wrong)


async def with_lines(found: Report) -> Report:
    """The same, and every line tried once, where the settings can be used."""
    return found if found.settings else replace(found, lines=tuple(await try_lines(Settings.load())))


def _of_settings(key: str, message: str, mend: str) -> dict[str, Any]:
    """A problem of a setting, in the published form, with the file it stands in."""
    written = dotenv_values(ENV_FILE, interpolate=False)
    here = ENV_FILE if key in written and not os.environ.get(key) else ""
    return {"file": here, "line": 0, "key": key, "message": message, "mend": mend}
