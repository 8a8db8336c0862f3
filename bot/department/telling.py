"""What an officer did, in the journals of those concerned, and told to them."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.department.officer import Officer
from bot.flows.telling import tell
from domain.notice import Deed, Told
from storage import journal
from storage.transaction import Transaction


def pass_to(
    tx: Transaction,
    officer: Officer,
    parents: Iterable[int],
    deed: Deed,
    told: Told,
    *,
    application_id: int | None = None,
    journaled: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any],
) -> None:
    """Tell these parents `facts`, which may name people; their journals get `journaled`, which must not."""
    data = {"role": officer.role, **(journaled or {})}
    for parent_id in parents:
        journal.note(tx, parent_id, officer.actor, deed, tx.now, application_id=application_id, data=data)
        tell(tx, parent_id, told, tx.now, application_id=application_id, **facts)
