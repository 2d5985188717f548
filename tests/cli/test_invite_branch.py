"""`chenlian invite --branch`: the page that is printed, seen in a real browser and read as a phone reads it."""

import re
import sqlite3
import stat
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from bot.cli.whole import Whole
from tests.cast import BRANCH, COUNTY, OURS
from tests.cli.bank import make_bank, try_code
from tests.cli.conftest import Run
from tests.cli.test_invite import wecom_is_set
from tests.fakes.telegram.world import USERNAME
from tests.fakes.wecom import WeComFake
from tests.fixtures.browser import chromium_path
from tests.fixtures.codes import from_png, read
from tests.main.telegram_line import InThread, Line
from tests.web.visiting import ARGS

LINK = re.compile(rf"https://t\.me/{USERNAME}\?start=([\w-]{{12}})")
CUT = "[...document.querySelectorAll('article')].filter(a => a.scrollHeight > a.clientHeight + 1).length"
PHONE, PAPER = {"width": 390, "height": 844}, {"width": 794, "height": 1123}


@pytest.fixture
def bank(folder: Path, line: Line, monkeypatch: pytest.MonkeyPatch) -> str:
    """Five people of a branch, one of whom has joined."""
    url = f"sqlite:///{folder}/bank.db"
    make_bank(url, "赵敏")
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", url)
    return url


def codes_on(page: str) -> list[str]:
    return LINK.findall(page)


def hashes(bank: str) -> list[str]:
    with sqlite3.connect(bank.removeprefix("sqlite:///")) as database:
        return [found for (found,) in database.execute("select code_hash from invitation order by code_hash")]


def test_everybody_who_has_not_joined_gets_one_code_that_works_once(run: Run, bank: str, folder: Path) -> None:
    result = run("invite", "--branch", BRANCH, "--out", "slips.html")
    assert result.exit_code == 0
    assert "4 个人" in result.output
    assert "已加入的 1 人" in result.output
    page = (folder / "slips.html").read_text(encoding="utf-8")
    assert len(set(codes_on(page))) == 4
    assert len(hashes(bank)) == 4
    assert all(name in page for name in OURS - {"赵敏"})
    assert "赵敏" not in page
    assert "周外" not in page, "another branch"
    assert not any(code in str(hashes(bank)) for code in codes_on(page))
    assert "欢迎" in try_code(bank, codes_on(page)[0], "501", "1")
    assert "欢迎" not in try_code(bank, codes_on(page)[0], "502", "2")


def test_only_its_owner_may_read_it_and_nothing_is_left_beside_it(run: Run, bank: str, folder: Path) -> None:
    (folder / "slips.html").write_text("old")
    (folder / "slips.html").chmod(0o644)
    run("invite", "--branch", BRANCH, "--out", "slips.html")
    assert stat.S_IMODE((folder / "slips.html").stat().st_mode) == 0o600
    assert {path.name for path in folder.iterdir()} <= {"slips.html", "bank.db", "bank.db-wal", "bank.db-shm"}


def test_nothing_on_it_is_fetched_and_a_name_is_no_markup(run: Run, bank: str, folder: Path) -> None:
    with sqlite3.connect(folder / "bank.db") as database:
        database.execute("update person set name = '<b>王</b>' where staff_number = '1001'")
    run("invite", "--branch", BRANCH)
    page = (folder / "invitations.html").read_text(encoding="utf-8")
    assert "<b>王" not in page
    assert "&lt;b&gt;王" in page
    assert not re.findall(r"(?:src|srcset)=|<script|@import|url\(", page)
    assert set(re.findall(r"https?://[^\s\"<?]+", page)) <= {f"https://t.me/{USERNAME}", "http://www.w3.org/2000/svg"}


def test_asked_for_again_the_old_slips_end_and_those_who_joined_may_come_too(run: Run, bank: str, folder: Path) -> None:
    run("invite", "--branch", BRANCH)
    old = codes_on((folder / "invitations.html").read_text(encoding="utf-8"))
    assert "5 个人" in run("invite", "--branch", f"{COUNTY}/{BRANCH}", "--renew").output
    new = codes_on((folder / "invitations.html").read_text(encoding="utf-8"))
    assert len(new) == 5
    assert not set(new) & set(old)
    assert "欢迎" not in try_code(bank, old[0], "501", "1")


