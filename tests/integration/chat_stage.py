"""The contact centre's console around a real database: two operators, an admin, and chats of a town."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from bot.conversation.payloads import encode
from bot.conversation.reply import Button, Operation, Outgoing, Screen
from bot.conversation.session import FormState, Session, Shown, dump, dump_shown, place_of
from storage import conversations, messages
from storage.ids import new_id
from storage.messages import OutgoingDraft
from storage.tables import audit, contact, conversation, delivery
from storage.transaction import Transaction
from tests.fakes.console_site import Desk
from tests.integration.desk_city import INSTANT, City
from tests.integration.rows import add_territory
from tests.integration.unverified_families import Family

CHANNEL = "telegram"


class ChatStage:
    """Operators "aigerim" and "bolat" of the town, "stranger" of another one, and "admin" of everything."""

    def __init__(self, desk: Desk, city: City, aigerim: int, bolat: int) -> None:
        self.desk = desk
        self.city = city
        self.aigerim = aigerim
        self.bolat = bolat

    @classmethod
    async def set(cls, desk: Desk) -> "ChatStage":
        city, other = await desk.database.write(
            lambda tx: (City(tx, INSTANT), add_territory(tx, "elsewhere"))
        )
        first, second = [
            await desk.hires(login, "operator", territories=[city.territory_id])
            for login in ("aigerim", "bolat")
        ]
        await desk.hires("stranger", "operator", territories=[other])
        await desk.hires("admin", "admin")
        return cls(desk, city, first, second)

    async def chat(self, parent_id: int | None = None, *, somewhere: bool = True) -> int:
        """A chat of the town, or of nowhere yet; with a parent who is signed in."""

        def work(tx: Transaction) -> int:
            place = self.city.territory_id if somewhere else None
            return new_chat(tx, place, parent_id)

        return await self.desk.database.write(work)

    async def family(self) -> tuple[Family, int]:
        """A family in the queue, and the chat in which its parent is signed in."""
        family = await self.desk.database.write(lambda tx: self.city.town.family(tx))
        return family, await self.chat(family.parent_id)

    async def hears(self, chat: int, text: str, kind: str = "text", state: str | None = None) -> int:
        """The parent writes; the message."""
        return await self.desk.database.write(lambda tx: hears(tx, chat, text, kind, state))

    async def says(self, chat: int, text: str, kind: str = "screen", **draft: Any) -> int:
        """Something goes out; the message."""
        return await self.desk.database.write(lambda tx: says(tx, chat, text, kind, **draft))

    async def asks(self, chat: int, form: str, question: str, *options: tuple[str, str]) -> None:
        """The bot waits for an answer, with these buttons (label, action) below what it has said."""
        await self.desk.database.write(lambda tx: asks(tx, chat, form, question, options))

    async def settles(self, message_id: int, **values: Any) -> None:
        """Say what became of it."""
        await self.desk.database.write(
            lambda tx: tx.conn.execute(
                update(delivery).where(delivery.c.message_id == message_id).values(**values)
            )
        )

    async def audited(self) -> list[str]:
        """What the audit says was done, but for signing in."""
        asked = select(audit.c.what).where(audit.c.what != "signed_in").order_by(audit.c.id)
        return await self.desk.database.read(lambda tx: list(tx.conn.execute(asked).scalars()))


def new_chat(tx: Transaction, territory_id: int | None, parent_id: int | None = None) -> int:
    """A conversation in Kazakh."""
    contact_id, chat = new_id(), new_id()
    account = {"id": contact_id, "channel": CHANNEL, "address": str(contact_id), "created_at": tx.now}
    known = {"parent_id": parent_id, "language": "kk", "territory_id": territory_id}
    tx.conn.execute(contact.insert(), account | known)
    held = {"id": chat, "contact_id": contact_id, "step_token": 0, "territory_id": territory_id}
    tx.conn.execute(conversation.insert(), held)
    return chat


def hears(tx: Transaction, chat: int, text: str, kind: str = "text", state: str | None = None) -> int:
    """A message that came in."""
    found = messages.log_incoming(tx, chat, CHANNEL, str(new_id()), kind, text, tx.now, state)
    assert found is not None
    return found


def says(tx: Transaction, chat: int, text: str, kind: str = "screen", **draft: Any) -> int:
    """A message that goes out."""
    payload = encode(Outgoing(Operation.SEND, draft.pop("screen", Screen(text))))
    channel = draft.pop("channel", CHANNEL)
    new = OutgoingDraft(
        operation=draft.pop("operation", "send"), kind=kind, text=text, payload=payload, **draft
    )
    [message_id] = messages.log_outgoing(tx, chat, channel, [new], tx.now)
    return message_id


def asks(tx: Transaction, chat: int, form: str, question: str, options: Sequence[tuple[str, str]]) -> None:
    """Where the bot stands, as a turn leaves it."""
    rows = tuple((Button(label, action),) for label, action in options)
    message_id = says(tx, chat, "Сұрақ", screen=Screen("Сұрақ", rows=rows))
    raw = dump(Session(form=FormState(form, question)))
    assert raw is not None
    session = tx.vault.seal_bytes(*place_of(chat), raw)
    screen = dump_shown(Shown(message_id, tuple(options)))
    conversations.leave(tx, chat, session=session, screen=screen, step_token=0, at=tx.now)
