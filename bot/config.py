"""The program's settings: from the environment, `.env` and files of secrets. Says everything that is wrong at once."""

import difflib
import hmac
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Self, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.addresses import TELEGRAM, WECOM, WECOM_BOT, database_complaint, split, webhook_complaint
from bot.shapes import SHAPES, complaint_of, fits

PREFIX = "CHENLIAN_"
TEST_KEYS = ("CHENLIAN_TEST_", "CHENLIAN_CHROMIUM")  # read by the tests, harmless to the program


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend. Never holds a secret."""

    key: str
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.key} {self.message} {self.mend}"


class Misconfigured(Exception):
    """The settings can't be used; `problems` names each reason and how to mend it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def shipped() -> Path:
    """The content that comes with the program: beside the packages, or inside an installed one."""
    here = Path(__file__).resolve().parent
    packaged = here / "content" / "shipped"
    return packaged if packaged.is_dir() else here.parent / "content"


class Settings(BaseModel):
    """What an operator may set. `Settings.load()` reads it; the tests build it directly."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    database_url: SecretStr = Field(
        default=SecretStr("sqlite:///var/chenlian.db"),
        description="Write sqlite:///PATH, or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    public_url: str = Field(
        default="", description="Write the address people reach this program at, such as https://drill.example.com."
    )
    secret_key: SecretStr | None = Field(
        default=None, min_length=32, description="Write at least 32 random characters; `chenlian init` makes some."
    )
    timezone: str = Field(default="Asia/Shanghai", description="Write a time zone such as Asia/Shanghai.")
    host: str = Field(
        default="127.0.0.1", description="Write the address to listen on; 0.0.0.0 listens to the whole network."
    )
    port: int = Field(default=8000, ge=1, le=65535, description="Write a number from 1 to 65535.")
    language: Literal["zh-CN", "en"] = Field(
        default="zh-CN", description="Write zh-CN or en: the language for people whose own is not known."
    )
    content_dir: Path = Field(default_factory=shipped, description="Write the folder that holds the question bank.")
    var_dir: Path = Field(default=Path("var"), description="Write the folder where the program may keep files.")
    telegram_token: SecretStr | None = Field(
        default=None, description="Write the token @BotFather gave you, such as 123456:ABC-DEF…."
    )
    telegram_api_url: str = Field(
        default=TELEGRAM,
        description="Write the address of Telegram's Bot API, or of your own server.",
    )
    telegram_mode: Literal["polling", "webhook"] = Field(default="polling", description="Write polling or webhook.")
    telegram_webhook_secret: SecretStr | None = Field(
        default=None, description="Write 1 to 256 letters, digits, _ or -; Telegram sends it with every update."
    )
    wecom_corp_id: str = Field(default="", description="Write the 企业ID, which the console shows under 我的企业.")
    wecom_agent_id: int | None = Field(default=None, ge=1, description="Write the AgentId from the app's own page.")
    wecom_secret: SecretStr | None = Field(default=None, description="Write the Secret from the app's own page.")
    wecom_callback_token: SecretStr | None = Field(
        default=None, description="Write the Token from the app's 接收消息, 设置API接收."
    )
    wecom_callback_aes_key: SecretStr | None = Field(
        default=None, description="Write the EncodingAESKey from the app's 接收消息, 设置API接收."
    )
    wecom_contacts_token: SecretStr | None = Field(
        default=None, description="Write the Token from 管理工具, 通讯录同步, 设置接收事件服务器."
    )
    wecom_contacts_aes_key: SecretStr | None = Field(
        default=None, description="Write the EncodingAESKey from 管理工具, 通讯录同步, 设置接收事件服务器."
    )
    wecom_api_url: str = Field(default=WECOM, description="Write the address of WeCom's API, or of your own server.")
    wecom_bot_id: str = Field(default="", description="Write the Bot ID, which the smart bot's page shows in API mode.")
    wecom_bot_secret: SecretStr | None = Field(default=None, description="Write the Secret from the bot's page.")
    wecom_bot_url: str = Field(default=WECOM_BOT, description="Write the wss:// address smart bots connect to.")

    @classmethod
    def load(cls, env: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Self:
        """Read the environment (`env` stands in for it), over `env_file`. Raises Misconfigured with all problems."""
        values = _read_env_file(env_file)
        values.update({k: v for k, v in (os.environ if env is None else env).items() if v})
        problems = list(_unknown(values))
        given, unread = _gather(values)
        problems += unread
        try:
            settings = cls(**given)
        except ValidationError as error:
            problems += _translate(error)
        else:
            problems += settings.problems()
            if not problems:
                return settings
        raise Misconfigured(problems)

    def problems(self) -> list[Problem]:
        """What is only half set up."""
        return [*_half_a_telegram(self), *_half_a_wecom(self)]

    @field_validator("database_url")
    @classmethod
    def _a_database_we_know(cls, value: SecretStr) -> SecretStr:
        if complaint := database_complaint(value.get_secret_value()):
            raise PydanticCustomError("database", complaint)
        return value

    @field_validator("public_url", "telegram_api_url", "wecom_api_url", "wecom_bot_url")
    @classmethod
    def _a_web_address(cls, value: str, info: ValidationInfo) -> str:
        parts, secure = split(value), "wss" if info.field_name == "wecom_bot_url" else "https"
        if value and not (parts and parts.scheme in {secure[:-1], secure} and parts.hostname):
            raise PydanticCustomError("address", "is not a web address.")
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _a_known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise PydanticCustomError("zone", "is not a time zone this machine knows.") from None
        return value

    @field_validator(*SHAPES)
    @classmethod
    def _shaped_like_a_secret(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        name = info.field_name or ""
        if value and not fits(name, value.get_secret_value()):
            raise PydanticCustomError("secret", cast("Any", complaint_of(name)))
        return value

    @property
    def sqlalchemy_url(self) -> str:
        """The database's address with the driver named, password and all: never print it."""
        address = self.database_url.get_secret_value()
        return re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql+psycopg://", address)

    @property
    def base_url(self) -> str:
        """Where people reach the program."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def secret(self) -> str:
        """The secret key, or nothing."""
        return self.secret_key.get_secret_value() if self.secret_key else ""

    @property
    def webhook_secret(self) -> SecretStr | None:
        """What Telegram has to bring with every call: as set, or made from the secret key."""
        if self.telegram_webhook_secret or not self.secret_key:
            return self.telegram_webhook_secret
        key = self.secret_key.get_secret_value().encode()
        return SecretStr(hmac.new(key, b"telegram-webhook", sha256).hexdigest())

    def secrets(self) -> tuple[SecretStr, ...]:
        """Every secret that is set, so that the log can hide them."""
        values = (*(getattr(self, name) for name in secret_fields()), self.webhook_secret)
        return tuple(value for value in values if isinstance(value, SecretStr))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def key_of(field: str) -> str:
    """The name a setting has in the environment."""
    return PREFIX + field.upper()


def secret_fields() -> frozenset[str]:
    """The settings that may also come from a file, by NAME_FILE."""
    return frozenset(name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation))


def _read_env_file(path: Path | None) -> dict[str, str]:
    if path is None or not path.is_file():
        return {}
    return {key: value for key, value in dotenv_values(path, interpolate=False).items() if value}


def _unknown(values: Mapping[str, str]) -> Iterator[Problem]:
    known = {key_of(field) for field in Settings.model_fields} | {key_of(name) + "_FILE" for name in secret_fields()}
    for key in sorted(values):
        if not key.startswith(PREFIX) or key in known or key.startswith(TEST_KEYS):
            continue
        wanted, names = key.removeprefix(PREFIX), [name.removeprefix(PREFIX) for name in known]
        bare = wanted.removesuffix("_FILE")  # only secrets come from files
        near = [bare] if bare in names else difflib.get_close_matches(wanted, names, n=1)
        mend = f"Did you mean {PREFIX}{near[0]}?" if near else "Take it out; .env.example lists every setting."
        yield Problem(key=key, message="is not a setting.", mend=mend)


def _gather(values: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """The value of every setting that was given, secrets read from their files, and what could not be read."""
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in Settings.model_fields:
        key = key_of(name)
        path = values.get(key + "_FILE") if name in secret_fields() else None
        if key in values:
            given[name] = values[key]
        if path and key in values:
            message = f"is set beside {key}, and only one of them can be right."
            problems.append(Problem(key=key + "_FILE", message=message, mend="Take one of them out."))
        elif path:
            try:
                given[name] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                message = f"names {path}, which can't be read."
                problems.append(Problem(key=key + "_FILE", message=message, mend="Check the path and its permissions."))
    if "port" not in given and values.get("PORT"):
        given["port"] = values["PORT"]
    return given, problems


def _translate(error: ValidationError) -> Iterator[Problem]:
    """Pydantic's complaints as sentences, without what was given: it may be a secret."""
    for each in error.errors(include_input=False, include_url=False):
        name = str(each["loc"][0])
        ours = each["type"] in {"database", "address", "zone", "secret"}
        message = each["msg"] if ours else "can't be used as it is."
        mend = cast("str", Settings.model_fields[name].description)
        yield Problem(key=key_of(name), message=message, mend=mend)


