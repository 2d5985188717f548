"""message/update_template_card: one response_code, one change, 72 hours (§4.4, [path/94888])."""

from tests.fakes.wecom import cards
from tests.fakes.wecom.calls import Call
from tests.fakes.wecom.refusals import JSON, Refused
from tests.fakes.wecom.sending import MOST_PARTIES, MOST_TAGS, MOST_USERS, check_agent, named
from tests.fakes.wecom.world import World

_ENVELOPE = {"userids", "partyids", "tagids", "atall", "agentid", "response_code", "button"} | {
    "enable_id_trans",
    "template_card",
}
_TARGETS = (
    ("userids", "invaliduser", MOST_USERS, str),
    ("partyids", "invalidparty", MOST_PARTIES, int),
    ("tagids", "invalidtag", MOST_TAGS, int),
)


def update(world: World, call: Call) -> JSON:
    """What is wrong with the body does not use the code up; a wrong target does not either."""
    agent, body = check_agent(call), call.body
    if strangers := body.keys() - _ENVELOPE:
        raise Refused(40058, f"nothing WeCom knows: {', '.join(sorted(strangers))}")
    grey, card, clipped = _change(body)
    wanted = _wanted(world, body)
    sent = world.look_at_code(body.get("response_code"), agent)
    if wanted is None:
        reached, invalid = list(sent.shown), []
    else:
        reached = [key for key in wanted if key in sent.shown]
        invalid = [key for key in wanted if key not in sent.shown]
        if not reached:
            raise Refused(82102, "none of them received it")
    for key in reached:
        shown = sent.shown[key]
        if card is not None:
            shown.change(card, clipped)
        elif shown.card.get("card_type") not in cards.ANSWERED:
            raise Refused(40058, "only a card with buttons can be greyed")
        else:
            shown.history.append(shown.body)
            shown.grey = grey
        world.chat(agent, world.directory.people[key]).bell.ring()
    world.use_code(body["response_code"])
    return {"invaliduser": invalid} if invalid else {}


def _change(body: JSON) -> tuple[str, JSON | None, list[str]]:
    """The grey text, or the new card."""
    if ("button" in body) == ("template_card" in body):
        raise Refused(40058, "either button or template_card")
    if "template_card" in body:
        card, clipped = cards.read_card(body["template_card"], cards.APP_UPDATE)
        return "", card, clipped
    grey = body["button"].get("replace_name") if isinstance(body["button"], dict) else None
    if not grey or not isinstance(grey, str):
        raise Refused(40058, "button.replace_name")
    return grey, None, []


def _wanted(world: World, body: JSON) -> list[str] | None:
    """The members to change it for, in small letters; None: all who received it."""
    if body.get("atall") == 1:
        return None
    found: dict[str, None] = {}
    for name, kind, most, type_ in _TARGETS:
        given = body.get(name, [])
        if not isinstance(given, list) or len(given) > most or not all(isinstance(each, type_) for each in given):
            raise Refused(40058, name)
        for each in given:
            found |= dict.fromkeys(named(world, kind, str(each)))
    if not found:
        raise Refused(82101)
    return list(found)
