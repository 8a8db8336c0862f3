"""Every morning: whose place has come to a mark (section 9). Siblings are told of in one message."""

from functools import partial

from bot.flows.telling import News, tell_all
from bot.rounds.facts import news_of, whose
from bot.rounds.going import go_through
from domain.notice import Told
from domain.rounds import Round
from storage import place_crossings, place_marks, rounds
from storage.database import Database
from storage.place_crossings import Reached
from storage.place_marks import Looked
from storage.rounds import Step
from storage.transaction import Transaction

AT_ONCE = 20
"""So many families in one transaction: each is a few rows to write and to seal."""


async def find_marks(database: Database) -> int:
    """Look at the front of every queue; how many have come to a mark."""
    return await go_through(database, Round.MARKS, _look, _write)


async def tell_marks(database: Database) -> int:
    """Tell of them, once the round is through; how many families that were."""
    told = 0
    while some := await database.write(partial(_tell_some, most=AT_ONCE)):
        told += some
    return told


def _look(tx: Transaction, at: Step) -> Looked | None:
    return place_marks.look(tx, at.cursor or 0)


def _write(tx: Transaction, at: Step, part: Looked | None) -> int:
    if part is not None:
        place_marks.keep(tx, part)
    rounds.go_on(tx, at, None if part is None else part.queue_id)
    return 0 if part is None else len(part.crossings)


def _tell_some(tx: Transaction, most: int) -> int:
    """None while the round goes on: a sibling may still be found."""
    if not rounds.hold(tx, Round.MARKS) or rounds.is_under_way(tx, Round.MARKS):
        return 0
    some = place_crossings.take(tx, most)
    news: list[News] = []
    for family in some:
        facts = {each.application_id: _facts(tx, each) for each in family.reached}
        news += [
            news_of(Told.PLACE_MARK, reader, [facts[each.application_id] for each in reached])
            for reader, reached in family.readers.items()
        ]
    tell_all(tx, news, tx.now)
    return len(some)


def _facts(tx: Transaction, reached: Reached) -> dict[str, object]:
    said = whose(tx, reached.application_id, reached.number, reached.child_id)
    return said | {"place": reached.place, "mark": reached.mark}
