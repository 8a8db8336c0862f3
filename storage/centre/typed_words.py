"""The index of what persons write: filled from the log a little later, so that a turn pays nothing for it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    Text,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from domain.search_words import words_of
from storage.centre.log import OPERATOR
from storage.dialects import inserts
from storage.tables import message, typed, typed_mark
from storage.transaction import Transaction
from storage.types import Id, Instant

SOME = 200
"""Messages in one transaction."""
SETTLED = timedelta(minutes=2)
"""A message's number may come to light after a higher one, when its turn took longer, but not by so much."""

BY_PARENT, BY_STAFF = "parent", "staff"
_MARK = "typed"

_BEGIN = {
    dialect: each.values(name=_MARK, up_to=0).on_conflict_do_nothing()
    for dialect, each in inserts(typed_mark).items()
}
_UP_TO = select(typed_mark.c.up_to).where(typed_mark.c.name == _MARK)
_HOLD = _UP_TO.with_for_update()
# A command is a press of the menu rather than something said.
_SAID = message.c.text.not_like(literal_column("'/%'"))
_BY_PERSONS = or_(
    and_(message.c.direction == "in", message.c.kind == "text", _SAID), message.c.kind == OPERATOR
)
_NEXT = (
    select(message.c.id, message.c.conversation_id, message.c.at, message.c.direction, message.c.text)
    .where(message.c.id > bindparam("mark", type_=Id), _BY_PERSONS)
    .where(~exists().where(typed.c.message_id == message.c.id))
    .order_by(message.c.id)
    .limit(SOME)
)
_NEWEST = select(func.max(message.c.id))
_SETTLED_UP_TO = (
    select(message.c.id)
    .where(message.c.id > bindparam("mark", type_=Id), message.c.id <= bindparam("through", type_=Id))
    .where(message.c.at <= bindparam("before", type_=Instant()))
    .order_by(message.c.id.desc())
    .limit(1)
)
# Not whether one EXISTS behind the mark: a planner takes a third of the log to lie there, expects to meet one
# at once in any order, and where nothing is new reads all of it.
_NEWS = select(_NEWEST.scalar_subquery() > func.coalesce(_UP_TO.scalar_subquery(), 0))
_MOVE = update(typed_mark).where(typed_mark.c.name == _MARK).values(up_to=bindparam("mark", type_=Id))
_ADD = {
    "sqlite": insert(typed),
    "postgresql": insert(typed).values(words=func.array_to_tsvector(bindparam("lexemes", type_=ARRAY(Text)))),
}
_FORGET = delete(typed).where(typed.c.message_id.in_(bindparam("ids", type_=Id, expanding=True)))


def hold(tx: Transaction) -> int:
    """Let nobody else fill the index until this transaction ends; how far it is filled."""
    tx.conn.execute(_BEGIN[tx.dialect])
    mark: int = tx.conn.execute(_HOLD).scalar_one()
    return mark


def has_news(tx: Transaction) -> bool:
    """Whether anything came that may not be in the index yet."""
    return bool(tx.conn.execute(_NEWS).scalar())


def fill_some(tx: Transaction) -> int:
    """Take in the next messages that persons have written; how many those were."""
    mark = hold(tx)
    rows = tx.conn.execute(_NEXT, {"mark": mark}).all()
    if rows:
        tx.conn.execute(_ADD[tx.dialect], [_row(tx, each) for each in rows])
    through = rows[-1].id if len(rows) == SOME else tx.conn.execute(_NEWEST).scalar()
    asked = {"mark": mark, "through": through or 0, "before": tx.now - SETTLED}
    settled = tx.conn.execute(_SETTLED_UP_TO, asked).scalar()
    if settled is not None:
        tx.conn.execute(_MOVE, {"mark": settled})
    return len(rows)


def forget(tx: Transaction, message_ids: list[int]) -> None:
    """Take the words of these messages out. Whoever empties a message holds the index before."""
    tx.conn.execute(_FORGET, {"ids": message_ids})


def _row(tx: Transaction, said: Any) -> dict[str, Any]:
    words = words_of(said.text)
    row = {
        "message_id": said.id,
        "conversation_id": said.conversation_id,
        "at": said.at,
        "by": BY_PARENT if said.direction == "in" else BY_STAFF,
    }
    return row | ({"words": " ".join(words)} if tx.dialect == "sqlite" else {"lexemes": words})
