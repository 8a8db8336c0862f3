"""Giving a question to somebody who can answer it: by language and territory, whoever has least to do."""

from dataclasses import replace
from datetime import datetime

from storage.centre import duty
from storage.centre.contact_centres import centre_of
from storage.centre.line import ASSIGNED, OPEN, HelpRequest, keep, lock_live
from storage.transaction import Transaction


def assign(tx: Transaction, conversation_id: int, really: datetime) -> int | None:
    """Give the question of a conversation, out of the pool, to one on duty; whom.

    None, and it stays in the pool: the contact centre is closed, or nobody on duty speaks the language.
    """
    live = lock_live(tx, conversation_id)
    if live is None or live.state != OPEN:
        return None
    if not centre_of(tx, live.territory_id, tx.now).opening.is_open(tx.now):
        return None
    able = (each for each in duty.on_duty(tx, live.territory_id, really) if live.language in each.languages)
    chosen = next(able, None)
    if chosen is None:
        return None
    give(tx, live, chosen.staff_id)
    return chosen.staff_id


def give(tx: Transaction, request: HelpRequest, staff_id: int) -> HelpRequest:
    """Put a question, which is locked, into somebody's hands from now on."""
    return keep(tx, replace(request, state=ASSIGNED, assigned_to=staff_id, assigned_at=tx.now))


def to_pool(tx: Transaction, request: HelpRequest) -> HelpRequest:
    """Put a question, which is locked, back for anybody to take."""
    return keep(tx, replace(request, state=OPEN, assigned_to=None, assigned_at=None))
