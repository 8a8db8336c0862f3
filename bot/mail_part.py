"""E-mail, put together from the settings: who carries letters, and what goes with them."""

import asyncio
from email.utils import parseaddr
from functools import partial

from bot.channels.mail.letter import Letters
from bot.channels.mail.links import LetterLinks
from bot.channels.mail.send import Carrier, MailSender, NoMail
from bot.channels.mail.server import MailServer
from bot.channels.mail.smtp import Smtp
from bot.conversation.port import Sender, TryLater
from bot.conversation.reply import Letter
from bot.papers.printing import on_paper
from bot.papers.referral_links import ReferralLinks
from bot.settings import Settings
from storage.database import Database
from storage.errors import StorageError
from storage.referral_papers import paper_of_number


def carrier_of(settings: Settings) -> Carrier | None:
    """The mail server that the settings name."""
    return None if settings.smtp_url is None else smtp_of(settings)


def smtp_of(settings: Settings) -> Smtp:
    """The same, where they name one."""
    assert settings.smtp_url is not None
    assert settings.mail_from is not None
    return Smtp(MailServer.at(settings.smtp_url.get_secret_value()), parseaddr(settings.mail_from)[1])


def mail_sender(settings: Settings, database: Database, secret_key: str, carrier: Carrier | None) -> Sender:
    """The sending side; without a carrier no letter goes out."""
    if carrier is None or settings.mail_from is None:
        return NoMail()
    letters = Letters(settings.mail_from, LetterLinks(secret_key, settings.public))
    return MailSender(letters, carrier, Papers(database, ReferralLinks(secret_key, settings.public)).of)


class Papers:
    """The referrals that go with letters."""

    def __init__(self, database: Database, links: ReferralLinks) -> None:
        self._database = database
        self._links = links

    async def of(self, letter: Letter) -> bytes | None:
        """The paper a letter names; None where the referral is over by now. Raises TryLater."""
        if letter.referral is None or letter.reader is None:
            return None
        reading = partial(paper_of_number, parent_id=letter.reader, number=letter.referral)
        try:
            found = await self._database.read(reading)
        except StorageError as fault:
            raise TryLater(type(fault).__name__) from None
        if found is None or found.end is not None:
            return None
        return await asyncio.to_thread(on_paper, found, self._links)
