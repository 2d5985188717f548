"""message/send and message/recall: to whom, what, how much (§4.1, §4.5, [path/90236], [path/94867])."""

import json

from tests.fakes.wecom import cards, kinds
from tests.fakes.wecom.agents import Agent
from tests.fakes.wecom.calls import Call
from tests.fakes.wecom.contacts import Person
from tests.fakes.wecom.limits import Meter
from tests.fakes.wecom.phones import CARD, Shown
from tests.fakes.wecom.refusals import JSON, Refused
from tests.fakes.wecom.world import Sent, World

MOST_USERS, MOST_PARTIES, MOST_TAGS = 1000, 100, 100
CONFIDENTIAL = frozenset({"text", "image", "video", "file"})
USUAL_INTERVAL, LONGEST_INTERVAL = 1800, 4 * 3600
RECALL_LIFE = 86_400.0
_ENVELOPE = {"touser", "toparty", "totag", "msgtype", "agentid", "safe", "enable_id_trans"} | {
    "enable_duplicate_check",
    "duplicate_check_interval",
}


def send(world: World, call: Call) -> JSON:
    agent, body = check_agent(call), call.body
    to, invalid = _recipients(world, agent, body)
    kind, content, clipped = _content(world, agent, body)
    if strangers := body.keys() - _ENVELOPE - {kind}:
        raise Refused(40058, f"nothing WeCom knows: {', '.join(sorted(strangers))}")
    if known := _duplicate(world, agent, body):
        for person in to.values():
            world.chat(agent, person).drop(kind, content, "duplicate")
        return invalid | {"msgid": known}
    task_id = content.get("task_id", "")
    if task_id and task_id in agent.task_ids:
        raise Refused(42014, f"task_id {task_id!r} was used before")
    if not agent.quota.take(len(to), world.now()):
        raise Refused(45009, "the day's person-sends are used up")
    sent = Sent(f"msg-{world.number():06d}", agent, kind, world.now(), task_id)
    world.sent[sent.msgid] = sent
    agent.task_ids.add(task_id)
    _remember(world, agent, body, sent.msgid)
    unlicensed = [key for key, person in to.items() if not _deliver(world, sent, person, content, clipped)]
    answer = invalid | {"msgid": sent.msgid}
    if unlicensed:
        answer["unlicenseduser"] = "|".join(unlicensed)
    if kind == CARD and cards.is_answered(content):
        answer["response_code"] = world.new_code(sent)
    return answer


def recall(world: World, call: Call) -> JSON:
    sent = world.sent.get(str(call.body.get("msgid")))
    if sent is None or sent.agent is not call.by:
        raise Refused(40058, "msgid")
    if world.now() >= sent.at + RECALL_LIFE:
        raise Refused(42052)
    for key, shown in sent.shown.items():
        shown.recalled = True
        world.chat(sent.agent, world.directory.people[key]).bell.ring()
    return {}


def check_agent(call: Call) -> Agent:
    """The agentid must be the token's own. One that came as a string is taken with a warning (§1)."""
    if call.by.is_contacts:
        raise Refused(48002)
    given = call.body.get("agentid")
    if given is None:
        raise Refused(41011, "agentid missing")
    if isinstance(given, str) and given.isdigit():
        call.warned, given = True, int(given)
    if given != call.by.number:
        raise Refused(301002)
    return call.by


def _recipients(world: World, agent: Agent, body: JSON) -> tuple[dict[str, Person], JSON]:
    """Who is reached, and who is not, in small letters (§4.1)."""
    users, parties, tags = (_split(body, name) for name in ("touser", "toparty", "totag"))
    if not users + parties + tags:
        raise Refused(82001)
    for given, most, code in (
        (users, MOST_USERS, 40032),
        (parties, MOST_PARTIES, 82002),
        (tags, MOST_TAGS, 82003),
    ):
        if len(given) > most:
            raise Refused(code, f"{len(given)} of them")
    if users == ["@all"]:
        return agent.scope.people(world.directory), {}
    found: dict[str, Person] = {}
    invalid: JSON = {}
    for given, name in ((users, "invaliduser"), (parties, "invalidparty"), (tags, "invalidtag")):
        missed = []
        for each in given:
            reached = {key: one for key in named(world, name, each) if (one := agent.scope.find(world.directory, key))}
            found |= reached
            if not reached:
                missed.append(each.lower())
        if missed:
            invalid[name] = "|".join(missed)
    if not found:
        raise Refused(81013)
    return found, invalid


def named(world: World, kind: str, each: str) -> list[str]:
    """The members a user, party or tag stands for."""
    if kind == "invaliduser":
        return [each.lower()]
    if not each.isdigit():
        return []
    if kind == "invalidparty":
        return [one.key for one in world.directory.members(int(each))]
    return sorted(world.directory.tags.get(int(each), ()))


def _split(body: JSON, name: str) -> list[str]:
    given = body.get(name, "")
    if not isinstance(given, str):
        raise Refused(40058, f"{name} is no string")
    return [each for each in given.split("|") if each]


def _content(world: World, agent: Agent, body: JSON) -> tuple[str, JSON, list[str]]:
    if body.get("safe", 0):
        if body.get("msgtype") == "news":
            raise Refused(40074)
        if body.get("msgtype") not in CONFIDENTIAL or body["safe"] != 1:
            raise Refused(40058, "safe")
    if body.get("msgtype") == CARD:
        card, clipped = cards.read_card(body.get(CARD), cards.APP)
        if cards.is_answered(card) and agent.profile is None:
            raise Refused(43012)
        for line in card.get("horizontal_content_list", []):
            if line.get("media_id"):
                world.media.find(line["media_id"], world.now())
        return CARD, card, clipped
    kind, content, clipped = kinds.read_content(kinds.APP, body)
    if "media_id" in content and world.media.find(content["media_id"], world.now()).kind != kind:
        raise Refused(40007, f"it is no {kind}")
    return kind, content, clipped


# ---- duplicates (§4.1)


def _canonical(agent: Agent, body: JSON) -> str:
    return f"{agent.number} {json.dumps(body, sort_keys=True)}"


def _duplicate(world: World, agent: Agent, body: JSON) -> str | None:
    """The msgid of the same request, where it was to be looked for and is not too old."""
    if not body.get("enable_duplicate_check"):
        return None
    interval = body.get("duplicate_check_interval", USUAL_INTERVAL)
    if not isinstance(interval, int) or not 0 < interval <= LONGEST_INTERVAL:
        raise Refused(40058, "duplicate_check_interval")
    at, msgid = world.recent.get(_canonical(agent, body), (-float("inf"), ""))
    return msgid if world.now() < at + interval else None


def _remember(world: World, agent: Agent, body: JSON, msgid: str) -> None:
    if body.get("enable_duplicate_check"):
        world.recent[_canonical(agent, body)] = (world.now(), msgid)


# ---- delivery


def _deliver(world: World, sent: Sent, person: Person, content: JSON, clipped: list[str]) -> bool:
    """Show it to one person, or drop it without a word; False where they have no licence."""
    chat = world.chat(sent.agent, person)
    if not person.licensed:
        chat.drop(sent.kind, content, "unlicensed")
        return False
    meter = sent.agent.meters.setdefault(person.key, Meter(world.limits.member_minute, world.limits.member_hour))
    if not meter.take(world.now()):
        chat.drop(sent.kind, content, "limit")
        return True
    shown = Shown(sent.msgid, sent.kind, content, sent.at, list(clipped), sent.task_id)
    sent.shown[person.key] = shown
    chat.show(shown)
    return True
