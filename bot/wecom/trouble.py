"""What WeCom refused, in our words: whether to try again, when, and whether the person is gone ([path/90313])."""

from bot.chat.channel import SendError
from bot.edge.fault import KeysRefused, place

MINUTE, HOUR = 60.0, 3600.0
STALE = frozenset({40014, 42001, 40001})
"""Our token is no longer taken: one refresh, one more try."""
WRONG_KEYS = frozenset({40001, 40013, 40091, 41002, 41004})
"""What gettoken says to a wrong secret or corpid. Saying it often has our address banned."""
BUSY = frozenset({-1, 6000, 45033, 45035})
"""Over in a moment."""
RATE = frozenset({45009, 45036})
"""Too much in a minute, an hour or a day."""
CLOSED = frozenset({40001, 40013, 40014, 40056, 40091, 41001, 41002, 41004, 42001}) | frozenset(
    {43012, 48001, 48002, 48006, 48010, 50003, 60020, 60031, 301002, 301007, 846601, 846609, 853000}
)
"""Somebody has to set something right in the console, or (846609) the bot's connection has to be taken up anew; nothing
shall be lost until then."""
NOBODY = frozenset({40003, 40031, 46004, 60011, 60021, 60111, 81013, 82001})
"""Nobody we may write to."""
CARD_GONE = frozenset({40058, 42015, 42016, 60140, 82101, 82102})
"""The card can't be changed (any more); what it should say is said anew."""
SAME_TASK = 42014
"""A task_id that was used before."""
EXPIRED_MEDIA = 40145


class WeComTrouble(Exception):
    """A call came to nothing."""


class Refused(WeComTrouble):
    """WeCom said no. Its sentences are not stable and may quote an address, so only the number is kept."""

    def __init__(self, errcode: int) -> None:
        super().__init__(f"errcode {errcode}")
        self.errcode = errcode


class Unreachable(WeComTrouble):
    """No answer, or one that is not WeCom's; the words are ours, because a library's may hold the token."""


class SecretRefused(WeComTrouble, KeysRefused):
    """WeCom does not take our secret."""

    def __init__(self, errcode: int) -> None:
        super().__init__(
            f"WeCom refused the app's secret (errcode {errcode}). Check CHENLIAN_WECOM_CORP_ID, CHENLIAN_WECOM_SECRET "
            "and, if it is set, CHENLIAN_WECOM_API_URL; the secret is shown in the app's page of the admin console."
        )


def send_error(error: Exception) -> SendError:
    """Why a letter did not go out."""
    match error:
        case SendError():
            return error
        case Refused():
            return _refused(error.errcode)
        case Unreachable():
            return SendError(str(error), permanent=False)
        case SecretRefused():  # somebody will mend it, and nothing shall be lost until then
            return SendError("WeCom does not take our secret", permanent=False, retry_after=MINUTE)
        case _:
            return SendError(f"a mistake of ours: {place(error)}", permanent=True)


def _refused(errcode: int) -> SendError:
    reason = f"WeCom's errcode {errcode}"
    if errcode in RATE or errcode in CLOSED:
        return SendError(reason, permanent=False, retry_after=MINUTE)
    if errcode in BUSY:
        return SendError(reason, permanent=False)
    return SendError(reason, permanent=True, gone=errcode in NOBODY)


def unreached(*, licensed: bool) -> SendError:
    """WeCom took the message and names this person as one it could not bring it to."""
    reason = "nobody in the app's visible range" if licensed else "no WeCom licence for the app's messages"
    return SendError(reason, permanent=True, gone=True)
