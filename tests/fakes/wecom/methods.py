"""What WeCom can be asked over HTTP: the path after /cgi-bin/, the verb, and who may ask."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from tests.fakes.wecom import logins, menus, roster, sending, updating, uploads, webhook
from tests.fakes.wecom.calls import Call
from tests.fakes.wecom.refusals import JSON, Refused
from tests.fakes.wecom.tokens import LIFE
from tests.fakes.wecom.world import World


@dataclass(frozen=True, slots=True)
class Method:
    """`open`: without a token, from any address. `metered`: counts against the API's own limit."""

    verb: str
    act: Callable[[World, Call], JSON | web.Response]
    open: bool = False
    metered: bool = True


def get_token(world: World, call: Call) -> JSON:
    corp_id, secret = call.query.get("corpid"), call.query.get("corpsecret")
    if not corp_id:
        raise Refused(41002)
    if not secret:
        raise Refused(41004)
    if corp_id != world.corp_id:
        raise Refused(40013)
    token = world.tokens.issue(world.agents.values(), secret, call.ip, world.now())
    return {"access_token": token.value, "expires_in": LIFE}


METHODS = {
    "gettoken": Method("GET", get_token, open=True),
    "message/send": Method("POST", sending.send, metered=False),
    "message/update_template_card": Method("POST", updating.update),
    "message/recall": Method("POST", sending.recall),
    "media/upload": Method("POST", uploads.upload),
    "media/get": Method("GET", uploads.get),
    "user/get": Method("GET", roster.get_user),
    "user/list": Method("GET", roster.list_users),
    "user/simplelist": Method("GET", roster.list_users_simply),
    "user/list_id": Method("POST", roster.list_ids),
    "department/list": Method("GET", roster.list_departments),
    "department/simplelist": Method("GET", roster.list_departments_simply),
    "department/get": Method("GET", roster.get_department),
    "batch/openuserid_to_userid": Method("POST", roster.to_userids),
    "agent/get": Method("GET", roster.get_agent),
    "auth/getuserinfo": Method("GET", logins.get_user_info, metered=False),
    "menu/create": Method("POST", menus.create),
    "menu/get": Method("GET", menus.get),
    "menu/delete": Method("GET", menus.delete),
    "webhook/send": Method("POST", webhook.send, open=True, metered=False),
    "webhook/upload_media": Method("POST", webhook.upload, open=True, metered=False),
}