def _half_a_telegram(settings: Settings) -> Iterator[Problem]:
    given = sorted(name for name in settings.model_fields_set if name.startswith("telegram_"))
    token = key_of("telegram_token")
    if not settings.telegram_token:
        if given:
            others = ", ".join(key_of(name) for name in given)
            yield Problem(
                key=token,
                message=f"is missing, though {others} is set.",
                mend="Write the token @BotFather gave you, or take the other out to run without Telegram.",
            )
        return
    if settings.telegram_mode == "webhook":
        yield from _half_a_webhook(settings)


def _half_a_webhook(settings: Settings) -> Iterator[Problem]:
    or_poll = f"or set {key_of('telegram_mode')} to polling, which needs no public address."
    if complaint := webhook_complaint(settings.public_url, settings.telegram_api_url):
        mend = f"Write an address such as https://drill.example.com, {or_poll}"
        yield Problem(key=key_of("public_url"), message=complaint, mend=mend)
    if settings.webhook_secret is None:
        yield Problem(
            key=key_of("telegram_webhook_secret"),
            message="is missing, and there is no CHENLIAN_SECRET_KEY to make one from.",
            mend="Write 32 or more random letters and digits, or run chenlian init, which does.",
        )


def _half_a_wecom(settings: Settings) -> Iterator[Problem]:
    """The app, the smart bot and the door for contacts, each whole or not there, the last only beside the app. The
    API's address alone serves the groups' webhooks."""
    app = ("wecom_corp_id", "wecom_agent_id", "wecom_secret", "wecom_callback_token", "wecom_callback_aes_key")
    contacts = ("wecom_contacts_token", "wecom_contacts_aes_key")
    whole = (*app, *contacts) if any(getattr(settings, name) for name in contacts) else app
    for needed, also in ((whole, ()), (("wecom_bot_id", "wecom_bot_secret"), ("wecom_bot_url",))):
        given = [name for name in (*needed, *also) if name in settings.model_fields_set and getattr(settings, name)]
        for name in needed if given else ():
            if name not in given:
                others, mend = ", ".join(map(key_of, given)), cast("str", Settings.model_fields[name].description)
                mend = f"{mend} Or take the others out to run without it."
                yield Problem(key=key_of(name), message=f"is missing, though {others} is set.", mend=mend)
