"""What staff did with a seat, told to the child's parents and written into their journals."""

from collections.abc import Mapping
from typing import Any

from bot.department.officer import Officer
from bot.department.telling import pass_to
from bot.flows.concerned import parents_of
from domain.notice import Deed, Told
from storage import applications
from storage.transaction import Transaction


def tell_parents(
    tx: Transaction, officer: Officer, application_id: int, deed: Deed, told: Told, facts: Mapping[str, Any]
) -> None:
    """Tell everybody who cares for the child; `number` of the application is added."""
    application = applications.find(tx, application_id)
    assert application is not None
    parents = parents_of(tx, application.child_id, [application])
    numbered = {"number": application.number, **facts}
    pass_to(tx, officer, parents, deed, told, application_id=application_id, facts=numbered)
