"""The house: the service on a real database, the people who come to it, and what happens meanwhile."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.channels.mail.letter import Letters
from bot.channels.mail.links import LetterLinks
from bot.channels.mail.remembered import RememberedMail
from bot.channels.mail.send import MailSender
from bot.conversation.conversations import Conversations
from bot.conversation.errand_runner import ErrandRunner
from bot.conversation.port import Sender
from bot.flows import consent
from bot.notifiers.delivery import POLL, Delivery
from bot.ports.sms import RememberedSms
from bot.uploads.links import FileLinks
from domain.application import Happening, PauseCause, QueueClass
from storage import applications, conversations
from storage.application_changes import pause, set_status
from storage.applications import Application
from storage.conversations import Entered
from storage.database import Database
from storage.sealed_files import SealedFiles
from storage.transaction import Transaction
from tests.conversation.edges import Edges
from tests.conversation.inside import SECRET_KEY, Inside, Outside
from tests.conversation.made_up import Child
from tests.conversation.outside import Disk, Register, SteadyClock
from tests.conversation.person import Person
from tests.conversation.telegram_parent import TelegramParent
from tests.conversation.web_parent import WebParent
from tests.conversation.whatsapp_parent import RememberingSender, WhatsAppParent
from tests.conversation.witness import Watched, Witness
from tests.conversation.world import START, World, join_queue, leave_queue
from tests.fakes.fetcher import RememberedFiles

PUBLIC_URL = "https://kezek.example"
KINDS = ("telegram", "webchat", "whatsapp")


class House:
    """Opened by `open_house`. `conversations` may be replaced by one with another book.

    `poll`: how often what others have written is looked for; to be set before it is opened.
    """

    conversations: Conversations
    _inside: Inside

    def __init__(self, database_url: str, world: World) -> None:
        self.database_url = database_url
        self.world = world
        self.clock = SteadyClock(START)
        self.register = Register()
        self.sms, self.mail = RememberedSms(self.clock.read), RememberedMail(self.clock.read)
        self.people: list[Person] = []
        self.witness = Witness(lambda: self.conversations)
        self.logged: list[Any] = []
        self.poll = POLL
        self._phones = RememberingSender()
        self._whatsapp_files = RememberedFiles()
        self._folder = TemporaryDirectory(prefix="kezek-house-")
        self._edges = Edges(self.witness)
        self._chats = count(1)

    @property
    def url(self) -> str:
        """Where the web server listens, once somebody came through it."""
        return self._edges.url

    @property
    def database(self) -> Database:
        """The database, also while the service finds the disk full."""
        return self._inside.database

    @property
    def disk(self) -> Disk:
        """The disk as the service finds it."""
        return self._inside.disk

    @property
    def files(self) -> SealedFiles:
        """The file store, as the service uses it."""
        return self._inside.files

    @property
    def links(self) -> FileLinks:
        """Links to files."""
        return self._inside.links

    @property
    def delivery(self) -> Delivery:
        """The worker that delivers."""
        return self._inside.delivery

    @property
    def errands(self) -> ErrandRunner:
        """The worker that runs errands."""
        return self._inside.errands

    async def asks_the_register(self) -> None:
        """The worker asks about those who are not confirmed and due."""
        await self._inside.verifying.round()

    async def open(self) -> None:
        """Start the parts that everybody needs."""
        letters = Letters("Kezek <kezek@kezek.example>", LetterLinks(SECRET_KEY, PUBLIC_URL))
        senders: tuple[Sender, ...] = (self._phones, self.sms, MailSender(letters, self.mail))
        watched = {sender.channel: Watched(sender, self.witness) for sender in senders}
        files_url = Path(self._folder.name, "files").as_uri()
        outside = Outside(self.register, files_url, self._whatsapp_files, self.url, self.poll)
        self._inside = await Inside.start(self.database_url, self.clock, self.witness, watched, outside)
        self.conversations = self._inside.conversations

    async def close(self) -> None:
        """Everybody leaves, everything stops."""
        for person in self.people:
            await person.leaves()
        await self._inside.stack.aclose()
        await self._edges.close()
        self._folder.cleanup()

    async def restarts(self) -> None:
        """The process ends, another one starts on the same database; messengers come again by themselves."""
        await self._inside.stack.aclose()
        await self.open()
        await self._edges.open_again(self._inside)
        for person in self.people:
            await person.reconnects()

    async def opens_the_web(self) -> None:
        """The web server listens, though nobody has come through it."""
        await self._edges.open_web(self._inside)

    async def newcomer(self, kind: str, language: str = "en") -> Person:
        """Somebody who has never written to us."""
        number = next(self._chats)
        if kind == "whatsapp":
            chat = f"7701555{number:04}"
            person: Person = WhatsAppParent(language, self._phones, self._whatsapp_files, chat, self.witness)
        elif kind == "telegram":
            server = await self._edges.telegram(self._inside)
            person = TelegramParent(language, server, 4200 + number, self.witness)
        else:
            await self._edges.open_web(self._inside)
            person = WebParent(language, lambda: self.url, self.witness)
            await person.comes()
        self.people.append(person)
        return person

    async def acquaintance(self, kind: str, language: str = "en") -> Person:
        """Somebody who has been through the first contact, in the town with the queues."""
        person = await self.newcomer(kind, language)
        known = {"language": language, "territory_id": self.world.town}
        known |= {"consent_version": consent.VERSION, "consent_at": self.clock.read()}
        await self.changes_contact(person, **known)
        return person

    async def changes_contact(self, person: Person, **changed: object) -> None:
        """Something of an account is as if it had been told before."""

        def change(tx: Transaction) -> None:
            entered = conversations.enter(tx, person.channel, person.chat)
            conversations.update_contact(tx, entered.contact_id, **changed)

        await self.database.write(change)

    async def contact_of(self, person: Person) -> Entered:
        """What is known of an account."""
        return await self.database.write(lambda tx: conversations.enter(tx, person.channel, person.chat))

    async def write(self, work: Callable[[Transaction], Any]) -> Any:
        """Something happens that no conversation did."""
        return await self.database.write(work)

    async def joins(self, queue_class: QueueClass, number: int = 1, *, year: int = 2024) -> None:
        """Children join the queue of the town for those born in a year."""
        await self.write(lambda tx: join_queue(tx, self.world, queue_class, number, year))

    async def leaves(self, queue_class: QueueClass, number: int = 1) -> None:
        """The newest of a class leave the queue of the town for those born in 2024."""
        await self.write(lambda tx: leave_queue(tx, self.world, queue_class, number))

    async def withdraws(self, child: Child) -> None:
        """An application goes to the archive."""
        await self._happens(child, lambda tx, found: set_status(tx, found, Happening.WITHDRAWN))

    async def pauses(self, child: Child) -> None:
        """A parent lets others pass."""
        await self._happens(child, lambda tx, found: pause(tx, found, PauseCause.BY_PARENT))

    async def _happens(self, child: Child, change: Callable[[Transaction, Application], object]) -> None:
        def work(tx: Transaction) -> None:
            found = applications.find_by_number(tx, child.number)
            assert found is not None
            change(tx, found)

        await self.write(work)

    def later(self, **span: float) -> None:
        """Time passes: `later(minutes=5)`."""
        self.clock.advance(timedelta(**span))


@asynccontextmanager
async def open_house(database_url: str, world: World) -> AsyncIterator[House]:
    """A house on this database; at the end nothing may have been wrong with what anybody was shown."""
    house = House(database_url, world)
    await house.open()
    try:
        yield house
    finally:
        await house.close()
    assert not house.witness.faults, "\n\n".join(house.witness.faults[:5])
