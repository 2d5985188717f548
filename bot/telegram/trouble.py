"""What Telegram refused, in our words: whether to try again, when, and whether the person is gone."""

import datetime as dt

from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.chat.channel import SendError
from bot.edge.fault import KeysRefused, place
from bot.logs import redact

TOKEN_PAUSE = 60.0
_NOBODY_THERE = (
    "chat not found",
    "peer_id_invalid",
    "input_user_deactivated",
    "chat_write_forbidden",
    "not enough rights to send",
    "have no rights to send",
)
"""What Telegram says in a 400 where we can no longer write. (A 403 always means that.)"""


class ChannelRefused(KeysRefused):
    """Telegram does not take our token: nothing helps but another one."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram refused the token. Check CHENLIAN_TELEGRAM_TOKEN (@BotFather shows it) and, if it is set, "
            "CHENLIAN_TELEGRAM_API_URL."
        )


def send_error(error: Exception) -> SendError:
    """Why a letter did not go out. BadRequest is a NetworkError to python-telegram-bot, hence the order."""
    reason = redact(f"{type(error).__name__}: {error}")
    match error:
        case RetryAfter():
            return SendError(reason, permanent=False, retry_after=seconds_of(error))
        case InvalidToken():  # somebody will mend the token, and nothing shall be lost until then
            return SendError(reason, permanent=False, retry_after=TOKEN_PAUSE)
        case Forbidden() | BadRequest():
            nobody = isinstance(error, Forbidden) or any(words in said(error) for words in _NOBODY_THERE)
            return SendError(reason, permanent=True, gone=nobody)
        case NetworkError():
            return SendError(reason, permanent=False)
        case TelegramError():
            return SendError(reason, permanent=True)
        case _:
            return SendError(f"a mistake of ours: {place(error)}", permanent=True)


def said(error: TelegramError) -> str:
    """Telegram's sentence in small letters: python-telegram-bot writes its first one large."""
    return error.message.lower()


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait; a number or a timedelta, as PTB_TIMEDELTA says."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, dt.timedelta) else float(after)
