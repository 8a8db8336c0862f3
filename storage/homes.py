"""Where texts and letters to a parent stand who is signed in nowhere: a conversation that no messenger holds.

Whoever signs out of the only account, or had it taken away, is still told what matters, by SMS or e-mail.
Every message stands in the log of a conversation of the parent's, so one is made; it counts as unreachable,
and nobody ever writes in it.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import bindparam, literal_column, select

from storage.dialects import inserts, parameters
from storage.ids import new_id
from storage.tables import contact, conversation
from storage.transaction import Dialect, Transaction

NOWHERE = "nowhere"
"""The channel of such a conversation."""

_COLUMNS = ("id", "channel", "address", "parent_id", "created_at", "unreachable_at")
_CONTACT: Mapping[Dialect, Any] = {
    dialect: (statement := insert.values(parameters(contact, *_COLUMNS))).on_conflict_do_update(
        index_elements=["channel", "address"], set_={"parent_id": statement.excluded.parent_id}
    )
    for dialect, insert in inserts(contact).items()
}
_OF_ADDRESS = (contact.c.channel == NOWHERE, contact.c.address == bindparam("address"))
_CONVERSATION: Mapping[Dialect, Any] = {
    dialect: insert.from_select(
        ["id", "contact_id", "step_token"],
        select(bindparam("id", type_=conversation.c.id.type), contact.c.id, literal_column("0")).where(
            *_OF_ADDRESS
        ),
    ).on_conflict_do_nothing(index_elements=["contact_id"])
    for dialect, insert in inserts(conversation).items()
}
_FOUND = (
    select(contact.c.parent_id, conversation.c.id)
    .join_from(contact, conversation, conversation.c.contact_id == contact.c.id)
    .where(
        contact.c.channel == NOWHERE,
        contact.c.parent_id.in_(bindparam("parents", expanding=True)),
    )
)


def of_each(tx: Transaction, parent_ids: Collection[int]) -> dict[int, int]:
    """The conversation of each of these parents, made where there was none."""
    if not parent_ids:
        return {}
    # One order, so that two who tell the same families cannot deadlock.
    named = [{"address": str(each), "parent_id": each} for each in sorted(parent_ids)]
    since = {"channel": NOWHERE, "created_at": tx.now, "unreachable_at": tx.now}
    tx.conn.execute(_CONTACT[tx.dialect], [{**each, **since, "id": new_id()} for each in named])
    tx.conn.execute(
        _CONVERSATION[tx.dialect], [{"id": new_id(), "address": each["address"]} for each in named]
    )
    return {row.parent_id: row.id for row in tx.conn.execute(_FOUND, {"parents": list(parent_ids)})}
