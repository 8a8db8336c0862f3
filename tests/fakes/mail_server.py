"""A mail server that takes letters, or answers as it is told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

TAKEN = "250 taken"


@dataclass
class FakeMailServer:
    """`to_recipient`, `to_sender` and `to_letter` are its answers; `silent`: it says nothing at all.

    `users` are those who may come in, with their passwords; none: everybody may.
    """

    to_sender: str = TAKEN
    to_recipient: str = TAKEN
    to_letter: str = TAKEN
    users: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_MAIL(  # noqa: N802  the names are aiosmtpd's
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.users and not session.authenticated:
            return "530 5.7.0 who are you"
        if self.to_sender == TAKEN:
            envelope.mail_from = address
            self.senders.append(address)
        return self.to_sender

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.to_recipient == TAKEN:
            envelope.rcpt_tos.append(address)
            self.recipients.append(address)
        return self.to_recipient

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = cast(bytes, envelope.content)
        self.letters.append(message_from_bytes(raw, policy=default))
        return self.to_letter

    def lets_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any
    ) -> AuthResult:
        """Whether somebody may come in."""
        right = self.users.get(data.login.decode()) == data.password.decode()
        return AuthResult(success=right, handled=False)

    def line(self) -> asyncio.Protocol:
        """One connection."""
        if self.silent:
            return asyncio.Protocol()
        return SMTP(self, hostname="mail.example", authenticator=self.lets_in, auth_require_tls=False)


@asynccontextmanager
async def serving(**how: Any) -> AsyncIterator[FakeMailServer]:
    """A mail server on a free port."""
    fake = FakeMailServer(**how)
    async with listening(fake):
        yield fake


@asynccontextmanager
async def listening(fake: FakeMailServer) -> AsyncIterator[None]:
    """This one on a free port."""
    server = await asyncio.get_running_loop().create_server(fake.line, "127.0.0.1", 0)
    async with server:
        fake.port = server.sockets[0].getsockname()[1]
        yield
