"""Privileges that applications name."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert

from domain.policy_terms import PrivilegeRule
from domain.privilege import PrivilegeState
from storage.ids import new_id
from storage.tables import privilege
from storage.transaction import Transaction


def add_confirmed(tx: Transaction, privileges: Iterable[tuple[int, PrivilegeRule]], at: datetime) -> None:
    """Privileges that were asked for and confirmed at this instant: ids of applications, and the rules."""
    rows = [
        {
            "id": new_id(),
            "application_id": application_id,
            "kind": rule.code,
            "proof": rule.proof.value,
            "state": PrivilegeState.CONFIRMED.value,
            "asked_at": at,
            "decided_at": at,
            "created_at": at,
        }
        for application_id, rule in privileges
    ]
    if rows:
        tx.conn.execute(insert(privilege), rows)
