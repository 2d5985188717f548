"""What a person can send beside words: files, stickers, voices, pictures, contacts, things of others."""

from tests.fakes.telegram.files import Stored, Upload
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.refusals import JSON
from tests.fakes.telegram.world import SENDER, World

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Attaching:
    """Everything a person may send by mistake or on purpose; each gives the update's id."""

    _world: World

    def _sent(self, text: str, extra: JSON) -> int:
        """Put it into the chat, `text` beside it, and let the bot hear of it."""
        raise NotImplementedError

    async def send_document(
        self, name: str, data: bytes, *, caption: str = "", mime: str = XLSX, size: int | None = None
    ) -> int:
        """A file; `size` is what Telegram says of it if not the truth."""
        return self._sent(caption, {"document": self._keep(name, mime, data, size).document()})

    async def send_photo(self, data: bytes = b"\xff\xd8 a picture", caption: str = "") -> int:
        sizes = [(90, 60), (320, 213), (1280, 853)]
        file = self._keep("photo.jpg", "image/jpeg", data)
        return self._sent(caption, {"photo": [file.json() | {"width": w, "height": h} for w, h in sizes]})

    async def send_video(self, data: bytes = b"a film", caption: str = "", size: int | None = None) -> int:
        file = self._keep("video.mp4", "video/mp4", data, size)
        return self._sent(caption, {"video": file.document() | {"width": 640, "height": 360, "duration": 5}})

    async def send_voice(self, data: bytes = b"OggS", seconds: int = 3) -> int:
        file = self._keep("voice.oga", "audio/ogg", data)
        return self._sent("", {"voice": file.json() | {"duration": seconds, "mime_type": "audio/ogg"}})

    async def send_video_note(self) -> int:
        file = self._keep("note.mp4", "video/mp4", b"a round film")
        return self._sent("", {"video_note": file.json() | {"length": 240, "duration": 3}})

    async def send_sticker(self, emoji: str = "👍") -> int:
        file = self._keep("sticker.webp", "image/webp", b"RIFF")
        kind = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._sent("", {"sticker": file.json() | kind | {"emoji": emoji, "set_name": "Hello"}})

    async def send_contact(self, phone: str = "+8613800000000", name: str = "李强") -> int:
        return self._sent("", {"contact": {"phone_number": phone, "first_name": name}})

    async def send_location(self) -> int:
        return self._sent("", {"location": {"latitude": 30.66, "longitude": 104.06}})

    async def forward(self, what: str | Message, of: JSON | str = "") -> int:
        """Pass on words of somebody (`user.sender()`, or the name of one who hides), or a message of the bot's. Of its
        buttons nothing is passed on."""
        origin: JSON = {"type": "hidden_user", "sender_user_name": of or "某人", "date": self._world.date()}
        if not isinstance(of, str):
            origin = {"type": "user", "sender_user": of, "date": self._world.date()}
        if isinstance(what, Message):
            origin = {"type": "user", "sender_user": SENDER, "date": what.date}
        return self._sent(what if isinstance(what, str) else what.text, {"forward_origin": origin})

    def _keep(self, name: str, mime: str, data: bytes, size: int | None = None) -> Stored:
        return self._world.files.keep(Upload(name, mime, data), size)
