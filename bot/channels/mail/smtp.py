"""Letters handed to a mail server by SMTP, and what its answers mean."""

import asyncio
from email.message import EmailMessage
from typing import TYPE_CHECKING

from bot.channels.mail.server import MailServer
from bot.conversation.port import DeliveryError, TryLater, Undeliverable, Unreachable

if TYPE_CHECKING:
    from aiosmtplib import SMTP, SMTPResponseException

ONE_TRY_SECONDS = 15.0
AT_ONCE = 4
"""Mail servers turn away who comes by many lines at once."""
_FOR_GOOD = 500
_POLICY = "5.7."
"""The enhanced status (RFC 3463) of what the server won't do for us, whoever it is for."""


class Smtp:
    """A Carrier. `sender` is the address that answers for the letters."""

    def __init__(self, server: MailServer, sender: str, seconds: float = ONE_TRY_SECONDS) -> None:
        self._server = server
        self._sender = sender
        self._seconds = seconds
        self._lines = asyncio.Semaphore(AT_ONCE)

    async def carry(self, letter: EmailMessage) -> None:
        """Hand it in; returns when the server has taken it. Raises TryLater, Unreachable, Undeliverable."""
        # Imported for the first letter: most processes send none.
        from aiosmtplib import SMTPException

        try:
            async with self._lines, asyncio.timeout(2 * self._seconds), self._line() as line:
                await line.send_message(letter, sender=self._sender)
        except (SMTPException, TimeoutError, OSError) as fault:
            # The cause is dropped: its text may hold the address.
            raise meaning_of(fault) from None

    async def probe(self) -> None:
        """Go as far as a letter would, and hand none in. Raises SMTPException, TimeoutError, OSError."""
        async with self._line() as line:
            await line.noop()

    def _line(self) -> "SMTP":
        from aiosmtplib import SMTP

        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.tls,
            start_tls=False if server.tls else True if server.needs_tls else None,
            local_hostname=self._sender.rpartition("@")[2],
            timeout=self._seconds,
        )


def meaning_of(fault: Exception) -> DeliveryError:
    """What a fault says of the letter.

    A refused recipient is a dead address, unless the server only won't relay for us. A refused sender or
    password is an operator's to mend, and the letter waits. A refused letter is a fault of ours. A
    recipient who is put off says nothing of the others.
    """
    from aiosmtplib import (
        SMTPAuthenticationError,
        SMTPDataError,
        SMTPRecipientRefused,
        SMTPRecipientsRefused,
        SMTPResponseException,
    )

    match fault:
        case SMTPRecipientsRefused(recipients=[first, *_]):
            return meaning_of(first)
        case SMTPAuthenticationError():
            return TryLater("password refused")
        case SMTPRecipientRefused(code=code) if code >= _FOR_GOOD:
            return Undeliverable(_said(fault)) if _is_policy(fault) else Unreachable(_said(fault))
        case SMTPRecipientRefused():
            return TryLater(_said(fault), of_person=True)
        case SMTPDataError(code=code) if code >= _FOR_GOOD:
            return Undeliverable(_said(fault))
        case SMTPResponseException():
            return TryLater(_said(fault))
        case _:
            return TryLater(type(fault).__name__)


def _is_policy(fault: "SMTPResponseException") -> bool:
    return fault.message.startswith(_POLICY)


def _said(fault: "SMTPResponseException") -> str:
    """The code alone: the words of a server repeat the address."""
    return str(fault.code)
