"""What the stories of proof by file share: files as phones make them, a branch that takes them, what is kept."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from sqlmodel import col, select

from bot.store.tables import Consent, Proof, ProofBytes, Viewing
from bot.store.turn import Reader
from bot.web.app import build
from tests.stories.bank import Bank, words
from tests.stories.people import Someone
from tests.stories.test_exports import link_of, nothing_amiss
from tests.stories.test_findings import enters

FILM = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00" + bytes(range(256)) * 20
AMR = b"#!AMR\n" + bytes(100)
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(50)


def kept(turn: Reader) -> list[Proof]:
    """What is known of every file there ever was."""
    return list(turn.session.exec(select(Proof).order_by(col(Proof.id))))


def held(turn: Reader) -> list[bytes]:
    """The bytes there are, as they are kept."""
    return list(turn.session.exec(select(ProofBytes.sealed)))


def looks(turn: Reader) -> list[tuple[int, int]]:
    """The trail: which file, who."""
    return [(one.proof_id, one.by_id) for one in turn.session.exec(select(Viewing).order_by(col(Viewing.id)))]


def said(turn: Reader) -> list[bool]:
    """Every yes and no."""
    return [one.given for one in turn.session.exec(select(Consent).order_by(col(Consent.id)))]


@asynccontextmanager
async def pages(bank: Bank) -> AsyncIterator[httpx.AsyncClient]:
    """A browser."""
    app = build(None, words()["zh-CN"], nothing_amiss, store=bank.store)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://drill.test") as client:
        yield client


async def files_of(site: httpx.AsyncClient, someone: Someone) -> list[str]:
    """The addresses of the files on the page that somebody's newest link opens."""
    page = await site.get(link_of(someone))
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    return [found.replace("&amp;", "&") for found in re.findall(r'(?:src|href)="(https://[^"]+)"', page.text)]


async def takes_files(bank: Bank) -> None:
    """The trainer says that the branch takes files."""
    await bank.赵敏.forges(f"stv:{bank.unit('城东网点')}:proof:files")
    assert bank.赵敏.sees("凭证改为 也收文件。今天起。")


async def called(bank: Bank) -> Someone:
    """王芳 was found not to count before the customer, and has the evening's card."""
    await bank.at("16:00")
    await enters(bank, "吴查")
    await bank.at("17:40")
    return bank.王芳


async def agreed(bank: Bank) -> Someone:
    """The same on a branch that takes files, with her consent."""
    await takes_files(bank)
    wang = await called(bank)
    await wang.taps("同意保存")
    return wang


async def proved(bank: Bank) -> Someone:
    """And she has passed the questions and sent a film."""
    wang = await agreed(bank)
    await wang.taps("开始 5 题")
    await wang.answers()
    await wang.shows("video", FILM)
    return wang
