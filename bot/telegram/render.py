"""A message as Telegram's HTML with buttons under it."""

import html

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.channel import Limits
from bot.chat.message import Button, Message
from bot.telegram.fit import LIMITS, fit
from bot.telegram.layout import Piece, pieces


def render(message: Message, limits: Limits = LIMITS) -> tuple[str, InlineKeyboardMarkup | None]:
    """The HTML text and the keyboard, within the limits."""
    fitted = fit(message, limits)
    rows = [[_button(button) for button in row] for row in fitted.buttons if row]
    return "\n".join(map(_markup, pieces(fitted))), InlineKeyboardMarkup(rows) if rows else None


def _markup(piece: Piece) -> str:
    """The one place where text becomes markup."""
    safe = html.escape(piece.text, quote=False)
    return f"<{piece.tag}>{safe}</{piece.tag}>" if piece.tag else safe


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.text, url=button.url)
    return InlineKeyboardButton(button.text, callback_data=button.data)
