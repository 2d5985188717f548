"""What docs/first-branch.md tells, lived through: from an empty folder to five people who have answered.

`python -m tests.main.first_branch` writes the pictures of that page anew.
"""

import asyncio
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from playwright.sync_api import sync_playwright

from bot.content import shipped
from tests.cli.program import Ended, environment, run, running
from tests.fakes.telegram import TelegramFake
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.world import USERNAME
from tests.fixtures.browser import chromium_path
from tests.main.telegram_line import Line, telegram_in_a_thread
from tests.sheets.files import excel
from tests.web.visiting import ARGS

DOCS = Path(__file__).parents[2] / "docs"
STAFF = [
    ["姓名", "工号", "岗位", "网点", "角色"],
    ["王芳", "1001", "柜员", "城东支行", "员工"],
    ["李强", "1002", "柜员", "城东支行", "员工"],
    ["孙丽", "1003", "大堂经理", "城东支行", "员工"],
    ["周小燕", "1004", "柜员", "城东支行", "员工"],
    ["何军", "1005", "保安", "城东支行", "员工"],
    ["赵敏", "1006", "", "城东支行", "培训师"],
    ["陈明", "2001", "", "城东支行", "负责人"],
]
FIVE = ("王芳", "李强", "孙丽", "周小燕", "何军")
INIT = ["--bank", "东山银行", "--branch", "城东支行", "--name", "陈明", "--number", "2001", "--lead", "head"]
LINK = re.compile(rf"https://t\.me/{USERNAME}\?start=([\w-]{{12}})")
TYPED = "直接回复数字"
MOST_TAPS = 60
PATIENCE = 50  # seconds, for a push: the clock looks every twenty


def early(now: datetime) -> str:
    """A time zone in which it is between six and seven, when no step of the day is due."""
    ahead = 6 - now.astimezone(UTC).hour
    ahead += 24 if ahead < -12 else 0
    return f"Etc/GMT{-ahead:+d}"


@dataclass(slots=True)
class FirstBranch:
    """A new user's folder, and the fake Telegram everybody's phone talks to."""

    folder: Path
    line: Line
    zone: str
    said: dict[str, str] = field(default_factory=dict)
    peak_mib: float = 0.0
    """The most memory that `serve` held on the morning; 0 where the machine does not tell."""

    def chenlian(self, *words: str) -> Ended:
        """A command, as it is typed; what it prints is kept under its name."""
        done = run(self.folder, *words, env=self._environment())
        assert done.code == 0, done.out + done.err
        self.said[words[0]] = done.out
        return done

    def _environment(self) -> dict[str, str]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        content = self.folder / "content"
        morning = {"content_dir": str(content)} if content.is_dir() else {}
        return environment(telegram_api_url=self.line.url, port=port, **morning)

    def set_up(self) -> None:
        """The wizard, the staff list, the slips."""
        (self.folder / "token").write_text(TelegramFake.token, encoding="utf-8")
        self.chenlian("init", "--yes", "--token-file", "token", "--timezone", self.zone, *INIT)
        excel(self.folder / "staff.xlsx", STAFF)
        self.chenlian("roster", "import", "staff.xlsx")
        self.chenlian("roster", "import", "staff.xlsx", "--apply")
        self.chenlian("invite", "--branch", "城东支行")

    def join(self) -> None:
        """The evening before: everybody scans their slip."""
        page = (self.folder / "invitations.html").read_text(encoding="utf-8")
        with running(self.folder, "serve", env=self._environment()) as program:
            program.says("healthz")
            for slip in page.split("<article")[1:]:
                (name,) = (row[0] for row in STAFF[1:] if f"{row[0]}<small>" in slip)
                found = LINK.search(slip)
                assert found
                self.line.do(partial(self._scan, name=name, code=found[1]))
            assert program.stop().code == 0

    async def _scan(self, fake: TelegramFake, name: str, code: str) -> None:
        person = fake.user(self.number(name), name)
        await person.start(code)
        await person.wait_for(lambda message: f"{name}，欢迎" in message.text, timeout=PATIENCE)

    def number(self, name: str) -> int:
        """A person's Telegram id; here the staff number."""
        return int(next(row[1] for row in STAFF if row[0] == name))

    def let_it_be_morning(self) -> None:
        """The same content, in which today is a working day and the questions come now."""
        shutil.copytree(shipped(), self.folder / "content")
        now = datetime.now(ZoneInfo(self.zone))  # noqa: TID251 - the program that is tried has the real clock
        times = {"summary": -20, "push": 0, "review": 12, "remind": 30, "close": 42}
        path = self.folder / "content" / "policy.yaml"
        text = path.read_text(encoding="utf-8")
        for name, minutes in times.items():
            text = re.sub(rf"(?m)^{name}: \S+", f"{name}: {now + timedelta(minutes=minutes):%H:%M}", text)
        path.write_text(text, encoding="utf-8")
        calendar = {"year": now.year, "source": "今天上班", "off": {}, "work": [now.date()] * (now.weekday() > 4)}
        (self.folder / "content" / "calendar" / f"{now.year}.yaml").write_text(
            yaml.safe_dump(calendar, allow_unicode=True), encoding="utf-8"
        )

    def answer(self) -> None:
        """The morning: the questions come, and five people answer all of theirs."""
        self.let_it_be_morning()
        with running(self.folder, "serve", env=self._environment()) as program:
            program.says("healthz")
            self.line.do(self._all_answer)
            self.peak_mib = _peak(program.process.pid)
            assert program.stop().code == 0

    async def _all_answer(self, fake: TelegramFake) -> None:
        await asyncio.gather(*(self._answer(fake, name) for name in FIVE))

    async def _answer(self, fake: TelegramFake, name: str) -> None:
        person = fake.user(self.number(name))
        first = (await person.wait_for(lambda message: "开始" in str(message.labels), timeout=PATIENCE)).id
        chosen = ""
        for _ in range(MOST_TAPS):
            card = await person.wait_for(lambda message: message.id >= first, timeout=PATIENCE)
            before, labels = _shown(card), [b.text for row in card.buttons for b in row]
            if "答完了" in card.text:
                return
            if TYPED in card.text and not any(label.startswith("记住了") for label in labels):
                await person.say("5")
            elif "提交" in labels and chosen == _question(card):
                await person.tap("提交", card)
            else:
                onward = next((label for label in labels if label.startswith("记住了")), labels[0])
                chosen = _question(card) if "提交" in labels else ""
                await person.tap(onward, card)
            await person.wait_for(_after(card.id, before), timeout=PATIENCE)
        raise AssertionError(f"{name} never came to an end")

    def messages(self, name: str) -> list[Message]:
        """What a person's phone shows."""
        return self.line.fake.user(self.number(name)).messages


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8")) if status.is_file() else None
    return int(found[1]) / 1024 if found else 0.0


