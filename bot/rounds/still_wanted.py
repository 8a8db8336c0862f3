"""Once in a quarter whoever waits and was not heard of is asked; nothing follows from silence (ours)."""

from bot.flows.telling import News, tell_all
from bot.rounds.facts import whose
from bot.rounds.going import go_through
from domain.notice import Told
from domain.rounds import Round
from storage import phones, rounds, waiting
from storage.database import Database
from storage.rounds import Step
from storage.transaction import Transaction
from storage.waiting import Part

_DIGITS = 4


async def ask(database: Database) -> int:
    """Ask everybody whose day it is; how many."""
    return await go_through(database, Round.STILL_WANTED, waiting.look, _write)


def _write(tx: Transaction, at: Step, part: Part) -> int:
    numbers = phones.first_reached(tx, list(part.silent)) if part.silent else {}
    news = [
        News(
            parent_id=parent_id,
            kind=Told.STILL_WANTED,
            facts={
                "items": [whose(tx, each.application_id, each.number, each.child_id) for each in own],
                "digits": numbers[parent_id].e164[-_DIGITS:] if parent_id in numbers else "",
            },
        )
        for parent_id, own in part.silent.items()
    ]
    if news:
        tell_all(tx, news, tx.now)
    rounds.go_on(tx, at, part.cursor)
    return len(news)
