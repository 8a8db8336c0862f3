"""One turn: what a flow is handed, and what it may ask for."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.conversation.errand import NOBODY_WAITS, PATIENCE, Errand
from bot.conversation.incoming import Incoming
from bot.conversation.reply import Screen
from bot.conversation.session import Session, Waiting
from bot.texts import Texts, texts_in
from storage import conversations
from storage.conversations import Entered
from storage.transaction import Transaction

if TYPE_CHECKING:
    from bot.conversation.book import Book


@dataclass(slots=True)
class Message:
    """Something to be sent to a phone by SMS or, under a subject, to a mailbox: a code.

    Never logged in clear. `useful_for`: after that it is dropped and not sent.
    """

    to: str
    text: str
    useful_for: timedelta
    subject: str | None = None


@dataclass(slots=True)
class Turn:
    """Everything a flow may touch: the transaction, the person, the session, the words.

    A flow returns the screen to show. `say` adds a screen before it, `errand` asks for something from
    outside (its answer comes as a later turn), `text_message` sends an SMS, `letter` an e-mail.
    """

    tx: Transaction
    now: datetime
    book: "Book"
    incoming: Incoming
    person: Entered
    session: Session
    t: Texts
    screens: list[Screen] = field(default_factory=list)
    errands: list[Errand] = field(default_factory=list)
    text_messages: list[Message] = field(default_factory=list)
    personal: set[str] = field(default_factory=set)

    def say(self, screen: Screen) -> None:
        """Show a screen of its own before the one the flow returns."""
        self.screens.append(screen)

    def private(self, value: str) -> str:
        """The value, marked as personal: masked in the log, sealed in what is kept for delivery."""
        if value:
            self.personal.add(value)
        return value

    def errand(self, kind: str, /, *, patience: timedelta = PATIENCE, **request: Any) -> None:
        """Ask for something from outside; the session waits for it at this step."""
        self.session.step += 1
        self.session.waiting = Waiting(kind, self.session.step)
        self.errands.append(Errand(kind, request, self.session.step, patience))

    def side_errand(self, kind: str, /, *, patience: timedelta = PATIENCE, **request: Any) -> None:
        """Ask for something from outside and go on meanwhile; the answer says itself what it is for."""
        self.errands.append(Errand(kind, request, NOBODY_WAITS, patience))

    def text_message(self, phone: str, text: str, useful_for: timedelta) -> None:
        """Send an SMS to a number (E.164), but not when it comes too late to be of use."""
        self.text_messages.append(Message(phone, text, useful_for))

    def letter(self, address: str, subject: str, text: str, useful_for: timedelta) -> None:
        """The same to a mailbox. Its subject lies open: nothing secret, nobody's name."""
        self.text_messages.append(Message(address, text, useful_for, subject))

    def change_person(self, **changed: Any) -> None:
        """Remember something of this contact: language, territory, consent, parent."""
        conversations.update_contact(self.tx, self.person.contact_id, **changed)
        for name, value in changed.items():
            setattr(self.person, name, value)
        if "language" in changed:
            self.t = texts_in(self.person.language)

    def owned_by(self, parent_id: int | None) -> None:
        """The form in progress is this parent's from here on, or nobody's."""
        if self.session.form is not None:
            self.session.form.owner = parent_id

    def leave_step(self) -> None:
        """The step is over: the answer to an errand it had asked for will be dropped."""
        if self.session.waiting is not None:
            self.session.waiting = None
            self.session.step += 1
