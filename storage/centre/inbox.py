"""The operators' list of conversations: which ones a page shows, by keys and never by offsets.

Written for hundreds of thousands of conversations: of each territory the newest few are walked by index and
merged; where filters leave out most, a page looks at a bounded stretch and says from where to go on.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    String,
    bindparam,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
    tuple_,
)

from storage.dialects import Ids
from storage.tables import contact, conversation, label
from storage.transaction import Dialect, Transaction
from storage.types import Id, Instant

SHOWN = 30
LOOKED_AT, AT_LEAST = 2000, 8
"""So many conversations a filtered page looks at, over all territories, but so many of each."""
NEWEST = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page ends: an instant, and the conversation that has it."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What is shown; None: whatever it is."""

    language: str | None = None
    channel: str | None = None
    label: str | None = None

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return bool(self.language or self.channel or self.label)


@dataclass(frozen=True, slots=True)
class Found:
    """Conversations in the order of the list. `next`: from where to go on; None at the end."""

    ids: tuple[int, ...]
    next: Key | None


_AT, _ID = bindparam("before_at", type_=Instant()), bindparam("before_id", type_=Id)
_TERRITORIES = bindparam("territories", type_=Ids())
_PER = bindparam("per", type_=BigInteger)


def _before(table: Any) -> ColumnElement[bool]:
    return tuple_(table.c.last_message_at, table.c.id) < tuple_(_AT, _ID)


def _newest_of(territory: ColumnElement[bool], table: Any) -> Select[Any]:
    return (
        select(table.c.id, table.c.last_message_at)
        .where(territory, _before(table))
        .order_by(table.c.last_message_at.desc(), table.c.id.desc())
        .limit(_PER)
    )


def _of_no_territory() -> Select[Any]:
    nowhere = _newest_of(conversation.c.territory_id.is_(None), conversation).subquery("nowhere")
    return select(null().label("territory_id"), nowhere).where(
        bindparam("with_nowhere") == literal_column("1")
    )


def _walked_on_postgresql() -> CTE:
    """A scan of the index alone for each territory, each of which stops after its first few rows."""
    asked = func.unnest(_TERRITORIES)
    each = asked.table_valued("id", name="each_territory").render_derived()
    newest = _newest_of(conversation.c.territory_id == each.c.id, conversation).lateral("newest")
    walked = select(each.c.id.label("territory_id"), newest).select_from(each.join(newest, true()))
    return walked.union_all(_of_no_territory()).cte("walked")


def _walked_on_sqlite() -> CTE:
    """The same without LATERAL: a subquery of ids for each territory."""
    each = func.json_each(_TERRITORIES).table_valued("value", name="each_territory")
    inner = conversation.alias("inner_conversation")
    newest = (
        _newest_of(inner.c.territory_id == each.c.value, inner).with_only_columns(inner.c.id).correlate(each)
    )
    walked = select(
        each.c.value.label("territory_id"),
        conversation.c.id,
        conversation.c.last_message_at,
    ).select_from(each.join(conversation, conversation.c.id.in_(newest.scalar_subquery())))
    return walked.union_all(_of_no_territory()).cte("walked")


def matching(conversation_id: Any) -> tuple[ColumnElement[bool], ...]:
    """What the filters say of a conversation whose contact is joined."""
    language, channel, of_label = (
        bindparam(name, type_=String) for name in ("language", "channel", "of_label")
    )
    own_label = (label.c.conversation_id == conversation_id, label.c.label == of_label)
    labelled = exists(select(label.c.id).where(*own_label).correlate_except(label))
    return (
        or_(language.is_(None), contact.c.language == language),
        or_(channel.is_(None), contact.c.channel == channel),
        or_(of_label.is_(None), labelled),
    )


