"""Settings come from the environment; what is wrong is told in one plain line each."""

import os
from pathlib import Path

import pytest

from bot.settings import LogLevel, Role, load_settings, settings_to_serve
from bot.wrong_settings import WrongSettings
from storage.file_place import place_of


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder, and nothing of ours in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("KEZEK_"):
            monkeypatch.delenv(name)


def test_without_anything_the_data_lies_in_one_folder() -> None:
    settings = load_settings()

    assert settings.database == "sqlite+aiosqlite:///data/kezek.db"
    assert settings.files == f"file://{Path('data/files').absolute()}"
    assert settings.public == "http://localhost:8080"
    assert settings.roles == frozenset(Role)


def test_a_data_folder_of_any_name_is_one_for_files_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEZEK_DATA_DIR", "/var/lib/100% our data")

    assert place_of(load_settings().files) == Path("/var/lib/100% our data/files")


def test_dot_env_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("KEZEK_HTTP_PORT=9000\nKEZEK_LOG_LEVEL=WARNING\nUNRELATED=1\n")

    settings = load_settings()

    assert (settings.http_port, settings.log_level) == (9000, LogLevel.WARNING)


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEZEK_TELEGRAM_TOKEN", "")

    assert load_settings().telegram_token is None


def test_roles_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEZEK_ROLES", "web, Delivery")

    assert load_settings().roles == frozenset({Role.WEB, Role.DELIVERY})


def test_a_slash_at_the_end_of_an_address_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEZEK_PUBLIC_URL", "https://kezek.example/")

    assert load_settings().public == "https://kezek.example"


def test_a_secret_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEZEK_SECRET_KEY", "a secret of many letters")
    monkeypatch.setenv("KEZEK_DATABASE_URL", "postgresql+asyncpg://kezek:hush@db/kezek")

    shown = repr(load_settings())

    assert [word for word in ("many letters", "hush") if word in shown] == []


@pytest.mark.parametrize(
    ("variable", "value", "line"),
    [
        (
            "HTTP_PORT",
            "http",
            "KEZEK_HTTP_PORT: input should be a valid integer, unable to parse string as an integer",
        ),
        ("HTTP_PORT", "70000", "KEZEK_HTTP_PORT: input should be less than or equal to 65535"),
        (
            "DATABASE_URL",
            "mysql://root:hush@db/kezek",
            "KEZEK_DATABASE_URL: must be sqlite+aiosqlite:///FILE or postgresql+asyncpg://…",
        ),
        (
            "DATABASE_URL",
            "sqlite+aiosqlite://",
            "KEZEK_DATABASE_URL: must be sqlite+aiosqlite:///FILE or postgresql+asyncpg://…",
        ),
        ("REDIS_URL", "localhost", "KEZEK_REDIS_URL: must start with redis:// or rediss:// or unix://"),
        ("FILES_URL", "/files", "KEZEK_FILES_URL: must be file:///FOLDER or s3://BUCKET/PREFIX"),
        ("FILES_URL", "file://files", "KEZEK_FILES_URL: must be file:///FOLDER or s3://BUCKET/PREFIX"),
        ("FILES_URL", "s3:///files", "KEZEK_FILES_URL: must be file:///FOLDER or s3://BUCKET/PREFIX"),
        (
            "PUBLIC_URL",
            "kezek.example",
            "KEZEK_PUBLIC_URL: must be an address that starts with http:// or https://",
        ),
        (
            "REGISTER_URL",
            "http://[::1",
            "KEZEK_REGISTER_URL: must be an address that starts with http:// or https://",
        ),
        (
            "TELEGRAM_TOKEN",
            "hush",
            "KEZEK_TELEGRAM_TOKEN: must look like 123456:ABC-…, as BotFather gives it",
        ),
        (
            "TELEGRAM_WEBHOOK_SECRET",
            "two words",
            "KEZEK_TELEGRAM_WEBHOOK_SECRET: must be 1 to 256 characters of A-Z, a-z, 0-9, _ and -",
        ),
        ("TELEGRAM_MODE", "push", "KEZEK_TELEGRAM_MODE: input should be 'polling' or 'webhook'"),
        (
            "ROLES",
            "web,cook",
            "KEZEK_ROLES: input should be 'web', 'conversation', 'delivery' or 'scheduler'",
        ),
        ("ROLES", ",", "KEZEK_ROLES: names none"),
        ("SECRET_KEY", "a:hush", "KEZEK_SECRET_KEY: needs at least 16 characters; "
         "python -c 'import secrets; print(secrets.token_urlsafe(32))' makes a good one"),
        ("SMTP_URL", "mail.example.kz",
         "KEZEK_SMTP_URL: must be smtp://HOST or smtps://USER:PASSWORD@HOST:PORT"),
        ("MAIL_FROM", "Kezek", "KEZEK_MAIL_FROM: must be like kezek@example.kz or Kezek <kezek@example.kz>"),
        ("MAIL_FROM", "K\nBcc: <a@b.kz>", "KEZEK_MAIL_FROM: must be on one line"),
        ("SMTP_URL", "smtp://mail",
         "KEZEK_MAIL_FROM: is missing; KEZEK_SMTP_URL is set and mail needs a sender"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_one_line_that_names_the_variable_and_not_the_value(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, line: str
) -> None:
    monkeypatch.setenv(f"KEZEK_{variable}", value)

    with pytest.raises(WrongSettings) as wrong:
        load_settings()

    assert wrong.value.lines == (line,)


def test_every_wrong_setting_has_its_own_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEZEK_HTTP_PORT", "-1")
    monkeypatch.setenv("KEZEK_LOG_LEVEL", "loud")

    with pytest.raises(WrongSettings) as wrong:
        load_settings()

    assert wrong.value.lines == (
        "KEZEK_HTTP_PORT: input should be greater than or equal to 0",
        "KEZEK_LOG_LEVEL: input should be 'debug', 'info', 'warning' or 'error'",
    )


def test_a_webhook_needs_its_secret_and_an_address_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEZEK_TELEGRAM_TOKEN", "1:abc")
    monkeypatch.setenv("KEZEK_TELEGRAM_MODE", "webhook")

    with pytest.raises(WrongSettings) as wrong:
        load_settings()

    assert wrong.value.lines == (
        "KEZEK_TELEGRAM_WEBHOOK_SECRET: is missing; KEZEK_TELEGRAM_MODE=webhook needs it",
        "KEZEK_PUBLIC_URL: is missing; KEZEK_TELEGRAM_MODE=webhook needs it",
    )


def test_whatsapp_is_configured_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "PHONE_ID", "APP_SECRET"):
        monkeypatch.setenv(f"KEZEK_WHATSAPP_{name}", "something")

    with pytest.raises(WrongSettings) as wrong:
        load_settings()

    assert wrong.value.lines == (
        "KEZEK_WHATSAPP_VERIFY_TOKEN: is missing; KEZEK_WHATSAPP_TOKEN is set, WhatsApp needs all four",
    )


def test_a_service_with_real_data_needs_its_secret() -> None:
    with pytest.raises(WrongSettings) as wrong:
        settings_to_serve()

    assert wrong.value.lines == ("KEZEK_SECRET_KEY: is missing; everything personal is encrypted with it",)
