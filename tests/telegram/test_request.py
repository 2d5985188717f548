"""HTTP below everything: what both clients must do, and what ours does beyond python-telegram-bot's own."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from io import BytesIO

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest

from bot.chat.channel import SendError
from bot.telegram.channel import TelegramChannel
from bot.telegram.line import Line
from bot.telegram.request import Request, TooMuch
from tests.fakes.telegram import TelegramFake, User

MAKERS: dict[str, Callable[[], BaseRequest]] = {
    "ours": lambda: Request(5, 4),
    "python-telegram-bot's": lambda: HTTPXRequest(4),
}


@pytest.fixture(autouse=True)
def _a_wait_is_a_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@asynccontextmanager
async def bot_over(fake: TelegramFake, request: BaseRequest, token: str = "") -> AsyncIterator[Line]:
    """python-telegram-bot's client over this request class."""
    async with request:
        yield Line(
            token or fake.token,
            base_url=f"{fake.url}/bot",
            base_file_url=f"{fake.url}/file/bot",
            request=request,
            get_updates_request=request,
        )


@pytest.fixture(params=MAKERS)
def request_class(request: pytest.FixtureRequest) -> BaseRequest:
    return MAKERS[request.param]()


async def test_words_buttons_and_answers_go_through(fake: TelegramFake, fang: User, request_class: BaseRequest) -> None:
    async with bot_over(fake, request_class) as bot:
        sent = await bot.send_message(1001, "<b>早</b> & 好 + 1%20", parse_mode=None)
        assert sent.text == fang.messages[-1].text == "<b>早</b> & 好 + 1%20"
        assert await bot.set_my_commands([("today", "今天")])
        assert (await bot.get_me()).username == "chenlian_fake_bot"


@pytest.mark.parametrize("content", [b"PK\x03\x04" * 1000, b"", bytes(range(256)) * 4000])
async def test_a_document_arrives_as_it_was_sent(
    fake: TelegramFake, fang: User, request_class: BaseRequest, content: bytes
) -> None:
    async with bot_over(fake, request_class) as bot:
        if not content:
            with pytest.raises(BadRequest):
                await bot.send_document(1001, InputFile(content, filename="空.xlsx"))
            return
        sent = await bot.send_document(1001, InputFile(content, filename="名单 1.xlsx"), caption="<b>名单</b>")
        assert sent.document
        assert (sent.document.file_name, sent.document.file_size) == ("名单 1.xlsx", len(content))
        assert sent.caption == "<b>名单</b>"
        file = await bot.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == content


async def test_a_picture_and_a_handle_on_a_file_go_through(
    fake: TelegramFake, fang: User, request_class: BaseRequest
) -> None:
    async with bot_over(fake, request_class) as bot:
        picture = await bot.send_photo(1001, InputFile(b"\x89PNG" * 50, filename="board.png"))
        assert picture.photo
        streamed = InputFile(BytesIO(b"a,b\n" * 9), filename="a.csv", read_file_handle=False)
        sent = await bot.send_document(1001, streamed)
        assert sent.document
        assert sent.document.file_size == 36


REFUSALS: list[tuple[int, str, dict[str, object] | None, type[TelegramError]]] = [
    (400, "Bad Request: chat not found", None, BadRequest),
    (403, "Forbidden: bot was blocked by the user", None, Forbidden),
    (401, "Unauthorized", None, InvalidToken),
    (429, "Too Many Requests: retry after 3", {"retry_after": 3}, RetryAfter),
    (502, "Bad Gateway", None, NetworkError),
]


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_a_refusal_is_the_same_over_both(
    fake: TelegramFake,
    fang: User,
    request_class: BaseRequest,
    refusal: tuple[int, str, dict[str, object] | None, type[TelegramError]],
) -> None:
    status, words, parameters, error = refusal
    fake.fail_next("sendMessage", status, words, parameters)
    async with bot_over(fake, request_class) as bot:
        with pytest.raises(error):
            await bot.send_message(1001, "早")


async def test_a_connection_that_breaks_is_a_network_error(
    fake: TelegramFake, fang: User, request_class: BaseRequest
) -> None:
    fake.drop_response_next("sendMessage")
    async with bot_over(fake, request_class) as bot:
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "早")
        await bot.send_message(1001, "还在")


# ---- ours alone


async def test_a_proxys_page_is_never_taken_for_telegrams_word(fake: TelegramFake, fang: User) -> None:
    async with bot_over(fake, Request(5, 4)) as bot:
        for status in (200, 401, 404, 502):
            fake.faults.answer_next("sendMessage", status, b"<html>proxy</html>")
            with pytest.raises(NetworkError, match="not Telegram's"):
                await bot.send_message(1001, "早")


