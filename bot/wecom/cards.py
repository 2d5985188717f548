"""A message as WeCom shows it: a card to press where something can be pressed, text where it can't.

One right answer is a card with buttons, several right ones a form to tick; more buttons than a card has, or such as
would look alike when cut, become a form of which one line is chosen. What a card has no room for is said in full above
it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bot.chat.message import Button, Message, lettered, marked, plain
from bot.wecom.fit import (
    APP,
    BUTTON,
    BUTTON_KEY,
    BUTTONS,
    CUT,
    FORM_TITLE,
    GREY,
    LABEL,
    LINES,
    TICK_ID,
    TICKS,
    URL,
    Room,
    cleaned,
    first_clause,
    first_sentence,
    first_words,
    labels,
    parts,
    shorten,
)
from bot.wecom.request import JSON

CHOOSE, SEVERAL = "choose", "several"
"""What a form asks: one line of many, or all that are right."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Messages one after another: texts, then cards. `goes_on`: what is said first was about the card before it."""

    texts: tuple[str, ...] = ()
    cards: tuple[JSON, ...] = ()
    goes_on: bool = False

    @property
    def in_place(self) -> JSON | None:
        """The card that may take the place of the one that was answered: where it is all there is to say."""
        return self.cards[0] if len(self.cards) == 1 and not self.texts and not self.goes_on else None


def render(message: Message, choose: str, room: Room = APP) -> Speech:
    """The message within every limit; `choose` is the word on the button of a form of which one line is chosen."""
    message = _cleaned(message)
    goes_on = bool(message.lead and message.title)
    if message.pick and 1 <= len(message.options) <= TICKS:
        speech = _ticked(message, room)
    else:
        buttons, pages = _usable(message, room)
        told = replace(message, note="\n".join(filter(None, (message.note, *pages))))
        if not buttons:
            return Speech(parts(_whole(told)) or (CUT,), goes_on=goes_on)
        shown = [shorten(button.text.strip() or CUT, BUTTON) for button in buttons]
        fits = len(buttons) <= BUTTONS and len(set(shown)) == len(shown)
        speech = _pressed(told, buttons, shown, room) if fits else _chosen(told, buttons, choose, room)
    return replace(speech, goes_on=goes_on)


def answered(message: Message, speech: Speech) -> tuple[JSON, bool]:
    """What the card that was pressed becomes, and whether that says it all: the next card in its place where that is
    all there is to say; else it is frozen with a word of how it was, and the speech comes below."""
    if speech.in_place:
        return {"template_card": speech.in_place}, True
    return {"button": {"replace_name": grey(message)}}, False


def grey(message: Message) -> str:
    """The word that stays on an answered card: how it was, or what came of it; as much of it as is whole."""
    message = _cleaned(message)
    said = first_sentence(message.stamp or marked(message) or message.title or message.body).strip()
    return shorten(first_clause(said, GREY) or CUT, GREY)


def _whole(message: Message) -> str:
    return plain(replace(message, lead=marked(message)))


# ---- the three kinds


def _pressed(message: Message, buttons: Sequence[Button], shown: Sequence[str], room: Room) -> Speech:
    """Buttons, one tap."""
    lines, left = _lines(message, room)
    if message.title:
        title, quote, text = message.title, marked(message), _joined(message.body, *left, message.note)
    else:
        title, text = first_words(_joined(marked(message), message.body, *left, message.note) or CUT, room.title)
        quote = ""
    card: JSON = {"card_type": "button_interaction", "main_title": {"title": shorten(title, room.title)}}
    texts: tuple[str, ...] = ()
    if len(title) > room.title or len(quote) > room.quote or len(text) > room.body:
        texts = parts(_whole(message))
    else:
        card |= {"quote_area": {"type": 0, "quote_text": quote}} if quote else {}
        card |= {"sub_title_text": text} if text else {}
        card |= {"horizontal_content_list": lines} if lines else {}
    card["button_list"] = [_button(button, text) for button, text in zip(buttons, shown, strict=True)]
    return Speech(texts, (card,))


def _ticked(message: Message, room: Room) -> Speech:
    """Options to tick, and a button to hand them in."""
    pick = message.pick
    assert pick is not None  # noqa: S101 -- whoever calls has looked
    ticks = lettered(message.options)
    if max(map(len, ticks)) > room.tick >= max(map(len, message.options)):
        ticks = list(message.options)
    roomy = max(map(len, ticks)) <= room.tick
    told = replace(message, options=() if roomy else message.options)
    options = [(str(index), text) for index, text in enumerate(ticks)]
    card, fits = _form(told, options, _Submit(SEVERAL, pick.data, pick.submit), room)
    return Speech((), (card,)) if roomy and fits else Speech(parts(_whole(message)), (card,))


