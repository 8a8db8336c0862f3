"""How far the logs of some chats have got."""

from collections.abc import Collection

from sqlalchemy import bindparam, func, select

from storage.tables import contact, conversation, message
from storage.transaction import Transaction

_NEWEST = (
    select(
        contact.c.address,
        select(func.max(message.c.id))
        .where(message.c.conversation_id == conversation.c.id)
        .scalar_subquery()
        .label("newest"),
    )
    .join_from(contact, conversation, conversation.c.contact_id == contact.c.id)
    .where(
        contact.c.channel == bindparam("channel"),
        contact.c.address.in_(bindparam("addresses", expanding=True)),
    )
)


def newest(tx: Transaction, channel: str, addresses: Collection[str]) -> dict[str, int]:
    """The id of the newest message of each chat in which there is one, by its address."""
    found = tx.conn.execute(_NEWEST, {"channel": channel, "addresses": list(addresses)})
    return {address: message_id for address, message_id in found if message_id is not None}