def _team(walked: CTE) -> Select[Any]:
    """What matches, and the last row of each territory that was not walked to its end.

    They are put in order before they are looked at, which ends with the page.
    """
    in_order = (walked.c.last_message_at.desc(), walked.c.id.desc())
    nth = func.row_number().over(partition_by=walked.c.territory_id, order_by=in_order)
    newest = select(walked, nth.label("nth")).order_by(*in_order).subquery("newest_first")
    whose = conversation.join(contact, contact.c.id == conversation.c.contact_id)
    fits = (conversation.c.id == newest.c.id, *matching(newest.c.id))
    found = select(literal_column("1")).select_from(whose).where(*fits).scalar_subquery()
    matches = func.coalesce(found, literal_column("0")) == literal_column("1")
    return (
        select(newest.c.id, newest.c.last_message_at, newest.c.nth, matches.label("matches"))
        .where(or_(matches, newest.c.nth == _PER))
        .order_by(newest.c.last_message_at.desc(), newest.c.id.desc())
        .limit(bindparam("most"))
    )


def _all(walked: CTE) -> Select[Any]:
    """Everything: nothing need be known of a conversation but when something was said last."""
    return (
        select(
            walked.c.id, walked.c.last_message_at, literal_column("0").label("nth"), true().label("matches")
        )
        .order_by(walked.c.last_message_at.desc(), walked.c.id.desc())
        .limit(bindparam("most"))
    )


_TEAM: dict[Dialect, Select[Any]] = {
    "postgresql": _team(_walked_on_postgresql()),
    "sqlite": _team(_walked_on_sqlite()),
}
_ALL: dict[Dialect, Select[Any]] = {
    "postgresql": _all(_walked_on_postgresql()),
    "sqlite": _all(_walked_on_sqlite()),
}


def of_territories(
    tx: Transaction,
    territories: Collection[int],
    filters: Filters,
    before: Key | None = None,
    *,
    with_nowhere: bool = True,
    most: int = SHOWN,
) -> Found:
    """The conversations of these territories in which something was said last, the newest first.

    `with_nowhere`: also those that have no territory. With filters there may be fewer than `most` though
    there are more to come: `next` is then where looking has stopped.
    """
    asked: dict[str, Any] = {"territories": territories, "with_nowhere": int(with_nowhere)}
    if not filters.any:
        return _walk(tx, _ALL, asked, before, per=most + 1, most=most)
    asked |= filter_values(filters)
    per = max(AT_LEAST, LOOKED_AT // max(1, len(territories) + with_nowhere))
    found = _walk(tx, _TEAM, asked, before, per=per, most=most)
    if per > most or found.next is None or len(found.ids) == most:
        return found
    # Few of each are enough where much happens everywhere. Where most of it happens in one territory, these
    # few end soon: then as many of each are looked at from there on as a page has.
    rest = _walk(tx, _TEAM, asked, found.next, per=most + 1, most=most - len(found.ids))
    return Found(found.ids + rest.ids, rest.next)


def _walk(
    tx: Transaction,
    statement: Mapping[Dialect, Select[Any]],
    asked: Mapping[str, Any],
    before: Key | None,
    *,
    per: int,
    most: int,
) -> Found:
    asked = {**asked, "per": per, "most": most + 1, **key_values(before)}
    return _cut(tx.conn.execute(statement[tx.dialect], asked).all(), per, most)


def _cut(rows: Collection[Any], per: int, most: int) -> Found:
    ids: list[int] = []
    last: Key | None = None
    for row in rows:
        if row.matches:
            if len(ids) == most:
                return Found(tuple(ids), last)
            ids.append(row.id)
        last = Key(row.last_message_at, row.id)
        if row.nth == per:
            return Found(tuple(ids), last)
    return Found(tuple(ids), None)


def key_values(before: Key | None) -> dict[str, Any]:
    """Parameters for the place where a page begins."""
    return {
        "before_at": NEWEST if before is None else before.at,
        "before_id": 0 if before is None else before.id,
    }


def filter_values(filters: Filters) -> dict[str, Any]:
    """Parameters of `matching`."""
    return {"language": filters.language, "channel": filters.channel, "of_label": filters.label}
