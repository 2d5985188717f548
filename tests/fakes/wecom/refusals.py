"""How WeCom says no: HTTP 200, an errcode, and a sentence nobody may rely on (wecom.md §1, §11)."""

from typing import Any

JSON = dict[str, Any]

SAID = {
    -1: "system busy",
    40001: "invalid credential",
    40007: "invalid media_id",
    40008: "invalid message type",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40029: "invalid code",
    40031: "invalid userid list",
    40032: "invalid userid list size",
    40033: "invalid characters in the request: \\uxxxx",
    40058: "invalid request parameter",
    40145: "media_id expired",
    41001: "access_token missing",
    41002: "corpid missing",
    41004: "corpsecret missing",
    42001: "access_token expired",
    42014: "invalid task_id",
    42052: "msgid expired",
    43012: "callback url not set",
    44004: "empty content",
    45002: "content size out of limit",
    45009: "api freq out of limit",
    48002: "api forbidden",
    50003: "app disabled",
    60020: "not allow to access from your ip",
    60111: "userid not found",
    60140: "invalid response_code",
    81013: "user & party & tag all invalid",
    82001: "empty touser, toparty and totag",
    93000: "invalid webhook url",
    301002: "not allow operate another agent with this accesstoken",
    846604: "req_id expired",
    846605: "invalid req_id",
    846606: "already replied",
    846607: "freq out of limit, or no message in this chat",
    846609: "not subscribed",
    853000: "invalid bot_id or secret",
}
"""The words of a few codes; they are not stable [path/90313], so the others say their number only."""


class Refused(Exception):
    """What was asked for was not done; `why` is for the reader of a failed test."""

    def __init__(self, errcode: int, why: str = "") -> None:
        said = SAID.get(errcode, "refused")
        super().__init__(f"{said} ({why})" if why else said)
        self.errcode = errcode


def answer(refused: Refused, hint: int, ip: str) -> JSON:
    """The body of a refusal as [path/90313] shows it."""
    return {
        "errcode": refused.errcode,
        "errmsg": f"{refused}, hint: [{hint:025d}], from ip: {ip}, "
        f"more info at https://open.work.weixin.qq.com/devtool/query?e={refused.errcode}",
    }
