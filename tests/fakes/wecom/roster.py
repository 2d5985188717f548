"""The methods that read contacts and the app itself, within the app's range (§6.1, §6.2)."""

from tests.fakes.wecom.agents import Agent
from tests.fakes.wecom.calls import Call
from tests.fakes.wecom.contacts import Person
from tests.fakes.wecom.refusals import JSON, Refused
from tests.fakes.wecom.world import World

MOST_IDS = 1000
LARGEST_PAGE = 10_000


def get_user(world: World, call: Call) -> JSON:
    """Without mobile, mail, avatar: apps of today do not get them [path/90196]."""
    _refuse_assistant(call)
    person = world.directory.people.get(call.query.get("userid", "").lower())
    if person is None:
        raise Refused(60111)
    if call.by.scope.find(world.directory, person.key) is None:
        raise Refused(60011)
    return _details(person)


def list_users(world: World, call: Call) -> JSON:
    return {"userlist": [_details(one) for one in _in_department(world, call)]}


def list_users_simply(world: World, call: Call) -> JSON:
    return {"userlist": [_briefly(one) for one in _in_department(world, call)]}


def list_departments(world: World, call: Call) -> JSON:
    _refuse_assistant(call)
    return {"department": [_department(world, each) for each in _departments(world, call)]}


def list_departments_simply(world: World, call: Call) -> JSON:
    keys = ("id", "parentid", "order")
    return {
        "department_id": [{key: _department(world, each)[key] for key in keys} for each in _departments(world, call)]
    }


def get_department(world: World, call: Call) -> JSON:
    _refuse_assistant(call)
    number = _number(call, "id")
    _check_department(world, call.by, number)
    return {"department": _department(world, number)}


def list_ids(world: World, call: Call) -> JSON:
    """Only for the contacts-sync assistant [path/96067]; the cursor is a place in the list."""
    if not call.by.is_contacts:
        raise Refused(48002)
    pairs = [
        {"userid": one.userid, "department": department}
        for one in world.directory.people.values()
        for department in one.departments
    ]
    limit = call.body.get("limit", LARGEST_PAGE)
    if not isinstance(limit, int) or not 1 <= limit <= LARGEST_PAGE:
        raise Refused(40058, "limit")
    cursor = call.body.get("cursor") or "0"
    if not isinstance(cursor, str) or not cursor.isdigit():
        raise Refused(40058, "cursor")
    start = int(cursor)
    end = start + limit
    return {"next_cursor": str(end) if end < len(pairs) else "", "dept_user": pairs[start:end]}


def to_userids(world: World, call: Call) -> JSON:
    """The plain userid of somebody a smart bot knows by another [path/101521]."""
    given = call.body.get("open_userid_list")
    if not isinstance(given, list) or not 0 < len(given) <= MOST_IDS or set(map(type, given)) != {str}:
        raise Refused(40058, "open_userid_list")
    known = {open_userid(one): one.userid for one in world.directory.people.values()}
    return {
        "userid_list": [{"open_userid": each, "userid": known[each]} for each in given if each in known],
        "invalid_open_userid_list": [each for each in given if each not in known],
    }


def open_userid(person: Person) -> str:
    """What a bot whose maker is no super administrator hears instead of the userid (§7)."""
    return f"wo{person.key.encode().hex()}"


def get_agent(world: World, call: Call) -> JSON:
    """The app and its range [path/90227]."""
    agent = call.by
    if agent.is_contacts:  # it is no app, and its token is for ids (§1, §6.2)
        raise Refused(48002)
    users = [one.userid for each in sorted(agent.scope.users) if (one := world.directory.find(each))]
    if call.query.get("agentid") != str(agent.number):
        raise Refused(301002)
    return {
        "agentid": agent.number,
        "name": agent.name,
        "allow_userinfos": {"user": [{"userid": each} for each in users]},
        "allow_partys": {"partyid": sorted(agent.scope.parties)},
        "allow_tags": {"tagid": sorted(agent.scope.tags)},
        "close": int(agent.disabled),
        "redirect_domain": "",
        "report_location_flag": 0,
        "isreportenter": int(agent.reports_entering),
        "home_url": "",
    }


def _refuse_assistant(call: Call) -> None:
    """Since 2022-08-15 the contacts-sync secret is told ids only (§6.2)."""
    if call.by.is_contacts:
        raise Refused(48009)


def _in_department(world: World, call: Call) -> list[Person]:
    """Not of the departments below (§6.2)."""
    _refuse_assistant(call)
    number = _number(call, "department_id")
    _check_department(world, call.by, number)
    seen = call.by.scope.people(world.directory)
    return [one for one in seen.values() if number in one.departments]


def _departments(world: World, call: Call) -> list[int]:
    """All in range, or one and all below it."""
    seen = call.by.scope.departments(world.directory)
    if "id" not in call.query:
        return seen
    number = _number(call, "id")
    _check_department(world, call.by, number)
    return [each for each in world.directory.below(number) if each in seen]


def _check_department(world: World, agent: Agent, number: int) -> None:
    if number not in world.directory.departments:
        raise Refused(60003, "no such department")
    if number not in agent.scope.departments(world.directory):
        raise Refused(60011)


def _number(call: Call, name: str) -> int:
    given = call.query.get(name, "")
    if not given.isdigit():
        raise Refused(40058, name)
    return int(given)


def _briefly(person: Person) -> JSON:
    return {"userid": person.userid, "name": person.name, "department": person.departments}


def _details(person: Person) -> JSON:
    return _briefly(person) | {
        "order": [0] * len(person.departments),
        "position": person.position,
        "is_leader_in_dept": [0] * len(person.departments),
        "direct_leader": [],
        "main_department": person.departments[0],
        "alias": "",
        "telephone": "",
        "extattr": {"attrs": []},
        "status": person.status,
    }


def _department(world: World, number: int) -> JSON:
    found = world.directory.departments[number]
    return {
        "id": found.id,
        "name": found.name,
        "name_en": "",
        "department_leader": [],
        "parentid": found.parent,
        "order": 100_000_000 - found.id,
    }
