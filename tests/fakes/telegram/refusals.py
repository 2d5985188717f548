"""How Telegram says no: a status, a sentence, and sometimes a parameter (§2.5)."""

from typing import Any

JSON = dict[str, Any]

UNAUTHORIZED = (401, "Unauthorized")
TOO_LARGE = (413, "Request Entity Too Large")
NO_SUCH_METHOD = (404, "Not Found: method not found")
BLOCKED = (403, "Forbidden: bot was blocked by the user")
DEACTIVATED = (403, "Forbidden: user is deactivated")
GROUP_DELETED = (403, "Forbidden: the group chat was deleted")
MIGRATED = (400, "Bad Request: group chat was upgraded to a supergroup chat")
NEVER_STARTED = (403, "Forbidden: bot can't initiate conversation with a user")
OTHER_POLLER = (
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
)
WEBHOOK_CAME = (409, "Conflict: terminated by setWebhook request")
WEBHOOK_IS_SET = (
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class Refused(Exception):
    """What the bot asked for was not done."""

    def __init__(self, status: int, description: str, parameters: JSON | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def json(self) -> JSON:
        body: JSON = {"ok": False, "error_code": self.status, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


def too_many_requests(seconds: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def bad_request(why: str) -> Refused:
    return Refused(400, f"Bad Request: {why}")
