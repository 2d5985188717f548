"""Files: telegram.md §2.5."""

from io import BytesIO

import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken

from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.asking import ask
from tests.fakes.telegram.conftest import Clock
from tests.fakes.telegram.files import LARGEST_DOWNLOAD

ROSTER = b"PK\x03\x04 \xe7\x8e\x8b\xe8\x8a\xb3"


@pytest.fixture
def files(fake: TelegramFake) -> str:
    return f"{fake.url}/file/bot"


async def test_a_file_somebody_sends_can_be_fetched(fake: TelegramFake, files: str, fang: User) -> None:
    number = await fang.send_document("名单.xlsx", ROSTER, caption="新名单")
    message = fake.updates[number]["message"]
    assert (message["caption"], message["document"]["file_name"], message["document"]["file_size"]) == (
        "新名单",
        "名单.xlsx",
        len(ROSTER),
    )
    async with Bot(fake.token, base_url=f"{fake.url}/bot", base_file_url=files) as bot:
        file = await bot.get_file(message["document"]["file_id"])
        assert bytes(await file.download_as_bytearray()) == ROSTER
        fake.pass_time(3601)
        with pytest.raises(InvalidToken):  # so python-telegram-bot calls every 404
            await file.download_as_bytearray()
        assert [call.status for call in fake.called("file")] == [200, 404]


async def test_a_file_of_more_than_20_mb_cannot_be_fetched(fake: TelegramFake, bot: Bot, fang: User) -> None:
    fits, too_big = [
        fake.updates[await fang.send_document("名单.xlsx", b"x", size=size)]["message"]["document"]["file_id"]
        for size in (LARGEST_DOWNLOAD, LARGEST_DOWNLOAD + 1)
    ]
    assert (await bot.get_file(fits)).file_path
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(too_big)
    with pytest.raises(BadRequest, match="Wrong file_id or the file is temporarily unavailable"):
        await bot.get_file("made-up")


async def test_the_bot_sends_files_and_sends_them_again_by_their_id(fake: TelegramFake, bot: Bot, fang: User) -> None:
    sent = await bot.send_document(1001, BytesIO(ROSTER), caption="<b>名单</b>", parse_mode="HTML", filename="名单.csv")
    assert sent.document
    assert (sent.document.file_name, sent.document.file_size) == ("名单.csv", len(ROSTER))
    await bot.send_document(1001, sent.document.file_id)
    picture = await bot.send_photo(1001, b"\x89PNG", caption="榜")
    assert picture.photo
    assert [(message.text, sorted(message.extra)) for message in fang.messages] == [
        ("名单", ["document"]),
        ("", ["document"]),
        ("榜", ["photo"]),
    ]
    await bot.edit_message_caption(1001, picture.message_id, caption="新榜")
    assert fang.messages[-1].text == "新榜"
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("榜", 1001, picture.message_id)


async def test_what_makes_no_file_is_refused(fake: TelegramFake, bot: Bot, fang: User) -> None:
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(1001, b"", filename="名单.xlsx")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(1001, b"x", caption="字" * 1025)
    _, body = await ask(fake, "sendDocument", chat_id=1001)
    assert body["description"] == "Bad Request: there is no document in the request"
    fang.block()
    assert (await ask(fake, "sendDocument", chat_id=1001, document="x"))[0] == 403


async def test_an_address_is_for_this_bot_only(fake: TelegramFake, fang: User, clock: Clock) -> None:
    import aiohttp

    async with aiohttp.ClientSession() as session, session.get(f"{fake.url}/file/bot1:x/documents/a") as answer:
        assert answer.status == 401
