"""Privileges that applications name, as they are written down.

`asked_at` is when the proof last confirmed it, `decided_at` since when it is confirmed, refused or
dropped, `lost_at` since when it is lost. The rule is not copied into the row: it is the one that the
territory's policy had when the privilege was claimed. What follows for the application's class is
`privilege_changes`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from domain.application import QueueClass
from domain.errors import NoPolicyInForce
from domain.policy import Policy
from domain.policy_terms import PrivilegeRule, Proof
from domain.privilege import Privilege, PrivilegeState
from storage import policies
from storage.ids import new_id
from storage.prepared import Prepared
from storage.tables import application, privilege
from storage.transaction import Transaction

_USUAL = Policy()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A privilege of an application. `objected_at`: a parent objected to its loss."""

    id: int
    application_id: int
    claimed_at: datetime
    privilege: Privilege
    objected_at: datetime | None = None

    @property
    def code(self) -> str:
        """Which one: its code in the policy."""
        return self.privilege.rule.code


_READ = (
    select(
        privilege.c.id,
        privilege.c.application_id,
        privilege.c.kind,
        privilege.c.proof,
        privilege.c.state,
        privilege.c.asked_at,
        privilege.c.decided_at,
        privilege.c.lost_at,
        privilege.c.created_at,
        privilege.c.objected_at,
        application.c.territory_id,
    )
    .join(application, application.c.id == privilege.c.application_id)
    .order_by(privilege.c.created_at, privilege.c.id)
)
_OF_APPLICATION = Prepared(_READ.where(privilege.c.application_id == bindparam("application")))
_ONE = _READ.where(privilege.c.id == bindparam("privilege"))
_ADD = insert(privilege)


def of_application(tx: Transaction, application_id: int) -> list[Claimed]:
    """All privileges an application ever named, the oldest first."""
    return [_claimed(tx, row) for row in _OF_APPLICATION.all(tx, {"application": application_id})]


def find(tx: Transaction, privilege_id: int) -> Claimed | None:
    """One privilege, whosever it is."""
    row = tx.conn.execute(_ONE, {"privilege": privilege_id}).one_or_none()
    return None if row is None else _claimed(tx, row)


def add(tx: Transaction, application_id: int, named: Privilege, at: datetime) -> Claimed:
    """Write down a privilege that an application names now."""
    privilege_id = new_id()
    row = {
        "id": privilege_id,
        "application_id": application_id,
        "kind": named.rule.code,
        "proof": named.rule.proof.value,
        "created_at": at,
    }
    tx.conn.execute(_ADD, row | _state_of(named))
    return Claimed(privilege_id, application_id, at, named)


def write(tx: Transaction, claimed: Claimed) -> None:
    """Write down what became of a privilege."""
    changed = _state_of(claimed.privilege) | {"objected_at": claimed.objected_at}
    tx.conn.execute(update(privilege).where(privilege.c.id == claimed.id).values(**changed))


def add_confirmed(tx: Transaction, privileges: Iterable[tuple[int, PrivilegeRule]], at: datetime) -> None:
    """Privileges that were asked for and confirmed at that instant: ids of applications, and the rules."""
    for application_id, rule in privileges:
        add(tx, application_id, Privilege(rule, PrivilegeState.CONFIRMED, at, confirmed_at=at), tx.now)


def _state_of(named: Privilege) -> dict[str, Any]:
    decided = named.state in (PrivilegeState.CONFIRMED, PrivilegeState.REFUSED, PrivilegeState.DROPPED)
    values: dict[str, Any] = {"state": named.state.value, "asked_at": named.confirmed_at}
    if decided:
        values["decided_at"] = named.since
    if named.state is PrivilegeState.LOST:
        values |= {"lost_at": named.since, "object_until": named.object_until}
    return values


def _claimed(tx: Transaction, row: Any) -> Claimed:
    state = PrivilegeState(row.state)
    since = {PrivilegeState.UNDER_REVIEW: row.created_at, PrivilegeState.LOST: row.lost_at}
    rule = _rule(tx, row.territory_id, row.kind, Proof(row.proof), row.created_at)
    known = Privilege(rule, state, since.get(state) or row.decided_at or row.created_at, row.asked_at)
    return Claimed(row.id, row.application_id, row.created_at, known, row.objected_at)


def _rule(tx: Transaction, territory_id: int, code: str, proof: Proof, at: datetime) -> PrivilegeRule:
    """The rule in force when it was claimed. One that no policy knows any more gives no class."""
    try:
        policy = policies.in_force(tx, territory_id, at)
    except NoPolicyInForce:
        policy = _USUAL
    return policy.privilege(code) or _USUAL.privilege(code) or PrivilegeRule(code, QueueClass.GENERAL, proof)
