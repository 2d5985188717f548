"""Access tokens: their life, and who may have one (§1, [path/91039])."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tests.fakes.wecom.agents import Agent
from tests.fakes.wecom.refusals import Refused

LIFE = 7200
WRONG_SECRETS = 10  # in a row, then the address is banned for an hour; the true number is UNVERIFIED
BAN = 3600.0


@dataclass
class Token:
    value: str
    agent: Agent
    expires: float
    revoked: bool = False


class Tokens:
    """Every call to gettoken gives a new one; the old ones live on. Whether the same comes back is not to be relied
    on (§1)."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}
        self._wrong: defaultdict[str, int] = defaultdict(int)
        self._banned: dict[str, float] = {}

    def issue(self, agents: Iterable[Agent], secret: str, ip: str, now: float) -> Token:
        if now < self._banned.get(ip, 0):
            raise Refused(45009, "the address is banned for an hour")
        agent = next((one for one in agents if one.secret == secret and not one.disabled), None)
        if agent is None:
            self._wrong[ip] += 1
            if self._wrong[ip] >= WRONG_SECRETS:
                self._wrong[ip], self._banned[ip] = 0, now + BAN
            raise Refused(40001)
        self._wrong[ip] = 0
        value = f"token-{len(self._tokens) + 1}-{agent.number}-" + "x" * 200  # up to 512 bytes: storage must allow it
        self._tokens[value] = Token(value, agent, now + LIFE)
        return self._tokens[value]

    def agent(self, value: str | None, now: float) -> Agent:
        """Whose token it is."""
        if not value:
            raise Refused(41001)
        token = self._tokens.get(value)
        if token is None or token.revoked:
            raise Refused(40014)
        if now >= token.expires:
            raise Refused(42001)
        if token.agent.disabled:
            raise Refused(50003)
        return token.agent

    def revoke(self) -> None:
        """All there are: WeCom may end them earlier at will."""
        for token in self._tokens.values():
            token.revoked = True
