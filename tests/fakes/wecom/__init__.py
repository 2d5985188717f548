"""A stateful WeCom on 127.0.0.1, written from `facts/wecom.md` before any adapter, and the people who use it.

    async with WeComFake() as fake:
        fang = fake.user("wangfang", "王芳")
        await fake.set_callback(url, token, aes_key)  # the adapter answers its verification
        ...                                           # the adapter: base url fake.url, corp_id, agent_id, secret
        card = await fang.wait_for(lambda message: "第1题" in message.text)
        press = await fang.tap("A")
        await press.wait()                            # the adapter took it
        assert fang.messages[-1].frozen

It refuses what WeCom refuses, with WeCom's errcodes. README.md beside this file says what it does and does not.
"""

from tests.fakes.wecom.agents import CONTACTS
from tests.fakes.wecom.bot_people import BotFake, BotRoom
from tests.fakes.wecom.callbacks import Delivery, NotVerified
from tests.fakes.wecom.calls import Call
from tests.fakes.wecom.groups import Group
from tests.fakes.wecom.limits import Limits
from tests.fakes.wecom.people import User
from tests.fakes.wecom.phones import Shown
from tests.fakes.wecom.server import WeComFake

__all__ = [
    "CONTACTS",
    "BotFake",
    "BotRoom",
    "Call",
    "Delivery",
    "Group",
    "Limits",
    "NotVerified",
    "Shown",
    "User",
    "WeComFake",
]
