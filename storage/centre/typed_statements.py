"""The statements of the search in what persons have written."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from domain.search_words import is_beginning
from storage.dialects import is_one_of
from storage.numbered_by_time import NumberedByTime
from storage.tables import conversation, typed
from storage.transaction import Dialect
from storage.types import Id, Instant

_QUERY = bindparam("query", type_=Text)
_BEFORE, _AFTER = bindparam("before", type_=Id), bindparam("after", type_=Id)
_LIMIT = bindparam("limit", type_=Integer)
_WITHIN = or_(
    is_one_of(conversation.c.territory_id, "within"),
    bindparam("nowhere", type_=Boolean) & conversation.c.territory_id.is_(None),
)


def _between(rows: FromClause) -> tuple[ColumnElement[bool], ...]:
    return rows.c.message_id < _BEFORE, rows.c.message_id > _AFTER


def _fits(rows: FromClause) -> tuple[ColumnElement[bool], ...]:
    by = bindparam("by", type_=Text)
    return (
        rows.c.at >= bindparam("since", type_=Instant()),
        rows.c.at < bindparam("until", type_=Instant()),
        or_(by == literal_column("''"), rows.c.by == by),
    )


def _holds(words: ColumnElement[Any]) -> ColumnElement[bool]:
    return words.bool_op("@@")(cast(_QUERY, TSQUERY))


def _in_reach(rows: FromClause) -> Select[Any]:
    """The newest of them whose conversations are in reach.

    Each is asked about by itself, until there are enough. A join would be left to a planner that takes those
    that hold a word for many, however rare it is, and reads all conversations for them.
    """
    newest = select(rows).order_by(rows.c.message_id.desc()).subquery("newest_hits")
    reached = select(_WITHIN).where(conversation.c.id == newest.c.conversation_id).scalar_subquery()
    return select(newest.c.message_id).where(reached).order_by(newest.c.message_id.desc()).limit(_LIMIT)


def _counted(hits: CTE) -> Select[Any]:
    """How many hold the words, wherever, and the newest of them that are in reach."""
    many = select(func.count().label("many")).select_from(hits).subquery()
    page = _in_reach(hits).subquery()
    return (
        select(many.c.many, page.c.message_id)
        .select_from(many.outerjoin(page, true()))
        .order_by(page.c.message_id.desc())
    )


_newest = (
    select(typed)
    .where(*_between(typed))
    .order_by(typed.c.message_id.desc())
    .limit(bindparam("width", type_=Integer))
    .subquery()
)
AMONG_NEWEST = _counted(
    select(_newest.c.message_id, _newest.c.conversation_id)
    .where(_holds(_newest.c.words), *_fits(_newest))
    .cte("hits")
)
"""Of so many of the newest messages those that fit: `width` are gone through, whatever is in them."""

EDGE = (
    select(typed.c.message_id, typed.c.at)
    .where(*_between(typed))
    .order_by(typed.c.message_id.desc())
    .offset(bindparam("skip", type_=Integer))
    .limit(1)
)
"""The last of those; none where there are not so many."""

# Made before it is sorted out: of dates and numbers that it does not know yet a planner expects few rows, and
# to save reading what holds the words it would read all that lies between them.
_holding = (
    select(typed.c.message_id, typed.c.conversation_id, typed.c.at, typed.c.by)
    .where(_holds(typed.c.words))
    .cte("holding")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
BY_INDEX = _counted(
    select(_holding.c.message_id, _holding.c.conversation_id)
    .where(*_between(_holding), *_fits(_holding))
    .limit(bindparam("most", type_=Integer))
    .cte("hits")
)
"""The same of all messages, as the index knows them; counted up to `most`."""

_words = table("typed_words", column("rowid", Id))
ON_SQLITE = (
    select(typed.c.message_id)
    .join_from(_words, typed, typed.c.message_id == _words.c.rowid)
    .join(conversation, conversation.c.id == typed.c.conversation_id)
    .where(
        literal_column("typed_words").op("MATCH")(_QUERY),
        _words.c.rowid < _BEFORE,
        _words.c.rowid > _AFTER,
        *_fits(typed),
        _WITHIN,
    )
    .order_by(_words.c.rowid.desc())
    .limit(_LIMIT)
)

NUMBERED = NumberedByTime.of(typed.c.message_id, typed.c.at)


def query_of(dialect: Dialect, words: Sequence[str]) -> str:
    """All the words, in the database's own language: letters and digits, so nothing has to be escaped."""
    if dialect == "sqlite":
        return " AND ".join(f'"{each}"*' if is_beginning(each) else f'"{each}"' for each in words)
    return " & ".join(f"'{each}':*" if is_beginning(each) else f"'{each}'" for each in words)
