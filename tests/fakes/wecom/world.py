"""What WeCom remembers of one corp: apps, members, messages, response codes, media."""

import itertools
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from tests.fakes.wecom.agents import CONTACTS, Agent
from tests.fakes.wecom.callbacks import Callbacks, Delivery
from tests.fakes.wecom.contacts import ROOT, Department, Directory, Person
from tests.fakes.wecom.groups import Group
from tests.fakes.wecom.limits import Limits, Meter, Quota
from tests.fakes.wecom.media import Media
from tests.fakes.wecom.phones import Chat, Shown
from tests.fakes.wecom.refusals import JSON, Refused
from tests.fakes.wecom.tokens import Tokens

CODE_LIFE = 72 * 3600.0
TICKET_LIFE = 300.0
SYSTEM = "sys"


@dataclass
class Sent:
    """One message of an app's, however many people it went to; what each of them sees now, by lower-case userid."""

    msgid: str
    agent: Agent
    kind: str
    at: float
    task_id: str = ""
    shown: dict[str, Shown] = field(default_factory=dict)


@dataclass
class ResponseCode:
    """The right to one change of a message's card."""

    sent: Sent
    expires: float
    used: bool = False


@dataclass
class Ticket:
    """The code a person's browser brings back from OAuth (§6.3)."""

    person: Person
    expires: float
    used: bool = False


class World:
    """The state behind the methods; changes happen only here and in what it hands out."""

    def __init__(self, corp_id: str, now: Callable[[], float], limits: Limits) -> None:
        self.corp_id = corp_id
        self.now = now
        self.limits = limits
        self.directory = Directory(departments={ROOT: Department(ROOT, "总行", 0)})
        self.agents: dict[int, Agent] = {}
        self.tokens = Tokens()
        self.media = Media()
        self.callbacks = Callbacks(now)
        self.callbacks.apply = self._apply
        self.sent: dict[str, Sent] = {}
        self.codes: dict[str, ResponseCode] = {}
        self.tickets: dict[str, Ticket] = {}
        self.chats: dict[Hashable, Chat] = {}
        self.groups: dict[str, Group] = {}
        self.recent: dict[str, tuple[float, str]] = {}
        self.trusted: set[str] | None = None
        self._numbers = itertools.count(1)
        self._apis: dict[str, Meter] = {}

    # ---- who and where

    def add_agent(self, number: int, name: str, secret: str) -> Agent:
        most = self.limits.account_cap * self.limits.persons_per_account
        agent = self.agents[number] = Agent(number, name, secret, quota=Quota(most))
        return agent

    def chat(self, agent: Agent, person: Person) -> Chat:
        return self.chats.setdefault((agent.number, person.key), Chat())

    def number(self) -> int:
        return next(self._numbers)

    def meter_api(self, path: str) -> None:
        """Every API but sending has its own count [path/90312]."""
        meter = self._apis.setdefault(path, Meter(self.limits.api_minute, self.limits.api_hour))
        if not meter.take(self.now()):
            raise Refused(45009)

    # ---- response codes

    def new_code(self, sent: Sent) -> str:
        code = f"rc-{self.number():06d}-{sent.msgid}"
        self.codes[code] = ResponseCode(sent, self.now() + CODE_LIFE)
        return code

    def look_at_code(self, code: object, agent: Agent) -> Sent:
        """The message it opens, if it still does."""
        found = self.codes.get(str(code))
        if found is None or found.used or self.now() >= found.expires:
            raise Refused(60140)
        if found.sent.agent is not agent:
            raise Refused(42015)
        return found.sent

    def use_code(self, code: str) -> None:
        self.codes[code].used = True

    # ---- what the app is told

    def tell(self, agent: Agent, sender: str, fields: JSON) -> Delivery:
        """An app's callback, in the order of the documents: who, when, what, and the app last (§3.1)."""
        head: JSON = {"ToUserName": self.corp_id, "FromUserName": sender, "CreateTime": int(self.now())}
        foot: JSON = {} if agent.is_contacts else {"AgentID": agent.number}
        return self.callbacks.send(agent.profile, head | fields | foot)

    def tell_event(self, agent: Agent, sender: str, event: str, fields: JSON | None = None) -> Delivery:
        """Events have no MsgId (§3.1)."""
        return self.tell(agent, sender, {"MsgType": "event", "Event": event} | (fields or {}))

    def tell_contacts(self, change: str, fields: JSON) -> Delivery:
        """The contacts-sync assistant hears of changes; an ordinary app does not (§3.5)."""
        return self.tell_event(self.agents[CONTACTS], SYSTEM, "change_contact", {"ChangeType": change} | fields)

    def _apply(self, event: JSON, reply: JSON) -> None:
        """A passive reply is shown where WeCom takes one (§3.4)."""
        agent = self.agents.get(int(event.get("AgentID", CONTACTS)))
        person = self.directory.find(event["FromUserName"])
        if agent is None or person is None:
            return
        if reply.get("MsgType") == "text":
            content = str(reply.get("Content", "")).encode()[:2048].decode(errors="ignore")
            shown = Shown(f"passive-{self.number()}", "text", {"content": content}, self.now())
            self.chat(agent, person).show(shown)
        code = self.codes.get(event.get("ResponseCode", ""))
        if reply.get("MsgType") == "update_button" and code:
            code.sent.shown[person.key].grey = reply["Button"]["ReplaceName"]
            self.chat(agent, person).bell.ring()
