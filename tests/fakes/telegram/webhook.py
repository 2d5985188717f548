"""The methods by which a bot says where it wants to be called (§2.8)."""

import re
from urllib.parse import urlsplit

from tests.fakes.telegram.delivery import Hook
from tests.fakes.telegram.refusals import JSON, WEBHOOK_CAME, bad_request
from tests.fakes.telegram.world import World

PORTS = frozenset({80, 88, 443, 8443})
USUAL_CONNECTIONS, MOST_CONNECTIONS = 40, 100


def set_webhook(world: World, params: JSON) -> bool:
    """Deliver updates there from now on. Where no road leads to the address, they wait."""
    url = str(params.get("url") or "")
    if not url:
        return delete_webhook(world, params)
    _check_url(url, local=world.local)
    secret = str(params.get("secret_token") or "")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    world.remember_allowed(params)
    if params.get("drop_pending_updates") is True:
        world.updates.forget_all()
    world.webhook = {"url": url, "secret_token": secret}
    world.updates.interrupt(WEBHOOK_CAME)
    connections = min(max(int(params.get("max_connections") or USUAL_CONNECTIONS), 1), MOST_CONNECTIONS)
    world.delivery.point(Hook(url, secret, connections))
    return True


def delete_webhook(world: World, params: JSON) -> bool:
    world.webhook = {}
    world.delivery.point(None)
    if params.get("drop_pending_updates") is True:
        world.updates.forget_all()
    return True


def get_webhook_info(world: World, _params: JSON) -> JSON:
    info: JSON = {
        "url": world.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.waiting()),
    }
    if hook := world.delivery.hook:
        info["max_connections"] = hook.connections
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    if world.webhook and (trouble := world.delivery.trouble):
        info |= {"last_error_message": trouble.said, "last_error_date": world.epoch + int(trouble.at)}
    return info


def _check_url(url: str, *, local: bool) -> None:
    parts = urlsplit(url)
    if local and parts.scheme == "http":
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS and not local:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
