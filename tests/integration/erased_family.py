"""A family that is going to be erased: a parent at one account, a child in a queue, and what was said."""

from datetime import date

from sqlalchemy import select

from domain.application import QueueKind
from domain.iin import Sex
from domain.phone import Phone
from storage import guardians, messages, people
from storage.messages import OutgoingDraft
from storage.submitting import NewApplication, submit
from storage.tables import contact, conversation, delivery
from storage.transaction import Transaction
from tests.conversation.made_up import iin_of
from tests.integration.rows import add_conversation, add_territory

ADDRESS = "77015550101"
BORN = date(2024, 2, 11)
MINE = iin_of(date(1992, 5, 17), Sex.MALE, 1200)
CHILD = iin_of(BORN, Sex.FEMALE, 2200)


class Family:
    """A parent at one account, with one child in a queue, and what was said."""

    def __init__(self, tx: Transaction, *, said: int = 5, applies: bool = True) -> None:
        self.parent = people.parent_for(tx, MINE, at=tx.now, language="kk", notice_way="messenger")
        people.confirm_phone(tx, self.parent, 1, Phone("+77015550101"), tx.now)
        self.child = people.child_for(tx, CHILD, at=tx.now)
        guardians.join(tx, self.parent, self.child, "applied", tx.now)
        self.conversation = add_conversation(tx, ADDRESS, "whatsapp")
        where = select(conversation.c.contact_id).where(conversation.c.id == self.conversation)
        self.contact = tx.conn.execute(where).scalar_one()
        tx.conn.execute(contact.update().where(contact.c.id == self.contact).values(parent_id=self.parent))
        for each in range(said):
            self.says(tx, f"сәлем {each}")
        if applies:
            self.territory = add_territory(tx)
            submitted = submit(tx, self.application(self.territory))
            self.number, self.application_id = submitted.number, submitted.application_id

    def application(self, territory_id: int) -> NewApplication:
        """An application for the child."""
        return NewApplication(
            child_id=self.child,
            parent_id=self.parent,
            territory_id=territory_id,
            kind=QueueKind.GENERAL,
            birth_year=BORN.year,
            address="Тәуке хан 7",
        )

    def says(self, tx: Transaction, text: str) -> None:
        """Say something, and be answered."""
        conversation_id, now = self.conversation, tx.now
        name = f"wamid.{text}"
        answers = messages.log_incoming(tx, conversation_id, "whatsapp", name, "text", text, now)
        draft = OutgoingDraft("send", "screen", "Инжу", b"{}", personal=True, answers=answers)
        messages.log_outgoing(tx, conversation_id, "whatsapp", [draft], now)

    def delivered(self, tx: Transaction) -> None:
        """All that was to be sent has gone out."""
        sent = delivery.update().where(delivery.c.conversation_id == self.conversation)
        tx.conn.execute(sent.values(state="sent", external_id="wamid.out"))
