"""How a conversation stands at this moment: where the bot is, who of the staff is on it."""

from dataclasses import dataclass

from bot.centre import stands
from bot.conversation import session as sessions
from bot.web.console.visit import Visit
from storage.centre.chat import Chat, logins
from storage.transaction import Transaction
from storage.vault import VaultError


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """`stand` is what the bot waits for, "" for nothing; `driver` talks in its stead; `mine`: it is me."""

    stand: str
    driver: str
    mine: bool


def situation_of(tx: Transaction, visit: Visit, chat: Chat) -> Situation:
    """All of it, in the reader's language."""
    driver = chat.driver_at(tx.now)
    names = logins(tx, {driver} if driver is not None else set())
    return Situation(
        stand=_stand(tx, visit, chat),
        driver=names.get(driver, "") if driver is not None else "",
        mine=driver == visit.who.staff_id,
    )


def _stand(tx: Transaction, visit: Visit, chat: Chat) -> str:
    if chat.session is None:
        return ""
    try:
        raw = tx.vault.open_bytes(*sessions.place_of(chat.id), chat.session)
    except VaultError:
        # The bot begins anew with such a one, too.
        return ""
    return stands.in_words(visit.t, sessions.stand(sessions.load(raw, chat.step_token)))