def _chosen(message: Message, buttons: Sequence[Button], choose: str, room: Room) -> Speech:
    """Lines of which one is chosen; pages can't be, so they are told."""
    options = [(button.data, button.text) for button in buttons if button.data]
    pages = [f"{button.text} {button.url}" for button in buttons if not button.data]
    told = replace(message, note=_joined(message.note, *pages))
    if not options:
        return Speech(parts(_whole(told)) or (CUT,))
    title = Message(title=message.title or first_words(_whole(message) or CUT, FORM_TITLE)[0])
    some = [options[at : at + TICKS] for at in range(0, len(options), TICKS)]
    submit = _Submit(CHOOSE, CHOOSE, choose)
    first, fits = _form(told, some[0], submit, room)
    rest = [_form(title, each, submit, room)[0] for each in some[1:]]
    return Speech(() if fits else parts(_whole(told)), (first, *rest))


@dataclass(frozen=True, slots=True)
class _Submit:
    """What a form asks, and the key and the word of its button."""

    asks: str
    key: str
    word: str


def _form(message: Message, options: Sequence[tuple[str, str]], submit: _Submit, room: Room) -> tuple[JSON, bool]:
    """A vote card, and whether all the text had room in it. Its title is short: a longer one is told below in full."""
    full = _whole(message)
    title, text = first_words(full or CUT, FORM_TITLE)
    if message.title:
        title = message.title
        text = full if len(title) > FORM_TITLE else _whole(replace(message, title=""))
    heading = {"title": shorten(title, FORM_TITLE)}
    if text and len(text) <= room.body:
        heading["desc"] = text
    shown = labels([text for _, text in options], room.tick)
    ticks = [
        {"id": option, "text": text, "is_checked": False} for (option, _), text in zip(options, shown, strict=True)
    ]
    box = {"question_key": submit.asks, "mode": 1 if submit.asks == SEVERAL else 0, "option_list": ticks}
    card: JSON = {
        "card_type": "vote_interaction",
        "main_title": heading,
        "checkbox": box,
        "submit_button": {"text": shorten(submit.word.strip() or CUT, BUTTON), "key": submit.key},
    }
    return card, len(text) <= room.body


# ---- their pieces


def _cleaned(message: Message) -> Message:
    return replace(
        message,
        lead=cleaned(message.lead).strip(),
        title=cleaned(message.title).strip(),
        body=cleaned(message.body).strip(),
        options=tuple(map(cleaned, message.options)),
        rows=tuple((cleaned(label).strip(), cleaned(value).strip()) for label, value in message.rows),
        note=cleaned(message.note).strip(),
        stamp=cleaned(message.stamp).strip(),
        buttons=tuple(tuple(replace(b, text=cleaned(b.text)) for b in row) for row in message.buttons),
    )


def _usable(message: Message, room: Room) -> tuple[list[Button], list[str]]:
    """The buttons WeCom can show, each once; and in words the pages it can't. Pages of other platforms are left out."""
    found: dict[tuple[str, str], Button] = {}
    pages = []
    for button in chain.from_iterable(message.buttons):
        if button.url.startswith(("http://", "https://")):
            if not room.pages:
                pages.append(f"{button.text} {button.url}")
            elif len(button.url) <= URL and cleaned(button.url) == button.url:
                found.setdefault(("", button.url), replace(button, data=""))
            else:
                pages.append(f"{button.text} {CUT}")
        elif not button.url and cleaned(button.data) == button.data and 1 <= len(button.data.encode()) <= TICK_ID:
            found.setdefault((button.data, ""), button)
    return list(found.values()), pages


def _lines(message: Message, room: Room) -> tuple[list[JSON], list[str]]:
    """Options and rows as a card's list where they have room there, else as lines of text."""
    rows = [*((chr(ord("A") + i), text) for i, text in enumerate(message.options)), *message.rows]
    fits = len(rows) <= LINES and all(
        1 <= len(label) <= LABEL and len(value.strip()) <= room.value for label, value in rows
    )
    if fits:
        return [{"keyname": label, "value": value.strip() or CUT} for label, value in rows], []
    return [], [f"{label} {value}".strip() for label, value in rows]


def _button(button: Button, text: str) -> JSON:
    return {"type": 1, "text": text, "url": button.url} if button.url else {"text": text, "key": button.data}


def _joined(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


assert TICK_ID <= BUTTON_KEY  # noqa: S101 -- what can be an option's id can be a button's key