async def test_who_drips_is_cut_off_whatever_is_asked(fake: TelegramFake, fang: User) -> None:
    async with bot_over(fake, Request(0.2, 4)) as bot:
        fake.faults.drip_next("sendMessage", pause=0.05)
        with pytest.raises(TimedOut, match=r"0\.2 s"):
            await bot.send_message(1001, "早")
        fake.faults.drip_next("sendDocument", pause=0.3)
        with pytest.raises(TimedOut, match=r"0\.8 s"):
            await bot.send_document(1001, InputFile(b"abc", filename="a.csv"))


async def test_a_file_that_lies_about_its_size_fills_no_memory(fake: TelegramFake, fang: User) -> None:
    async with bot_over(fake, request := Request(5, 4)) as bot:
        channel = TelegramChannel(bot, request)
        update = await fang.send_document("名单.xlsx", b"x" * 300_000, size=10)
        media = fake.updates[update]["message"]["document"]["file_id"]
        with pytest.raises(SendError, match="more than 100000 bytes") as refused:
            await channel.fetch(media, 100_000)
        assert refused.value.permanent
        assert await channel.fetch(media, 300_000) == b"x" * 300_000


async def test_a_file_with_no_end_is_read_no_further_than_allowed() -> None:
    served = 0

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal served
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            while True:
                writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
                served += 0x10000
                await writer.drain()
        except ConnectionError:
            writer.close()

    async with await asyncio.start_server(endless, "127.0.0.1", 0) as server, Request(5, 1) as request:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/file"
        with pytest.raises(TooMuch):
            await request.download(url, 200_000)
    assert served < 64 << 20


async def test_a_file_said_to_be_too_big_is_not_even_asked_for(fake: TelegramFake, fang: User) -> None:
    async with bot_over(fake, request := Request(5, 4)) as bot:
        channel = TelegramChannel(bot, request)
        update = await fang.send_document("名单.xlsx", b"x", size=5_000_000)
        media = fake.updates[update]["message"]["document"]["file_id"]
        with pytest.raises(SendError, match="more than 1000000 bytes"):
            await channel.fetch(media, 1_000_000)
        assert not fake.called("file")
        with pytest.raises(SendError) as unknown:
            await channel.fetch("nothing of the kind", 1_000_000)
        assert unknown.value.permanent
        fake.fail_next("file", 404, "Not Found")
        small = fake.updates[await fang.send_document("a.csv", b"a,b")]["message"]["document"]["file_id"]
        with pytest.raises(SendError) as later:
            await channel.fetch(small, 1_000_000)
        assert not later.value.permanent


async def test_a_proxy_from_the_environment_is_used(
    fake: TelegramFake, fang: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY", "https_proxy", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", fake.url)
    async with Request(5, 4) as request:
        far = Bot(fake.token, base_url="http://api.telegram.invalid/bot", request=request, get_updates_request=request)
        assert (await far.send_message(1001, "早")).text == "早"


async def test_the_token_is_in_no_error_whatever_fails(
    fake: TelegramFake, fang: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "telegram")  # as bot.logs has it
    secret = fake.token.partition(":")[2]
    said: list[str] = []

    async def fails(request: BaseRequest, url: str) -> None:
        bot = Bot(
            fake.token, base_url=f"{url}/bot", base_file_url=f"{url}/file", request=request, get_updates_request=request
        )
        for call in (bot.get_me(), bot.send_document(1001, InputFile(b"a", filename="a.csv"))):
            with pytest.raises(TelegramError) as error:
                await call
            said.append(f"{error.value!r} {error.value} {error.value.__cause__!r} {error.value.__context__!r}")
        if isinstance(request, Request):
            with pytest.raises((TelegramError, TooMuch)) as refused:
                await request.download(f"{url}/file/bot{fake.token}/documents/x", 10)
            said.append(f"{refused.value!r} {refused.value.__cause__!r}")

    closed = Request(1, 1)
    await fails(closed, fake.url)
    async with Request(0.3, 2) as request:
        for url in (
            "http://127.0.0.1:1",  # nobody listens
            "http://nowhere.invalid",
            "http://[",  # no address at all
            "ftp://127.0.0.1",
            f"{fake.url.replace('http:', 'https:')}",  # speaks no TLS
        ):
            await fails(request, url)
        faults: list[Callable[[], None]] = [
            lambda: fake.drop_response_next("getMe"),
            lambda: fake.faults.drip_next("getMe", pause=0.2),
            lambda: fake.faults.answer_next("getMe", 404, f"no /bot{fake.token}/getMe".encode()),
            lambda: fake.fail_next("getMe", 500, "Internal Server Error"),
        ]
        async with bot_over(fake, request) as bot:
            for prepare in faults:
                prepare()
                with pytest.raises(TelegramError) as error:
                    await bot.get_me()
                said.append(f"{error.value!r} {error.value.__cause__!r} {error.value.__context__!r}")
    assert len(said) > 20
    assert not [line for line in said if secret in line]
    assert secret not in caplog.text
