"""A stateful Bot API server on 127.0.0.1, written from `facts/telegram.md` §2, and the people who use its bot.

    async with TelegramFake() as fake:
        fang = fake.user(1001, "王芳")
        await fang.start()                      # nobody can be written to before this
        ...                                     # the bot, at base_url=f"{fake.url}/bot", token=fake.token
        card = await fang.wait_for(lambda message: "第1题" in message.text)
        query = await fang.tap("A")
        assert await query.wait() == "答对了"

It refuses what Telegram refuses, in Telegram's own words. README.md beside this file says what it does and does not.
"""

from tests.fakes.telegram.front import Call
from tests.fakes.telegram.groups import Group
from tests.fakes.telegram.keyboards import Button
from tests.fakes.telegram.limits import Limits
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.people import User
from tests.fakes.telegram.server import TelegramFake
from tests.fakes.telegram.world import Query

__all__ = ["Button", "Call", "Group", "Limits", "Message", "Query", "TelegramFake", "User"]
