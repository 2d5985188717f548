"""The apps of the corp, and the contacts-sync assistant, which is one too: secret, range, callback, menu."""

from dataclasses import dataclass, field

from tests.fakes.wecom.contacts import Scope
from tests.fakes.wecom.crypt import Seal
from tests.fakes.wecom.limits import Meter, Quota
from tests.fakes.wecom.refusals import JSON

CONTACTS = 0
"""The contacts-sync assistant in the place of an agentid."""


@dataclass(frozen=True)
class Profile:
    """Where an app's events go, and how they are sealed; given in the console as URL, Token and EncodingAESKey."""

    url: str
    seal: Seal


@dataclass
class Agent:
    number: int
    name: str
    secret: str
    scope: Scope = field(default_factory=Scope)
    profile: Profile | None = None
    menu: JSON | None = None
    reports_entering: bool = True
    disabled: bool = False
    quota: Quota = field(default_factory=lambda: Quota(0))
    meters: dict[str, Meter] = field(default_factory=dict)
    task_ids: set[str] = field(default_factory=set)

    @property
    def is_contacts(self) -> bool:
        return self.number == CONTACTS
