"""What becomes of a privilege: claimed, answered by its proof, dropped, objected to.

Each keeps the application in the class that its privileges give it. The application is locked first:
a parent who drops a privilege and a register that answers for it at the same instant come one after
the other, and the second sees what the first did.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from domain.policy_terms import PrivilegeRule
from domain.privilege import Privilege, PrivilegeState, claimed, effective_class
from storage import applications, privileges
from storage.application_changes import Changed, set_class
from storage.applications import Application
from storage.privileges import Claimed
from storage.transaction import Transaction

LIVE = frozenset({PrivilegeState.UNDER_REVIEW, PrivilegeState.CONFIRMED})
"""The states in which a privilege is worth something, or may come to be."""

RECLASSIFIED_BY = {
    PrivilegeState.CONFIRMED: "privilege_confirmed",
    PrivilegeState.LOST: "privilege_lost",
    PrivilegeState.DROPPED: "privilege_dropped",
}
"""What the place journal says of a change of class."""


@dataclass(frozen=True, slots=True)
class PrivilegeChange:
    """What became of a privilege, and of the application's class with it.

    `was` is its state before, None for one that was only now claimed. `before` is the application as it
    was; `after.entered` tells the new place where the class changed and the application is in the queue.
    """

    privilege: Claimed
    was: PrivilegeState | None
    before: Application
    after: Changed

    @property
    def state(self) -> PrivilegeState:
        """Its state now."""
        return self.privilege.privilege.state

    @property
    def changed(self) -> bool:
        """Whether anything happened: an answer that was known already tells nobody anything."""
        return self.was is not self.state


def claim(
    tx: Transaction, application_id: int, rule: PrivilegeRule, *, confirmed: bool = False
) -> PrivilegeChange | None:
    """Name a privilege for an application; `confirmed` where its proof has said so already.

    Until then the application stays in the class it has. One that is under review or confirmed is not
    named twice; one that was refused, lost or dropped begins anew. None: there is no such application.
    """
    locked = applications.lock(tx, application_id)
    if locked is None:
        return None
    for known in privileges.of_application(tx, application_id):
        if known.code == rule.code and known.privilege.state in LIVE:
            return _answer(tx, locked, known, confirmed=True) if confirmed else _nothing(locked, known)
    new = claimed(rule, tx.now)
    if not confirmed:
        return PrivilegeChange(privileges.add(tx, application_id, new, tx.now), None, locked, Changed(locked))
    written = privileges.add(tx, application_id, new.answered(confirmed=True, now=tx.now), tx.now)
    return PrivilegeChange(written, None, locked, _in_its_class(tx, locked, PrivilegeState.CONFIRMED))


def answer(tx: Transaction, privilege_id: int, *, confirmed: bool) -> PrivilegeChange | None:
    """What its proof says: the register, or the department about a document.

    One that the parent has dropped stays dropped. None: there is no such privilege.
    """
    found = _locked(tx, privilege_id)
    return None if found is None else _answer(tx, *found, confirmed=confirmed)


def drop(tx: Transaction, privilege_id: int) -> PrivilegeChange | None:
    """The parent gives a privilege up; twice is once. None: there is no such privilege."""
    found = _locked(tx, privilege_id)
    return None if found is None else _change(tx, *found, lambda known: known.dropped(tx.now))


def object_to_loss(tx: Transaction, privilege_id: int) -> bool:
    """A parent objects to the loss of a privilege; False where that was done before.

    It changes nothing by itself: the department answers. Raises ObjectionTooLate when nothing was lost
    or the ten days are over.
    """
    found = _locked(tx, privilege_id)
    if found is None:
        return False
    _, known = found
    known.privilege.check_objection(tx.now)
    if known.objected_at is not None:
        return False
    privileges.write(tx, replace(known, objected_at=tx.now))
    return True


def _locked(tx: Transaction, privilege_id: int) -> tuple[Application, Claimed] | None:
    """The application, which nobody else can change now, and the privilege read after that."""
    known = privileges.find(tx, privilege_id)
    locked = applications.lock(tx, known.application_id) if known is not None else None
    if locked is None:
        return None
    fresh = privileges.find(tx, privilege_id)
    return None if fresh is None else (locked, fresh)


def _answer(tx: Transaction, locked: Application, known: Claimed, *, confirmed: bool) -> PrivilegeChange:
    return _change(tx, locked, known, lambda each: each.answered(confirmed=confirmed, now=tx.now))


def _change(
    tx: Transaction, locked: Application, known: Claimed, become: Callable[[Privilege], Privilege]
) -> PrivilegeChange:
    was, now = known.privilege, become(known.privilege)
    if now == was:
        return _nothing(locked, known)
    # A loss that comes later can be objected to again.
    objected_at = known.objected_at if now.state is was.state else None
    after = replace(known, privilege=now, objected_at=objected_at)
    privileges.write(tx, after)
    return PrivilegeChange(after, was.state, locked, _in_its_class(tx, locked, now.state))


def _nothing(locked: Application, known: Claimed) -> PrivilegeChange:
    return PrivilegeChange(known, known.privilege.state, locked, Changed(locked))


def _in_its_class(tx: Transaction, locked: Application, state: PrivilegeState) -> Changed:
    """The application in the class that all its privileges together give it."""
    known = privileges.of_application(tx, locked.id)
    queue_class = effective_class(each.privilege for each in known)
    return set_class(tx, locked, queue_class, cause=RECLASSIFIED_BY.get(state))
