"""Conversations for the operators' pages, quickly written down."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from storage.ids import new_id
from storage.tables import contact, conversation, delivery, help_request, message, staff
from storage.transaction import Transaction
from tests.integration.rows import add


def add_chat(
    tx: Transaction,
    territory_id: int | None,
    text: str = "Сәлеметсіз бе",
    *,
    at: datetime | None = None,
    channel: str = "telegram",
    language: str | None = "kk",
    **values: Any,
) -> int:
    """A conversation in which something was said once; its id."""
    chat_id, at = new_id(), at or tx.now
    contact_id = add(
        tx,
        contact,
        channel=channel,
        address=str(chat_id),
        language=language,
        territory_id=territory_id,
        created_at=at,
        **values,
    )
    row = {"contact_id": contact_id, "step_token": 0, "territory_id": territory_id, "last_message_at": at}
    tx.conn.execute(insert(conversation).values(id=chat_id, **row))
    add_line(tx, chat_id, text, at=at, channel=channel)
    return chat_id


def add_line(
    tx: Transaction,
    chat_id: int,
    text: str,
    *,
    at: datetime | None = None,
    by: str = "parent",
    channel: str = "telegram",
    state: str = "sent",
) -> int:
    """Something more that was said in it, by "parent", "bot" or "operator"; the message's id."""
    at = at or tx.now
    out = by != "parent"
    row = {
        "conversation_id": chat_id,
        "direction": "out" if out else "in",
        "at": at,
        "channel": channel,
        "kind": {"parent": "text", "bot": "screen", "operator": "operator"}[by],
        "text": text,
    }
    message_id: int = tx.conn.execute(insert(message).returning(message.c.id), row).scalar_one()
    if out:
        sending = {
            "channel": channel,
            "operation": "send",
            "state": state,
            "due_at": at,
            "urgency": 0,
            "tries": 1,
        }
        tx.conn.execute(insert(delivery).values(message_id=message_id, conversation_id=chat_id, **sending))
    tx.conn.execute(update(conversation).where(conversation.c.id == chat_id).values(last_message_at=at))
    return message_id


def waits(
    tx: Transaction, chat_id: int, *, minutes: float = 0, assigned_to: int | None = None, **values: Any
) -> int:
    """Its parent has waited for a person for so many minutes; the request's id."""
    since = tx.now - timedelta(minutes=minutes)
    row = {
        "conversation_id": chat_id,
        "territory_id": None,
        "at": since,
        "state": "open" if assigned_to is None else "assigned",
        "waits_since": since,
        "alarm_at": since + timedelta(minutes=3),
        "assigned_to": assigned_to,
        "assigned_at": None if assigned_to is None else since,
    }
    return add(tx, help_request, **(row | values))


def add_operator(tx: Transaction, login: str = "saule", role: str = "operator") -> int:
    """Somebody of the staff who never logs in; the id."""
    row = {"login": login, "password_hash": "none", "role": role, "language": "kk", "failed_tries": 0}
    return add(tx, staff, created_at=tx.now, **row)
