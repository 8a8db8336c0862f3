"""The sending side: a screen made into a letter, its paper put in, handed to whoever carries it."""

from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from typing import Protocol

from bot.channels.mail.letter import Attached, Letters
from bot.conversation.outbox import MAIL
from bot.conversation.port import Undeliverable
from bot.conversation.reply import Letter, Outgoing

Paper = Callable[[Letter], Awaitable[bytes | None]]
"""The PDF that a letter names. Raises StorageError."""


class Carrier(Protocol):
    """Who carries a letter away."""

    async def carry(self, letter: EmailMessage) -> None:
        """Hand it over; returns when it is taken. Raises TryLater, Unreachable, Undeliverable."""


async def no_paper(_: Letter) -> bytes | None:
    """Where no papers are printed."""
    return None


class MailSender:
    """Sender for the channel "email"."""

    channel = MAIL

    def __init__(self, letters: Letters, carrier: Carrier, paper: Paper = no_paper) -> None:
        self._letters = letters
        self._carrier = carrier
        self._paper = paper

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        """Send a letter to the address `chat`; its Message-ID. Raises as Sender says."""
        letter = self._letters.made(chat, outgoing, dedup_key, await self._attached(outgoing))
        await self._carrier.carry(letter)
        return str(letter["Message-ID"])

    async def _attached(self, outgoing: Outgoing) -> Attached | None:
        about = outgoing.letter
        if about is None or about.referral is None:
            return None
        content = await self._paper(about)
        return None if content is None else Attached(f"referral-{about.referral}.pdf", content)


class NoMail:
    """A service that was told of no mail server: nobody is reached this way, and no address is at fault."""

    channel = MAIL

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        """Raises Undeliverable."""
        raise Undeliverable("no mail server")
