"""The files of forms that were never sent: nothing refers to them but the form itself."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from sqlalchemy import bindparam, exists, func, select, update

from storage.tables import conversation, document, file, parent
from storage.transaction import Transaction
from storage.types import Id, Instant
from storage.vault import VaultError

_MANY = bindparam("many", type_=Id, expanding=True)
_AT = bindparam("at", type_=Instant())
_SESSIONS = select(conversation.c.id, conversation.c.session).where(
    conversation.c.id.in_(_MANY), conversation.c.session.is_not(None)
)
_FORGET = (
    update(file)
    .where(
        file.c.id.in_(_MANY),
        ~exists().where(document.c.file_id == file.c.id),
        ~exists().where(parent.c.photo_file_id == file.c.id),
    )
    .values(name=None, sha256=b"", deleted_at=func.coalesce(file.c.deleted_at, _AT))
)


def forget_drafts(tx: Transaction, conversation_ids: Iterable[int]) -> None:
    """The files that are named in the forms of these conversations, and nowhere else.

    A file's number is random and long: whatever else stands in a form is none.
    """
    found = tx.conn.execute(_SESSIONS, {"many": list(conversation_ids)})
    numbers = {number for row in found for number in _numbers(_opened(tx, row.id, row.session))}
    tx.conn.execute(_FORGET, {"many": sorted(numbers), "at": tx.now})


def _opened(tx: Transaction, conversation_id: int, session: bytes) -> Any:
    try:
        return orjson.loads(tx.vault.open_bytes("conversation", conversation_id, "session", session))
    except (VaultError, orjson.JSONDecodeError):
        # Of another version, or sealed with a key that is gone: nobody can take up what is in it.
        return None


def _numbers(value: Any) -> Iterator[int]:
    match value:
        case bool():
            return
        case int():
            yield value
        case dict():
            for each in value.values():
                yield from _numbers(each)
        case list():
            for each in value:
                yield from _numbers(each)
