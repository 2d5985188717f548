"""The people of the tests in an app's chat: what they press, write and see."""

from collections.abc import Callable, Iterable, Mapping

from tests.fakes.wecom import answering, logins, menus
from tests.fakes.wecom.agents import Agent
from tests.fakes.wecom.answering import Press
from tests.fakes.wecom.callbacks import Delivery
from tests.fakes.wecom.calls import Upload
from tests.fakes.wecom.contacts import Person
from tests.fakes.wecom.media import AMR, check
from tests.fakes.wecom.phones import Chat, Dropped, Shown
from tests.fakes.wecom.refusals import JSON
from tests.fakes.wecom.world import World

VOICE = AMR + bytes([0x3C, *[0] * 31]) * 50  # a second of AMR
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(24)
VIDEO = bytes(4) + b"ftypmp42" + bytes(24)


class User:
    """A member and their chat with one app. What they do gives the `Delivery` that tells the app."""

    def __init__(self, world: World, person: Person, agent: Agent) -> None:
        self._world = world
        self._agent = agent
        self.person = person

    def __repr__(self) -> str:
        return f"{self.person.name} ({self.userid})"

    @property
    def userid(self) -> str:
        return self.person.userid

    @property
    def chat(self) -> Chat:
        return self._world.chat(self._agent, self.person)

    @property
    def messages(self) -> list[Shown]:
        """What came and was not recalled, oldest first, as it looks now."""
        return [one for one in self.chat.messages if not one.recalled]

    @property
    def dropped(self) -> list[Dropped]:
        """What WeCom dropped without telling the app, and why: "limit", "duplicate" or "unlicensed"."""
        return self.chat.dropped

    async def wait_for(
        self,
        predicate: Callable[[Shown], bool],
        timeout: float = 20,  # noqa: ASYNC109 - the words of asyncio.wait_for
    ) -> Shown:
        """The newest message that satisfies, as soon as there is one."""
        return await wait_for(self.chat, predicate, timeout, str(self))

    # ---- cards

    async def tap(self, wanted: str, message: Shown | None = None, choose: Mapping[str, str] | None = None) -> Delivery:
        """Press the button with this text or key, of this card or the newest one that has buttons."""
        return self._pressed(answering.press, message, wanted, choose or {})

    async def vote(self, wanted: Iterable[str], message: Shown | None = None) -> Delivery:
        """Tick these options of a vote card and submit."""
        return self._pressed(answering.vote, message, wanted)

    async def submit(self, choose: Mapping[str, str], message: Shown | None = None) -> Delivery:
        """Choose in the selectors of a card, by question_key, and submit."""
        return self._pressed(answering.submit, message, choose)

    async def tap_menu(self, wanted: str, message: Shown) -> Delivery:
        """Press a line of the menu in a card's corner."""
        return self._tell_press("template_card_menu_event", message, answering.menu(message, wanted))

    async def press_raw(self, message: Shown, press: Press) -> Delivery:
        """Press what may never have been a button, or is frozen by now: the app must not trust it."""
        return self._tell_press("template_card_event", message, press)

    # ---- what they write and send

    async def say(self, text: str) -> Delivery:
        return self._message("text", {"Content": text})

    async def send_image(self, data: bytes = PICTURE) -> Delivery:
        media_id = self._keep("image", "image.png", "image/png", data)
        return self._message("image", {"PicUrl": f"https://wework.qpic.cn/{media_id}/0", "MediaId": media_id})

    async def send_voice(self, data: bytes = VOICE) -> Delivery:
        return self._message("voice", {"MediaId": self._keep("voice", "voice.amr", "audio/amr", data), "Format": "amr"})

    async def send_video(self, data: bytes = VIDEO) -> Delivery:
        thumb = self._keep("image", "thumb.png", "image/png", PICTURE)
        media_id = self._keep("video", "video.mp4", "video/mp4", data)
        return self._message("video", {"MediaId": media_id, "ThumbMediaId": thumb})

    async def send_location(self, latitude: str = "28.19", longitude: str = "112.98", label: str = "") -> Delivery:
        place: JSON = {"Location_X": latitude, "Location_Y": longitude, "Scale": "15", "Label": label}
        return self._message("location", place | {"AppType": "wxwork"})

    async def send_link(self, title: str, url: str) -> Delivery:
        return self._message("link", {"Title": title, "Description": "", "Url": url, "PicUrl": ""})

    async def send_file(self) -> None:
        """A file does not reach the app: the documented list ends before it (§3.2, UNVERIFIED)."""

    # ---- the app itself

    async def open_app(self) -> Delivery | None:
        """Open the chat; the app hears of it unless its switch is off."""
        return self._event("enter_agent", {"EventKey": ""}) if self._agent.reports_entering else None

    async def click(self, name: str) -> Delivery:
        """Press a line of the app's menu, by name."""
        lines = {one["name"]: one for one in menus.lines(self._agent.menu)}
        assert name in lines, f"the menu has no {name!r}, only {list(lines)}"
        line = lines[name]
        wants = {"view": "url", "view_miniprogram": "pagepath"}.get(line["type"], "key")
        return self._event(line["type"], {"EventKey": line[wants]})

    def log_in(self) -> str:
        """The code with which WeCom sends this person's browser to the redirect_uri."""
        return logins.new_code(self._world, self.person)

    # ---- how it reaches the app

    def _pressed(self, act: Callable[..., Press], message: Shown | None, *args: object) -> Delivery:
        target = message or next((one for one in reversed(self.messages) if one.buttons), None)
        assert target, f"{self} sees no card with buttons:\n{seen(self.messages)}"
        return self._tell_press("template_card_event", target, act(target, *args))

    def _tell_press(self, event: str, message: Shown, press: Press) -> Delivery:
        """Every press brings a fresh response_code (§4.4)."""
        code = self._world.new_code(self._world.sent[message.msgid])
        return self._event(event, answering.fields(press, code))

    def _event(self, event: str, fields: JSON) -> Delivery:
        return self._world.tell_event(self._agent, self.userid, event, fields)

    def _message(self, kind: str, fields: JSON) -> Delivery:
        number = 7_000_000_000_000_000_000 + self._world.number()
        return self._world.tell(self._agent, self.userid, {"MsgType": kind} | fields | {"MsgId": number})

    def _keep(self, kind: str, filename: str, content_type: str, data: bytes) -> str:
        check(kind, data)
        return self._world.media.keep(kind, Upload(filename, content_type, data), self._world.now()).media_id


async def wait_for(
    chat: Chat,
    predicate: Callable[[Shown], bool],
    timeout: float,  # noqa: ASYNC109 - the words of asyncio.wait_for
    who: str,
) -> Shown:
    """The newest message of the chat that satisfies."""

    def look() -> Shown | None:
        return next((one for one in reversed(chat.messages) if not one.recalled and predicate(one)), None)

    found = await chat.bell.until(look, timeout)
    if found is None:
        raise AssertionError(f"{who} did not see such a message within {timeout} s, but:\n{seen(chat.messages)}")
    return found


def seen(messages: Iterable[Shown]) -> str:
    return "\n".join(f"  {one.msgid} {one.kind} {one.text!r} {one.buttons or ''}" for one in messages) or "  nothing"
