"""The settings: environment variables with the prefix KEZEK_, and `.env` beside the service."""

from enum import Enum
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.settings_checks import (
    at_least_one,
    complete_together,
    database_address,
    files_address,
    http_address,
    keyring,
    mail_sender,
    mail_server,
    starts_with,
    telegram_token,
    webhook_secret,
)
from bot.wrong_settings import PREFIX, WrongSettings, lines_of

Address = Annotated[str, AfterValidator(http_address)]
DatabaseAddress = Annotated[SecretStr, AfterValidator(database_address)]
RedisAddress = Annotated[SecretStr, AfterValidator(starts_with("redis://", "rediss://", "unix://"))]
FilesAddress = Annotated[SecretStr, AfterValidator(files_address)]
MailAddress = Annotated[SecretStr, AfterValidator(mail_server)]
MailSender = Annotated[str, AfterValidator(mail_sender)]
Secrets = Annotated[SecretStr, AfterValidator(keyring)]
TelegramToken = Annotated[SecretStr, AfterValidator(telegram_token)]
WebhookSecret = Annotated[SecretStr, AfterValidator(webhook_secret)]


class Role(str, Enum):
    """What a process does; by default one process does everything."""

    WEB = "web"
    CONVERSATION = "conversation"
    DELIVERY = "delivery"
    SCHEDULER = "scheduler"


class TelegramMode(str, Enum):
    """How messages come from Telegram: we ask for them, or they are sent to us."""

    POLLING = "polling"
    WEBHOOK = "webhook"


class LogLevel(str, Enum):
    """From which weight on something is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Settings(BaseSettings):
    """Every variable of the service; the README's table tells what each is for.

    Secrets are SecretStr: they never show in a log or a traceback by accident.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    data_dir: Path = Path("data")
    database_url: DatabaseAddress | None = None
    redis_url: RedisAddress | None = None
    secret_key: Secrets | None = None
    files_url: FilesAddress | None = None

    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    public_url: Address | None = None

    telegram_token: TelegramToken | None = None
    telegram_api_url: Address = "https://api.telegram.org"
    telegram_mode: TelegramMode = TelegramMode.POLLING
    telegram_webhook_secret: WebhookSecret | None = None
    telegram_per_second: int = Field(default=30, ge=0, le=1000)
    telegram_chat_per_second: float = Field(default=1, ge=0.5)
    telegram_chat_burst: int = Field(default=10, ge=1, le=10)

    whatsapp_token: SecretStr | None = None
    whatsapp_phone_id: str | None = None
    whatsapp_app_secret: SecretStr | None = None
    whatsapp_verify_token: SecretStr | None = None
    whatsapp_api_url: Address = "https://graph.facebook.com"

    sms_url: Address | None = None
    sms_token: SecretStr | None = None
    smtp_url: MailAddress | None = None
    mail_from: MailSender | None = None
    register_url: Address | None = None

    roles: Annotated[frozenset[Role], NoDecode, AfterValidator(at_least_one)] = frozenset(Role)
    log_level: LogLevel = LogLevel.INFO

    @field_validator("roles", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        if isinstance(value, str):
            return [role.strip().lower() for role in value.split(",") if role.strip()]
        return value

    @field_validator("log_level", "telegram_mode", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        complete_together(self)
        return self

    @property
    def database(self) -> str:
        """The database's address; without one, a file in the data folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.data_dir / 'kezek.db'}"

    @property
    def files(self) -> str:
        """Where uploaded files are kept; without an address, a folder in the data folder."""
        if self.files_url is not None:
            return self.files_url.get_secret_value()
        return (self.data_dir / "files").absolute().as_uri()

    @property
    def public(self) -> str:
        """The address people reach the service at, without a slash at its end."""
        return (self.public_url or f"http://localhost:{self.http_port}").rstrip("/")


def load_settings(**overrides: object) -> Settings:
    """The settings of this process; `overrides` count before the environment. Raises WrongSettings."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # each is checked by the model
    except ValidationError as error:
        raise WrongSettings(lines_of(error)) from None


def settings_to_serve() -> Settings:
    """The settings of a service that holds real data: it needs its secret. Raises WrongSettings."""
    settings = load_settings()
    if settings.secret_key is None:
        raise WrongSettings((f"{PREFIX}SECRET_KEY: is missing; everything personal is encrypted with it",))
    return settings
