"""The kinds of messages and what each may hold (§4.2, [path/90236]; webhook §4.7; smart bot §7.1)."""

from tests.fakes.wecom.refusals import JSON, Refused
from tests.fakes.wecom.rules import Flag, Many, Part, Reader, Rule, Text

EMPTY, NO_TITLE, NO_DESCRIPTION, NO_URL, NO_MEDIA, NO_SCHEME, TOO_MUCH = 44004, 41016, 41033, 41010, 41006, 45034, 45002
UNKNOWN_KIND = 40008

_LINK = Text(pattern=r"https?://.{1,2040}", too_long=NO_SCHEME)
_NEEDED_LINK = Text(missing=NO_URL, pattern=r"https?://.{1,2040}", too_long=NO_SCHEME)
_FILE = Part(fields={"media_id": Text(missing=NO_MEDIA)})


def _markdown(most: int, too_long: int = TOO_MUCH) -> Part:
    return Part(fields={"content": Text(missing=EMPTY, most=most, too_long=too_long)})


def _news(url: Text) -> Part:
    article: dict[str, Rule] = {
        "title": Text(missing=NO_TITLE, most=128, cuts=True),
        "description": Text(most=512, cuts=True),
        "url": url,
        "picurl": _LINK,
        "appid": Text(),
        "pagepath": Text(),
    }
    articles = Many(of=Part(fields=article), most=8, wrong=45008, missing=45008)
    return Part(fields={"articles": articles})


_CARD_TEXT: dict[str, Rule] = {
    "title": Text(missing=NO_TITLE, most_chars=128),
    "description": Text(missing=NO_DESCRIPTION, most_chars=512),
    "url": _NEEDED_LINK,
    "btntxt": Text(shown=4),
}
_VIDEO: dict[str, Rule] = {
    "media_id": Text(missing=NO_MEDIA),
    "title": Text(most=128, cuts=True),
    "description": Text(most=512, cuts=True),
}
APP: dict[str, Part] = {
    "text": Part(fields={"content": Text(missing=EMPTY, most=2048, cuts=True)}),
    "markdown": _markdown(2048),
    "image": _FILE,
    "voice": _FILE,
    "file": _FILE,
    "video": Part(fields=_VIDEO),
    "textcard": Part(fields=_CARD_TEXT),
    "news": _news(_LINK),
}
"""Not here: mpnews, miniprogram_notice (they answer 40008)."""

_NAMES = Many(of=Text(), least=0, most=1000)
WEBHOOK: dict[str, Part] = {
    "text": Part(
        fields={
            "content": Text(missing=93017, most=2048),
            "mentioned_list": _NAMES,
            "mentioned_mobile_list": _NAMES,
        }
    ),
    "markdown": Part(fields={"content": Text(missing=93017, most=4096)}),
    "markdown_v2": Part(fields={"content": Text(missing=93017, most=4096)}),
    "image": Part(fields={"base64": Text(missing=93017), "md5": Text(missing=40058)}),
    "news": _news(_NEEDED_LINK),
    "file": _FILE,
    "voice": _FILE,
}
_FEEDBACK = Part(fields={"id": Text(most=256)})
_BOT_VIDEO: dict[str, Rule] = {
    "media_id": Text(missing=NO_MEDIA),
    "title": Text(most=64, cuts=True),
    "description": Text(most=512, cuts=True),
}
BOT: dict[str, Part] = {
    "markdown": Part(fields={"content": Text(missing=EMPTY, most=20_480), "feedback": _FEEDBACK}),
    "image": _FILE,
    "voice": _FILE,
    "file": _FILE,
    "video": Part(fields=_BOT_VIDEO),
}
STREAM = Part(
    fields={
        "id": Text(missing=40058),
        "finish": Flag(),
        "content": Text(most=20_480),
        "feedback": _FEEDBACK,
    }
)
WELCOME: dict[str, Part] = {"text": Part(fields={"content": Text(missing=EMPTY)})}


def read_content(kinds: dict[str, Part], body: JSON) -> tuple[str, JSON, list[str]]:
    """The msgtype, what stands under it, and what was cut off."""
    kind = body.get("msgtype")
    if not isinstance(kind, str) or kind not in kinds:
        raise Refused(UNKNOWN_KIND, f"msgtype {kind!r}")
    reader = Reader()
    content = reader.part(kinds[kind], body.get(kind) or {}, kind)
    if any(
        not one.get("url") and not (one.get("appid") and one.get("pagepath")) for one in content.get("articles", [])
    ):
        raise Refused(NO_URL, "an article leads nowhere")
    return kind, content, reader.clipped
