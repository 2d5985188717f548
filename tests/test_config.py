from pathlib import Path

import pytest

from bot.config import Misconfigured, Problem, Settings

TOKEN = "123456:AAF-made-up-token_0123456789abcdefghi"
SECRET = "s3cr3t-in-the-address"


def load(**env: str) -> Settings:
    return Settings.load({f"CHENLIAN_{name}": value for name, value in env.items()}, env_file=None)


def problems(**env: str) -> list[Problem]:
    with pytest.raises(Misconfigured) as caught:
        load(**env)
    return caught.value.problems


def test_nothing_set_is_enough() -> None:
    settings = load()
    assert settings.sqlalchemy_url == "sqlite:///var/chenlian.db"
    assert (settings.host, settings.port, settings.timezone) == ("127.0.0.1", 8000, "Asia/Shanghai")
    assert str(settings.zone) == "Asia/Shanghai"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.content_dir.name == "content"
    assert settings.problems() == []


def test_an_empty_value_counts_as_not_set() -> None:
    assert load(PORT="", TELEGRAM_TOKEN="").telegram_token is None


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("CHENLIAN_PORT=1\nCHENLIAN_HOST=0.0.0.0\nSOMETHING_ELSE=$x\n")
    settings = Settings.load({"CHENLIAN_PORT": "2"}, env_file=env_file)
    assert (settings.host, settings.port) == ("0.0.0.0", 2)  # noqa: S104 -- only read, nothing listens
    assert Settings.load({}, env_file=tmp_path / "none").port == 8000


def test_the_real_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENLIAN_PORT", "8123")
    assert Settings.load(env_file=None).port == 8123


def test_a_platform_may_say_the_port() -> None:
    assert Settings.load({"PORT": "5000"}, env_file=None).port == 5000
    assert Settings.load({"PORT": "5000", "CHENLIAN_PORT": "6000"}, env_file=None).port == 6000


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_names_one_driver(scheme: str) -> None:
    settings = load(DATABASE_URL=f"{scheme}://me:{SECRET}@db:5432/drill?sslmode=require")
    assert settings.sqlalchemy_url == f"postgresql+psycopg://me:{SECRET}@db:5432/drill?sslmode=require"
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (f"mysql://me:{SECRET}@db/drill", "neither SQLite nor PostgreSQL"),
        (f"postgresql://me:{SECRET}@db", "names no database"),
        (f"postgresql://me:{SECRET}@db/", "names no database"),
        (f"postgresql://me:{SECRET}@db:many/drill", "can't be read as an address"),
        (f"postgresql://me:[{SECRET}@db/drill", "can't be read as an address"),
        ("sqlite://var/chenlian.db", "three slashes"),
        ("sqlite:///", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("var/chenlian.db", "neither SQLite nor PostgreSQL"),
    ],
)
def test_a_wrong_database_address_is_explained_without_its_password(address: str, says: str) -> None:
    [problem] = problems(DATABASE_URL=address)
    assert problem.key == "CHENLIAN_DATABASE_URL"
    assert says in problem.message
    assert "sqlite:///PATH" in problem.mend
    assert SECRET not in str(problem)


