"""What the secrets that platforms hand out look like."""

import re

SHAPES = {
    "telegram_token": (r"\d+:[\w-]+", "does not look like a bot's token."),
    "telegram_webhook_secret": (r"[A-Za-z0-9_-]{1,256}", "has characters Telegram does not take."),
    "wecom_callback_token": (r"[A-Za-z0-9]{1,32}", "is no Token of WeCom's: it has 1 to 32 letters and digits."),
    "wecom_callback_aes_key": (r"[A-Za-z0-9]{43}", "is no EncodingAESKey: it has 43 letters and digits."),
}
SHAPES |= {f"wecom_contacts_{name}": SHAPES[f"wecom_callback_{name}"] for name in ("token", "aes_key")}
"""By setting: what a secret looks like, and what is said of one that does not."""


def fits(field: str, value: str) -> bool:
    """Whether a secret has the shape that its platform gives it."""
    return re.fullmatch(SHAPES[field][0], value) is not None


def complaint_of(field: str) -> str:
    """What is said of a secret that does not have it."""
    return SHAPES[field][1]