def test_a_county_is_everybody_below_it(run: Run, bank: str, folder: Path) -> None:
    assert run("invite", "--branch", COUNTY).exit_code == 0
    page = (folder / "invitations.html").read_text(encoding="utf-8")
    assert "周外" in page
    assert "郑总" not in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--branch", "没有的网点"], "没有的网点"),
        (["--branch", "/"], "没有叫"),
        (["--branch", BRANCH, "--out", "no/such/folder/slips.html"], "no/such/folder/slips.html"),
    ],
)
def test_what_cannot_be_done_makes_no_code(run: Run, bank: str, folder: Path, words: list[str], said: str) -> None:
    result = run("invite", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert hashes(bank) == []
    assert not (folder / "invitations.html").exists()


def test_without_telegram_no_code_is_made(run: Run, bank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENLIAN_TELEGRAM_API_URL", "http://127.0.0.1:1")
    result = run("invite", "--branch", BRANCH)
    assert result.exit_code == 1
    assert "连不上 127.0.0.1" in result.stderr
    assert hashes(bank) == []


def test_when_all_have_joined_it_says_so(run: Run, folder: Path, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{folder}/bank.db"
    make_bank(url, *OURS)
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", url)
    result = run("invite", "--branch", BRANCH)
    assert result.exit_code == 1
    assert "--renew" in result.stderr
    assert not (folder / "invitations.html").exists()


@pytest.mark.parametrize("words", [["invite"], ["invite", "1001", "--branch", BRANCH]])
def test_it_is_one_person_or_one_unit(run: Run, words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), Whole(path):
        _ = 1 / 0
    assert [each.name for each in tmp_path.iterdir()] == ["keys"]
    assert path.read_text(encoding="utf-8") == "old"


TYPED = re.compile(r"<code>([0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4})</code></p>\s*<p class=\"else\"")


@pytest.fixture
def app(wecom: InThread[WeComFake], monkeypatch: pytest.MonkeyPatch) -> None:
    """A self-built app of WeCom's is set up."""
    wecom_is_set(monkeypatch)


def test_with_wecom_alone_each_slip_has_a_code_to_type_and_nothing_of_telegram(
    run: Run, bank: str, app: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHENLIAN_TELEGRAM_TOKEN")
    monkeypatch.delenv("CHENLIAN_TELEGRAM_API_URL")
    assert run("invite", "--branch", BRANCH).exit_code == 0
    page = (folder / "invitations.html").read_text(encoding="utf-8")
    codes = TYPED.findall(page)
    assert len(set(codes)) == 4
    assert page.count("打开企业微信的工作台，点「晨练」") == 4
    assert not re.search("Telegram|t\\.me|<svg|/start", page)
    assert "欢迎" in try_code(bank, codes[0], "somebody", "1", channel="wecom", typed="{}")


@pytest.mark.browser
def test_with_both_a_slip_has_room_for_link_and_code(run: Run, bank: str, app: None, folder: Path) -> None:
    run("invite", "--branch", BRANCH)
    path = folder / "invitations.html"
    text = path.read_text(encoding="utf-8")
    assert [code.replace("-", "") for code in TYPED.findall(text)] == codes_on(text)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        page = browser.new_page(viewport=PAPER)  # type: ignore[arg-type]  # a plain dict is one
        page.goto(path.as_uri())
        page.emulate_media(media="print")
        assert len(seen(page)) == 4
        assert page.evaluate(CUT) == 0, "nothing is lost at a slip's edge"
        browser.close()


@pytest.mark.no_cover
@pytest.mark.browser
def test_a_camera_reads_every_code_on_paper_and_on_a_phone(run: Run, bank: str, folder: Path) -> None:
    run("invite", "--branch", BRANCH)
    path = folder / "invitations.html"
    wanted = {f"https://t.me/{USERNAME}?start={code}" for code in codes_on(path.read_text(encoding="utf-8"))}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]  # a plain dict is one
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert seen(page) == wanted
        page.set_viewport_size(PAPER)  # type: ignore[arg-type]  # as above
        page.emulate_media(media="print")
        assert seen(page) == wanted
        tops = page.evaluate("[...document.querySelectorAll('article')].map(a => a.getBoundingClientRect().top)")
        assert len(set(tops)) == 2, "two to a row"
        assert page.evaluate(CUT) == 0, "nothing is lost at a slip's edge"
        browser.close()


def seen(page: Page) -> set[str]:
    return set(read(from_png(page.screenshot(full_page=True))))
