"""One conversation as operators find it: whose it is, where the bot stands, who talks in its stead."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from storage.tables import contact, conversation, staff, territory
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """`parent_id` is of whoever is signed in; `territory` its name by language, None where none is chosen.

    `session` is sealed, `screen` is what the bot has shown last. `driven_by` counts before `driven_until`.
    """

    id: int
    channel: str
    language: str | None
    parent_id: int | None
    unreachable_at: datetime | None
    territory: Mapping[str, str] | None
    last_message_at: datetime | None
    driven_by: int | None
    driven_until: datetime | None
    step_token: int
    session: bytes | None = field(repr=False)
    screen: Any = field(repr=False)

    def driver_at(self, now: datetime) -> int | None:
        """Who of the staff talks in the bot's stead then."""
        drives = self.driven_until is not None and now < self.driven_until
        return self.driven_by if drives else None


_FIND = (
    select(
        conversation.c.id,
        contact.c.channel,
        contact.c.language,
        contact.c.parent_id,
        contact.c.unreachable_at,
        territory.c.name_kk,
        territory.c.name_ru,
        territory.c.name_en,
        conversation.c.last_message_at,
        conversation.c.driven_by,
        conversation.c.driven_until,
        conversation.c.step_token,
        conversation.c.session,
        conversation.c.screen,
    )
    .join_from(conversation, contact, contact.c.id == conversation.c.contact_id)
    .outerjoin(territory, territory.c.id == conversation.c.territory_id)
    .where(conversation.c.id == bindparam("of_conversation", type_=Id))
)
_LOGINS = select(staff.c.id, staff.c.login).where(
    staff.c.id.in_(bindparam("staff_ids", type_=Id, expanding=True))
)


def find(tx: Transaction, conversation_id: int) -> Chat | None:
    """The conversation of that id."""
    row = tx.conn.execute(_FIND, {"of_conversation": conversation_id}).mappings().first()
    if row is None:
        return None
    fields = dict(row)
    kk, ru, en = (fields.pop(f"name_{language}") for language in ("kk", "ru", "en"))
    names = None if kk is None else {"kk": kk, "ru": ru or kk, "en": en or kk}
    return Chat(territory=names, **fields)


def logins(tx: Transaction, staff_ids: Collection[int]) -> dict[int, str]:
    """By which names these of the staff log in."""
    found = tx.conn.execute(_LOGINS, {"staff_ids": sorted(staff_ids)}) if staff_ids else ()
    return {row.id: row.login for row in found}
