"""Where sealed values and blind indexes stand, for whoever has to go through all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Table

from storage.message_history import SEALED_AS
from storage.tables import (
    application,
    child,
    claim,
    contact,
    conversation,
    department_task,
    errand,
    extension,
    file,
    helper,
    message,
    note,
    notice,
    parent,
    phone,
    staff,
    stated_reason,
    whisper,
)
from storage.vault import BlindKind


@dataclass(frozen=True, slots=True)
class BlindOf:
    """A blind index: of which sealed column, as which kind of value."""

    column: str
    kind: BlindKind


@dataclass(frozen=True, slots=True)
class SealedTable:
    """The sealed columns of a table, the field each is bound to, and the indexes made of them.

    `bound_to` is the column whose number the values are bound to.
    """

    table: Table
    fields: Mapping[str, str]
    indexes: Mapping[str, BlindOf] = field(default_factory=dict)
    bound_to: str = "id"


def _same(*columns: str) -> dict[str, str]:
    return {column: column for column in columns}


_NAMES = ("surname", "name", "patronymic", "birth_date")

SEALED: tuple[SealedTable, ...] = (
    SealedTable(
        parent,
        _same("iin", "document", *_NAMES, "address", "email"),
        {"iin_index": BlindOf("iin", "iin"), "document_index": BlindOf("document", "document")},
    ),
    SealedTable(phone, _same("phone"), {"phone_index": BlindOf("phone", "phone")}),
    SealedTable(helper, _same("phone", "name"), {"phone_index": BlindOf("phone", "phone")}),
    SealedTable(notice, _same("data")),
    SealedTable(department_task, _same("reason")),
    SealedTable(child, _same("iin", *_NAMES), {"iin_index": BlindOf("iin", "iin")}),
    SealedTable(contact, _same("vouched_phone"), {"vouched_phone_index": BlindOf("vouched_phone", "phone")}),
    SealedTable(application, _same("address")),
    SealedTable(claim, _same("reason")),
    SealedTable(extension, _same("note", "reason")),
    SealedTable(staff, _same("name", "totp")),
    SealedTable(file, _same("name")),
    SealedTable(note, _same("text")),
    SealedTable(stated_reason, _same("words")),
    SealedTable(whisper, _same("content")),
    SealedTable(conversation, _same("session")),
    SealedTable(errand, _same("request")),
    SealedTable(message, {"sealed": SEALED_AS}, bound_to="dedup_key"),
)

SHORT_LIVED = {("attempt", "subject"), ("code", "phone_index")}
"""Blind indexes that are not made anew: their rows mean nothing after an hour or a day."""
