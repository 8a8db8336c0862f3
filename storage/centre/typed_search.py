"""Looking for words in what persons have written, the newest first.

On PostgreSQL no index gives the newest rows that hold a word in their order, and a frequent word stands in
hundreds of thousands. So the newest messages are gone through first: what is frequent fills a page from them.
A word that is rare there is asked of the index, which is quick for what is rare. Only what is neither, such
as a frequent word of a small territory, is gone through further; after so many messages the page says how far
it has looked, and goes on when asked. SQLite's index is in the order of the messages itself.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from storage.centre import typed_statements as statements
from storage.numbered_by_time import NEVER
from storage.tables import contact, conversation, message, typed
from storage.transaction import Transaction
from storage.types import EPOCH, Id

NEWEST, FURTHER = 4_000, 20_000
"""So many messages are gone through at first, and then where the index has too much."""
FREQUENT, MOST_HITS = 50, 5_000
"""What stands in more of the newest messages is not asked of the index, and more of all are not sorted."""
ANYBODY = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: words as `sought_in` gives them; `within` of which territories; by whom; when.

    `nowhere`: chats of whom no territory is known count, too. `before`: below this message.
    """

    words: Sequence[str] = field(repr=False)
    within: Collection[int]
    nowhere: bool = True
    by: str = ANYBODY
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found, as it stands masked in the log."""

    message_id: int
    conversation_id: int
    at: datetime
    by: str
    channel: str
    territory_id: int | None
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A page. `before`: where the next begins, None at the end; `looked_to`: it ends for want of patience."""

    hits: Sequence[Hit]
    before: int | None = None
    looked_to: datetime | None = None


_HITS = (
    select(
        message.c.id,
        message.c.conversation_id,
        message.c.at,
        typed.c.by,
        contact.c.channel,
        conversation.c.territory_id,
        message.c.text,
    )
    .join_from(typed, message, message.c.id == typed.c.message_id)
    .join(conversation, conversation.c.id == typed.c.conversation_id)
    .join(contact, contact.c.id == conversation.c.contact_id)
    .where(typed.c.message_id.in_(bindparam("ids", type_=Id, expanding=True)))
    .order_by(typed.c.message_id.desc())
)


def search(tx: Transaction, sought: Sought, limit: int) -> Found:
    """The next page of what is looked for: every one of the words, whole or as a beginning."""
    asked = _asked(tx, sought, limit + 1)
    if tx.dialect == "sqlite":
        ids, looked_to = list(tx.conn.execute(statements.ON_SQLITE, asked).scalars()), None
    else:
        ids, looked_to = _on_postgresql(tx, asked, limit + 1)
    if len(ids) > limit:
        return Found(_hits(tx, ids[:limit]), before=ids[limit - 1])
    if looked_to is None:
        return Found(_hits(tx, ids))
    return Found(_hits(tx, ids), before=looked_to.message_id, looked_to=looked_to.at)


def _on_postgresql(tx: Transaction, asked: dict[str, Any], limit: int) -> tuple[list[int], Any]:
    """The ids, and the message down to which was looked where that is not the end."""
    many, ids = _counted(tx, statements.AMONG_NEWEST, asked | {"width": NEWEST})
    edge = _edge(tx, asked, NEWEST) if len(ids) < limit else None
    if edge is None:
        return ids, None
    rest = asked | {"before": edge.message_id, "limit": limit - len(ids)}
    if many <= FREQUENT:
        many, more = _counted(tx, statements.BY_INDEX, rest | {"most": MOST_HITS + 1})
        if many <= MOST_HITS:
            return ids + more, None
    _, more = _counted(tx, statements.AMONG_NEWEST, rest | {"width": FURTHER})
    return ids + more, _edge(tx, rest, FURTHER)


def _counted(tx: Transaction, statement: Select[Any], asked: dict[str, Any]) -> tuple[int, list[int]]:
    rows = tx.conn.execute(statement, asked).all()
    return rows[0].many, [each.message_id for each in rows if each.message_id is not None]


def _edge(tx: Transaction, asked: dict[str, Any], width: int) -> Any:
    bounds = {name: asked[name] for name in ("before", "after")}
    return tx.conn.execute(statements.EDGE, bounds | {"skip": width - 1}).first()


def _asked(tx: Transaction, sought: Sought, limit: int) -> dict[str, Any]:
    after, before = statements.NUMBERED.between(tx, sought.since, sought.until, sought.before)
    return {
        "query": statements.query_of(tx.dialect, sought.words),
        "within": sought.within,
        "nowhere": sought.nowhere,
        "by": sought.by,
        "since": sought.since or EPOCH,
        "until": sought.until or NEVER,
        "before": before,
        "after": after,
        "limit": limit,
    }


def _hits(tx: Transaction, ids: list[int]) -> list[Hit]:
    return [Hit(*row) for row in tx.conn.execute(_HITS, {"ids": ids})]
