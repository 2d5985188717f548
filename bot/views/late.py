"""What was to be done in an evening and was not, told upwards."""

from datetime import date

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.text import day_name


def overdue(words: Words, *, unit: str, unit_id: int, n: int, since: date) -> Message:
    """Evenings of a branch that nobody did."""
    look = Button(words("overdue.look"), f"tn:{unit_id}")
    body = words("overdue.body", unit=unit, n=n, day=day_name(words, since))
    return Message(body=body, buttons=((look,),))
