"""Giving a question to somebody who can answer it: by language and territory, whoever has least to do."""

from dataclasses import replace
from datetime import datetime

from storage.centre import duty
from storage.centre.contact_centres import centre_of
from storage.centre.line import ASSIGNED, OPEN, HelpRequest, keep
from storage.transaction import Transaction


def assign(tx: Transaction, request: HelpRequest, really: datetime) -> HelpRequest:
    """Give a question of the pool, which is locked, to one on duty; how it stands then.

    It stays in the pool when the contact centre is closed, or nobody on duty speaks the language.
    """
    if request.state != OPEN or not centre_of(tx, request.territory_id, tx.now).opening.is_open(tx.now):
        return request
    on_duty = duty.on_duty(tx, request.territory_id, really)
    chosen = next((each for each in on_duty if request.language in each.languages), None)
    return request if chosen is None else give(tx, request, chosen.staff_id)


def give(tx: Transaction, request: HelpRequest, staff_id: int) -> HelpRequest:
    """Put a question, which is locked, into somebody's hands from now on."""
    return keep(tx, replace(request, state=ASSIGNED, assigned_to=staff_id, assigned_at=tx.now))


def to_pool(tx: Transaction, request: HelpRequest) -> HelpRequest:
    """Put a question, which is locked, back for anybody to take."""
    return keep(tx, replace(request, state=OPEN, assigned_to=None, assigned_at=None))