def test_secrets_come_from_files_too(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    settings = load(TELEGRAM_TOKEN_FILE=str(file))
    assert settings.telegram_token
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert TOKEN not in repr(settings)


def test_a_file_of_secrets_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    [problem] = problems(SECRET_KEY_FILE=str(tmp_path / "gone"))
    assert problem.key == "CHENLIAN_SECRET_KEY_FILE"
    assert "can't be read" in problem.message


def test_a_secret_given_twice_is_told(tmp_path: Path) -> None:
    [problem] = problems(TELEGRAM_TOKEN=TOKEN, TELEGRAM_TOKEN_FILE=str(tmp_path / "token"))
    assert problem.key == "CHENLIAN_TELEGRAM_TOKEN_FILE"
    assert "only one of them" in problem.message


def test_an_unknown_setting_gets_a_guess() -> None:
    [problem] = problems(DATABSE_URL="sqlite:///x.db")
    assert problem.mend == "Did you mean CHENLIAN_DATABASE_URL?"
    [problem] = problems(QQ="1")
    assert problem.mend == "Take it out; .env.example lists every setting."
    [problem] = problems(PORT_FILE="x")
    assert problem.mend == "Did you mean CHENLIAN_PORT?"


def test_a_smart_bot_is_set_up_wholly_or_not_at_all() -> None:
    bot = {"WECOM_BOT_ID": "aib1", "WECOM_BOT_SECRET": "a-secret"}
    assert load(**bot).wecom_bot_url == "wss://openws.work.weixin.qq.com"
    assert load(**bot, WECOM_BOT_URL="ws://127.0.0.1:9/").wecom_bot_url == "ws://127.0.0.1:9"
    for name, value in bot.items():
        [problem] = problems(**{name: value})
        assert problem.key in {f"CHENLIAN_{other}" for other in bot} - {f"CHENLIAN_{name}"}
        assert "a-secret" not in str(problem)
    assert len(problems(WECOM_BOT_URL="wss://bot.bank.example")) == 2
    [problem] = problems(**bot, WECOM_BOT_URL="https://bot.bank.example")
    assert problem.key == "CHENLIAN_WECOM_BOT_URL"


WECOM = {
    "WECOM_CORP_ID": "ww1",
    "WECOM_AGENT_ID": "1000002",
    "WECOM_SECRET": "a-secret",
    "WECOM_CALLBACK_TOKEN": "QDG6eK",
    "WECOM_CALLBACK_AES_KEY": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
}


def test_wecom_is_set_up_wholly_or_not_at_all() -> None:
    assert load(**WECOM).wecom_agent_id == 1_000_002
    assert load(**WECOM, WECOM_API_URL="http://127.0.0.1:9/").wecom_api_url == "http://127.0.0.1:9"
    for name in WECOM:
        [problem] = problems(**{key: value for key, value in WECOM.items() if key != name})
        assert problem.key == f"CHENLIAN_{name}"
        assert "is missing, though CHENLIAN_WECOM_" in problem.message
    assert load(WECOM_API_URL="https://wecom.bank.example").wecom_corp_id == "", "it serves the webhooks of groups"
    assert len(problems(WECOM_CORP_ID="ww1")) == 4


def test_the_door_for_wecoms_contacts_is_whole_and_beside_the_app() -> None:
    contacts = {"WECOM_CONTACTS_TOKEN": "QDG6eK", "WECOM_CONTACTS_AES_KEY": WECOM["WECOM_CALLBACK_AES_KEY"]}
    both = load(**WECOM, **contacts)
    assert {both.wecom_contacts_token, both.wecom_contacts_aes_key} <= set(both.secrets())
    for name in contacts:
        [problem] = problems(**WECOM, **{key: value for key, value in contacts.items() if key != name})
        assert problem.key == f"CHENLIAN_{name}"
        assert "通讯录同步" in problem.mend
    assert {problem.key for problem in problems(**contacts)} == {f"CHENLIAN_{name}" for name in WECOM}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WECOM_CONTACTS_TOKEN", "with-a-dash"),
        ("WECOM_CONTACTS_AES_KEY", "a" * 42),
        ("WECOM_AGENT_ID", "zero"),
        ("WECOM_AGENT_ID", "0"),
        ("WECOM_CALLBACK_TOKEN", "with-a-dash"),
        ("WECOM_CALLBACK_TOKEN", "a" * 33),
        ("WECOM_CALLBACK_AES_KEY", "a" * 42),
        ("WECOM_CALLBACK_AES_KEY", "+" * 43),
        ("WECOM_API_URL", "qyapi"),
    ],
)
def test_what_can_be_no_key_of_wecoms_is_told_and_not_repeated(name: str, value: str) -> None:
    [problem] = problems(**WECOM | {name: value})
    assert problem.key == f"CHENLIAN_{name}"
    assert value not in str(problem) or len(value) < 10


def test_the_keys_of_the_tests_and_of_others_do_not_matter() -> None:
    Settings.load({"CHENLIAN_TEST_REQUIRE": "browser", "CHENLIAN_CHROMIUM": "x", "HOME": "/"}, env_file=None)


