"""Once a week a family is told how its places moved, and why (section 9)."""

from bot.flows.telling import News, tell_all
from bot.rounds.facts import news_of, of_move
from bot.rounds.going import go_through
from domain.notice import Told
from domain.rounds import Round
from storage import place_digests, place_journal, rounds
from storage.database import Database
from storage.place_digests import Part
from storage.rounds import Step
from storage.transaction import Transaction


async def tell_digests(database: Database) -> int:
    """Tell everybody whose day it is; how many."""
    return await go_through(database, Round.DIGESTS, place_digests.look, _write)


def _write(tx: Transaction, at: Step, part: Part) -> int:
    news: list[News] = []
    for digest in part.digests:
        facts = {each.application_id: of_move(tx, each) for each in digest.moved}
        news += [
            news_of(Told.PLACE_MOVED, reader, [facts[each.application_id] for each in moved])
            for reader, moved in digest.readers.items()
        ]
        for each in digest.moved:
            place_journal.told(tx, each.application_id, each.untold.sequence)
    tell_all(tx, news, tx.now)
    rounds.go_on(tx, at, part.cursor)
    return len(news)
