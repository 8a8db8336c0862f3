"""Erasing a parent: what is done at once, in the transaction that decides. The rest: erasures.py."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update

from domain import erasing
from domain.claim import Claim, ClaimKind
from domain.erasing import Concerned, Consequences
from domain.identity import Action
from domain.phone_change import refuse_barred
from storage import applications, erasures, forgetting, guardians, phone_changes
from storage.applications import Application
from storage.forgetting_children import forget_children, forget_files
from storage.forgetting_drafts import forget_drafts
from storage.forgetting_parent import forget_parent
from storage.guardians import Guardian
from storage.tables import application, claim, parent
from storage.transaction import Transaction
from storage.withdrawals import withdraw

_LOCK = select(parent.c.erased_at).where(parent.c.id == bindparam("parent")).with_for_update()
_CLAIMS = select(claim.c.state, claim.c.held_until).where(
    claim.c.child_id == bindparam("child"), claim.c.ended_at.is_(None)
)
_HAND_OVER = (
    update(application)
    .where(application.c.child_id == bindparam("child"), application.c.parent_id == bindparam("old"))
    .values(parent_id=bindparam("new"))
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an erasure would do: to the live applications, to the children, and who else is concerned.

    `left` are the children whom nobody else cares for; `shared` those of another parent, too, with that
    parent.
    """

    consequences: Consequences
    left: tuple[int, ...]
    shared: dict[int, int]

    @property
    def others(self) -> tuple[int, ...]:
        """The other parents, each once."""
        return tuple(dict.fromkeys(self.shared.values()))


def outlook(tx: Transaction, parent_id: int, *, locked: bool = False) -> Outlook:
    """What would become of what. Raises BarredAfterPhoneChange, SeatInHand.

    Erasing withdraws, so whatever bars withdrawing bars it, too.
    """
    refuse_barred(Action.WITHDRAW, phone_changes.undoable_of(tx, parent_id), tx.now)
    children = forgetting.children_of(tx, parent_id)
    shared = _shared(tx, parent_id, children, guardians.lock if locked else guardians.guardians_of)
    live = applications.live_of_parent(tx, parent_id)
    if locked:
        ids = sorted(each.id for each in live)
        live = [found for each in ids if (found := applications.lock(tx, each)) is not None]
    return Outlook(
        erasing.consequences([_concerned(tx, each, shared) for each in live], tx.now),
        tuple(each for each in children if each not in shared),
        shared,
    )


def erase(tx: Transaction, parent_id: int) -> Outlook | None:
    """Erase the parent; what it did. None: that was done before, nothing happens now.

    Withdraws what nobody else cares for, signs all accounts out, empties what names the parent and the
    children left alone, and writes down what remains to be tidied up. Raises as `outlook`, before
    anything is changed.
    """
    # Whoever is in the middle of a turn at another account of the parent is waited for.
    accounts = forgetting.lock_accounts(tx, parent_id)
    if tx.conn.execute(_LOCK, {"parent": parent_id}).scalar_one() is not None:
        return None
    seen = outlook(tx, parent_id, locked=True)
    for number in seen.consequences.withdrawn:
        found = applications.find_by_number(tx, number)
        assert found is not None
        withdraw(tx, found)
    forget_children(tx, parent_id, seen.left)
    for child_id, other in seen.shared.items():
        tx.conn.execute(_HAND_OVER, {"child": child_id, "old": parent_id, "new": other})
    forget_files(tx, parent_id, seen.left)
    forget_drafts(tx, [each.conversation_id for each in accounts])
    before, helped_in = forgetting.once_signed_in(tx, parent_id), forgetting.helped_in(tx, parent_id)
    forgetting.sign_out(tx, accounts)
    forget_parent(tx, parent_id)
    own = {*before, *(each.conversation_id for each in accounts)}
    _write_down(tx, parent_id, own, {*helped_in} - own, seen.left)
    return seen


def _write_down(
    tx: Transaction, parent_id: int, own: Iterable[int], helped_in: Iterable[int], left: Iterable[int]
) -> None:
    """What remains: the conversations of the parent's accounts, those of helpers, the children's IINs."""
    erasures.of_parent(tx, parent_id, tx.now)
    erasures.of_conversations(tx, parent_id, sorted(own), tx.now, own=True)
    erasures.of_conversations(tx, parent_id, sorted(helped_in), tx.now, own=False)
    erasures.of_children(tx, parent_id, left, tx.now)


def _shared(
    tx: Transaction,
    parent_id: int,
    children: Iterable[int],
    guardians_of: Callable[[Transaction, int], Iterable[Guardian]],
) -> dict[int, int]:
    """The children of another parent, too, with that parent."""
    found = {}
    for child_id in children:
        for each in guardians_of(tx, child_id):
            if each.parent_id != parent_id:
                found[child_id] = each.parent_id
    return found


def _concerned(tx: Transaction, each: Application, shared: Mapping[int, int]) -> Concerned:
    rows = tx.conn.execute(_CLAIMS, {"child": each.child_id})
    claims = tuple(
        Claim(ClaimKind(row.state), row.held_until if row.state == ClaimKind.HELD.value else None)
        for row in rows
    )
    return Concerned(each.number, each.status, each.child_id in shared, claims)
