"""The people of the tests in a bot's chats: alone with it, and in groups (§7.3, §7.4)."""

import base64
from collections.abc import Callable, Iterable, Mapping

from tests.fakes.wecom import answering, crypt
from tests.fakes.wecom.answering import Press
from tests.fakes.wecom.bots import GROUP, SINGLE, Asked, Bot, Room
from tests.fakes.wecom.calls import Upload
from tests.fakes.wecom.commands import ENTERED, MESSAGE, PRESSED, TOLD
from tests.fakes.wecom.contacts import Person
from tests.fakes.wecom.limits import CHINA, DAY
from tests.fakes.wecom.media import MEGA
from tests.fakes.wecom.people import PICTURE, VIDEO, User, seen, wait_for
from tests.fakes.wecom.phones import Shown
from tests.fakes.wecom.refusals import JSON
from tests.fakes.wecom.roster import open_userid

LARGEST = 100 * MEGA
MESSAGES, EVENTS = "aibot_msg_callback", "aibot_event_callback"


class BotRoom:
    """What one person does in a chat with the bot, and what the chat shows. Everything gives the `Asked`, which knows
    what the bot answered."""

    def __init__(self, bot: Bot, room: Room, person: Person, url: str) -> None:
        self._bot = bot
        self._room = room
        self._url = url
        self.person = person

    @property
    def messages(self) -> list[Shown]:
        return self._room.chat.messages

    async def wait_for(
        self,
        predicate: Callable[[Shown], bool],
        timeout: float = 20,  # noqa: ASYNC109 - the words of asyncio.wait_for
    ) -> Shown:
        """The newest message that satisfies, as soon as there is one."""
        return await wait_for(self._room.chat, predicate, timeout, f"{self.person.name} with the bot")

    # ---- cards

    async def tap(self, wanted: str, message: Shown | None = None, choose: Mapping[str, str] | None = None) -> Asked:
        """Press the button with this text or key, of this card or the newest one that has buttons."""
        return await self._pressed(answering.press, message, wanted, choose or {})

    async def vote(self, wanted: Iterable[str], message: Shown | None = None) -> Asked:
        return await self._pressed(answering.vote, message, wanted)

    async def submit(self, choose: Mapping[str, str], message: Shown | None = None) -> Asked:
        return await self._pressed(answering.submit, message, choose)

    async def tap_menu(self, wanted: str, message: Shown) -> Asked:
        """The menu in a card's corner comes as the same event (§7.4)."""
        return await self._tell_press(message, answering.menu(message, wanted))

    # ---- what they write and send

    async def say(self, text: str) -> Asked:
        """In a group only what names the bot reaches it, with the name (§7.3)."""
        said = text if self._room.kind == SINGLE else f"@{self._bot.name} {text}"
        return await self._message("text", {"content": said})

    async def say_with_picture(self, text: str, data: bytes = PICTURE) -> Asked:
        items = [
            {"msgtype": "text", "text": {"content": text}},
            {"msgtype": "image", "image": self._file("x.png", data)},
        ]
        return await self._message("mixed", {"msg_item": items})

    async def send_image(self, data: bytes = PICTURE) -> Asked:
        return await self._private("image", self._file("image.png", data))

    async def send_voice(self, transcript: str) -> Asked:
        """The bot hears the words only; there is no audio (§7.3)."""
        return await self._private("voice", {"content": transcript})

    async def send_file(self, name: str, data: bytes) -> Asked:
        return await self._private("file", self._file(name, data) | {"filename": name})

    async def send_video(self, data: bytes = VIDEO) -> Asked:
        return await self._private("video", self._file("video.mp4", data))

    async def enter(self) -> Asked | None:
        """Open the chat; the bot hears of it once a day (§7.4)."""
        assert self._room.kind == SINGLE, "a group is not entered"
        today = int((self._bot.now() + CHINA) // DAY)
        if self._room.entered_on == today:
            return None
        self._room.entered_on = today
        return await self._event(ENTERED, {"eventtype": ENTERED})

    async def judge(self, feedback_id: str, *, good: bool) -> Asked:
        """Thumb up or down an answer that asked for it."""
        feedback: JSON = {"id": feedback_id, "type": 1 if good else 2}
        return await self._event(TOLD, {"eventtype": "feedback_event", "feedback_event": feedback})

    # ---- how it reaches the bot

    async def _pressed(self, act: Callable[..., Press], message: Shown | None, *args: object) -> Asked:
        target = message or next((one for one in reversed(self.messages) if one.buttons), None)
        assert target, f"{self.person.name} sees no card with buttons:\n{seen(self.messages)}"
        return await self._tell_press(target, act(target, *args))

    async def _tell_press(self, message: Shown, press: Press) -> Asked:
        told: JSON = {"card_type": press.card_type, "event_key": press.key, "task_id": press.task_id}
        if press.choices:
            items = [{"question_key": key, "option_ids": {"option_id": ids}} for key, ids in press.choices.items()]
            told["selected_items"] = {"selected_item": items}
        return await self._event(PRESSED, {"eventtype": PRESSED, PRESSED: told}, message)

    async def _private(self, kind: str, content: JSON) -> Asked:
        assert self._room.kind == SINGLE, f"a {kind} reaches the bot only when alone with it"
        return await self._message(kind, content)

    async def _message(self, kind: str, content: JSON) -> Asked:
        self._room.opened = True
        return await self._bot.tell(MESSAGES, MESSAGE, self._room, self._body() | {"msgtype": kind, kind: content})

    async def _event(self, what: str, event: JSON, shown: Shown | None = None) -> Asked:
        body = self._body() | {"create_time": int(self._bot.now()), "msgtype": "event", "event": event}
        return await self._bot.tell(EVENTS, what, self._room, body, shown)

    def _body(self) -> JSON:
        userid = self.person.userid if self._bot.plain_userids else open_userid(self.person)
        body: JSON = {"msgid": f"m-{self._bot.number():06d}", "aibotid": self._bot.bot_id}
        where: JSON = {"chatid": self._room.id} if self._room.kind == GROUP else {}
        return body | where | {"chattype": self._room.kind, "from": {"userid": userid}}

    def _file(self, name: str, data: bytes) -> JSON:
        """An address that lives five minutes, and the key to what is behind it, without its last "="."""
        assert len(data) <= LARGEST, "the client sends 100 MB at most"
        key = self._bot.number().to_bytes(32, "big")
        address = self._bot.serve_file(Upload(name, "", data), key, crypt.encrypt)
        return {
            "url": f"{self._url}/bot-file/{self._bot.bot_id}/{address}",
            "aeskey": base64.b64encode(key).decode().rstrip("="),
        }


class BotFake:
    """A smart bot as tests hold it: who talks to it, and what its connection suffers."""

    def __init__(self, bot: Bot, url: str) -> None:
        self.bot = bot
        self._url = url

    def alone(self, user: User) -> BotRoom:
        """This person's own chat with the bot."""
        userid = user.person.key if self.bot.plain_userids else open_userid(user.person)
        return BotRoom(self.bot, self.bot.room(userid, SINGLE), user.person, self._url)

    def group(self, chat_id: str, user: User) -> BotRoom:
        """The same in a group the bot was added to."""
        return BotRoom(self.bot, self.bot.room(chat_id, GROUP), user.person, self._url)

    @property
    def is_connected(self) -> bool:
        return self.bot.connection is not None

    async def close(self, code: int = 1000) -> None:
        """WeCom ends the connection cleanly."""
        assert self.bot.connection, "there is none"
        await self.bot.connection.close(code)

    def cut(self) -> None:
        """The line is cut."""
        assert self.bot.connection, "there is none"
        self.bot.connection.abort()

    def deafen(self) -> None:
        """The line is half open: nothing comes back any more, not even to a ping."""
        assert self.bot.connection, "there is none"
        self.bot.connection.deaf = True
