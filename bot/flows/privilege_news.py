"""Telling a child's parents what became of a privilege, whoever answered: register, department, parent."""

from datetime import datetime
from typing import Any

from bot.flows.telling import tell
from domain.notice import Told
from domain.privilege import PrivilegeState
from storage import guardians, people
from storage.privilege_changes import PrivilegeChange
from storage.queue_places import place_of
from storage.transaction import Transaction

_KINDS = {
    PrivilegeState.UNDER_REVIEW: Told.PRIVILEGE_RECEIVED,
    PrivilegeState.CONFIRMED: Told.PRIVILEGE_CONFIRMED,
    PrivilegeState.REFUSED: Told.PRIVILEGE_REFUSED,
    PrivilegeState.LOST: Told.PRIVILEGE_LOST,
    PrivilegeState.DROPPED: Told.PRIVILEGE_DROPPED,
}


def tell_change(
    tx: Transaction,
    change: PrivilegeChange,
    at: datetime,
    *,
    by: int | None = None,
    here: int | None = None,
    reason: str = "",
) -> None:
    """Tell every parent of the child, with the class and the place that the application has now.

    `by` is the parent who did it, `here` the conversation in which that is on the screen; `reason` is
    what the department says to a refusal. An answer that was known already is told to nobody.
    """
    if not change.changed:
        return
    facts = _facts(tx, change) | ({"reason": reason} if reason else {})
    for each in guardians.guardians_of(tx, change.before.child_id):
        other = {"other": True} if by is not None and each.parent_id != by else {}
        tell(
            tx,
            each.parent_id,
            _KINDS[change.state],
            at,
            application_id=change.before.id,
            but_not_in=here,
            **facts,
            **other,
        )


def _facts(tx: Transaction, change: PrivilegeChange) -> dict[str, Any]:
    after = change.after.application
    stands = place_of(tx, after.id)
    until = change.privilege.privilege.object_until
    facts: dict[str, Any] = {
        "number": after.number,
        "child": people.name_of_child(tx, after.child_id),
        "privilege": change.privilege.code,
        "class": int(after.queue_class),
        "place": stands.place if stands is not None else None,
    }
    return facts | ({"until": until.isoformat()} if until is not None else {})