def _question(message: Message) -> str:
    """What is asked, without the verdict that may stand above it until the first tick."""
    return message.text.rpartition("—\n")[2]


def _shown(message: Message) -> str:
    return f"{message.id} {message.text} {message.labels}"


def _after(first: int, before: str) -> Callable[[Message], bool]:
    """Whether a message is the one that was shown or a later one, and says something else now."""
    return lambda message: message.id >= first and _shown(message) != before


def live(folder: Path, line: Line) -> FirstBranch:
    """The whole of it."""
    branch = FirstBranch(folder, line, early(datetime.now(UTC)))  # noqa: TID251 - as above
    branch.set_up()
    branch.join()
    branch.answer()
    return branch


PHONE = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 14px; background: #dfe8ef; font: 15px/1.5 "Noto Sans CJK SC", sans-serif; color: #1f2933 }
p { margin: 0 0 4px; padding: 8px 12px; background: #fff; border-radius: 12px; white-space: pre-wrap; max-width: 340px }
div { display: flex; gap: 4px; margin-bottom: 4px; max-width: 364px }
span { flex: 1; padding: 6px; text-align: center; background: #c9d8e4; border-radius: 8px; font-size: 14px }
</style>"""


def chat(messages: list[Message]) -> str:
    """What a phone showed, word for word, as a page."""
    parts = [PHONE]
    for message in messages:
        rows = "".join(f"<div>{''.join(f'<span>{escape(b)}</span>' for b in row)}</div>" for row in message.labels)
        parts.append(f"<p>{escape(message.text)}</p>{rows}")
    return "\n".join(parts)


def draw() -> None:
    """Live through it, and put the pictures of the page and the words of the terminal where the document has them."""
    with telegram_in_a_thread() as line, tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        branch = live(Path(folder), line)
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        page = browser.new_page(viewport={"width": 703, "height": 560})
        page.emulate_media(media="print")
        page.goto((branch.folder / "invitations.html").as_uri())
        page.screenshot(path=DOCS / "first-branch-slips.png")
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 392, "height": 640})
        page.set_content(chat(branch.messages("王芳")))
        page.screenshot(path=DOCS / "first-branch-chat.png", full_page=True)
        browser.close()
    for name, said in branch.said.items():
        sys.stdout.write(f"== {name}\n{said}\n")


if __name__ == "__main__":
    draw()
