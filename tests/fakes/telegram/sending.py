"""The methods by which a bot sends and fetches files (§2.5)."""

from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.files import LARGEST_PHOTO, LARGEST_UPLOAD, Stored, Upload
from tests.fakes.telegram.keyboards import read_keyboard
from tests.fakes.telegram.refusals import JSON, TOO_LARGE, Refused, bad_request
from tests.fakes.telegram.speaking import answered
from tests.fakes.telegram.text import read_caption
from tests.fakes.telegram.world import World


def send_document(world: World, params: JSON) -> JSON:
    chat, file = _sent(world, params, "document", LARGEST_UPLOAD)
    return _write(world, params, chat, {"document": file.document()})


def send_photo(world: World, params: JSON) -> JSON:
    chat, file = _sent(world, params, "photo", LARGEST_PHOTO)
    return _write(world, params, chat, {"photo": [file.json() | {"width": 800, "height": 600}]})


def get_file(world: World, params: JSON) -> JSON:
    return world.files.address(params.get("file_id"), world.now())


def _sent(world: World, params: JSON, kind: str, largest: int) -> tuple[Chat, Stored]:
    """The chat, and a new file or one that is known by its id."""
    given = params.get(kind)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if isinstance(given, str) and given.startswith("attach://"):
        given = params.get(given.removeprefix("attach://"))
    chat = world.open_chat(params.get("chat_id"))
    if not isinstance(given, Upload):
        return chat, world.files.of(given)
    if not given.data:
        raise bad_request("file must be non-empty")
    if len(given.data) > LARGEST_UPLOAD:
        raise Refused(*TOO_LARGE)
    if len(given.data) > largest:
        raise bad_request(f"file of size {len(given.data)} bytes is too big for a photo")
    return chat, world.files.keep(given)


def _write(world: World, params: JSON, chat: Chat, extra: JSON) -> JSON:
    caption = read_caption(params.get("caption"), params.get("parse_mode"))
    buttons = read_keyboard(params.get("reply_markup"))
    return world.write(chat, caption, buttons, extra | answered(chat, params)).json(chat.json())