def test_a_whole_telegram_is_taken() -> None:
    assert load(TELEGRAM_TOKEN=TOKEN).telegram_mode == "polling"
    settings = load(
        TELEGRAM_TOKEN=TOKEN,
        TELEGRAM_MODE="polling",
        TELEGRAM_WEBHOOK_SECRET="abc_1",
        PUBLIC_URL="https://drill.example.com/",
        TELEGRAM_API_URL="http://127.0.0.1:9000/",
    )
    assert settings.base_url == "https://drill.example.com"
    assert settings.telegram_api_url == "http://127.0.0.1:9000"


def test_half_a_telegram_is_refused_by_name() -> None:
    [problem] = problems(TELEGRAM_MODE="webhook")
    assert problem.key == "CHENLIAN_TELEGRAM_TOKEN"
    assert "CHENLIAN_TELEGRAM_MODE" in problem.message


def webhook(**more: str) -> dict[str, str]:
    return {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_MODE": "webhook", "SECRET_KEY": "k" * 32} | more


def test_a_webhook_needs_an_address_and_a_secret() -> None:
    address, secret = problems(TELEGRAM_TOKEN=TOKEN, TELEGRAM_MODE="webhook")
    assert address.key == "CHENLIAN_PUBLIC_URL"
    assert "polling" in address.mend
    assert secret.key == "CHENLIAN_TELEGRAM_WEBHOOK_SECRET"
    assert "chenlian init" in secret.mend


@pytest.mark.parametrize(
    ("address", "said"), [("http://drill.example.com", "not https"), ("https://drill.example.com:8444", "8444")]
)
def test_telegram_calls_only_https_on_its_ports(address: str, said: str) -> None:
    [problem] = problems(**webhook(PUBLIC_URL=address))
    assert problem.key == "CHENLIAN_PUBLIC_URL"
    assert said in problem.message


@pytest.mark.parametrize("address", ["https://drill.example.com", "https://drill.example.com:8443"])
def test_the_secret_of_the_webhook_is_made_from_the_key_and_hidden(address: str) -> None:
    settings = load(**webhook(PUBLIC_URL=address))
    assert settings.webhook_secret is not None
    assert len(settings.webhook_secret.get_secret_value()) == 64
    assert settings.webhook_secret in settings.secrets()
    other = load(**webhook(PUBLIC_URL=address, SECRET_KEY="j" * 32))
    assert other.webhook_secret != settings.webhook_secret


def test_ones_own_server_may_call_in_plain_http() -> None:
    settings = load(
        **webhook(PUBLIC_URL="http://10.0.0.2:9000", TELEGRAM_API_URL="http://10.0.0.1", TELEGRAM_WEBHOOK_SECRET="s-1")
    )
    assert settings.webhook_secret is not None
    assert settings.webhook_secret.get_secret_value() == "s-1"


def test_every_problem_is_told_at_once_and_none_repeats_a_secret() -> None:
    found = problems(
        PORT="many",
        TIMEZONE="Asia/Shangri-La",
        PUBLIC_URL="drill.example.com",
        SECRET_KEY="short",
        TELEGRAM_TOKEN="not a token",
        TELEGRAM_MODE="pigeon",
        TELEGRAM_WEBHOOK_SECRET="spaces in it",
        LANGUAGE="Chinese",
        HOSST="x",
    )
    assert sorted(problem.key.removeprefix("CHENLIAN_") for problem in found) == [
        "HOSST",
        "LANGUAGE",
        "PORT",
        "PUBLIC_URL",
        "SECRET_KEY",
        "TELEGRAM_MODE",
        "TELEGRAM_TOKEN",
        "TELEGRAM_WEBHOOK_SECRET",
        "TIMEZONE",
    ]
    told = str(Misconfigured(found))
    assert "CHENLIAN_PORT can't be used as it is. Write a number from 1 to 65535." in told.splitlines()
    assert not any(secret in told for secret in ("short", "not a token", "spaces in it"))
