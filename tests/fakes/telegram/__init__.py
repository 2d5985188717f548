"""A stateful Bot API server on 127.0.0.1, written from `facts/telegram.md` §2, and the people who use its bot.

    async with TelegramFake() as fake:
        fang = fake.user(1001, "王芳")
        await fang.start()                      # nobody can be written to before this
        ...                                     # the bot, at base_url=f"{fake.url}/bot", token=fake.token
        card = await fang.wait_for(lambda message: "第1题" in message.text)
        query = await fang.tap("A")
        assert await query.wait() == "答对了"

It refuses what Telegram refuses, in Telegram's own words. One private chat per person; no groups, polls or files.
"""

from tests.fakes.telegram.keyboards import Button
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.people import User
from tests.fakes.telegram.server import Call, TelegramFake
from tests.fakes.telegram.world import Query

__all__ = ["Button", "Call", "Message", "Query", "TelegramFake", "User"]
