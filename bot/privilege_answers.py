"""The answer of a privilege's proof, the register or the department: told and written into the journals."""

from collections.abc import Mapping

from bot.flows.concerned import parents_of
from bot.flows.privilege_news import tell_change
from domain.notice import Deed
from domain.privilege import PrivilegeState
from storage import journal
from storage.privilege_changes import PrivilegeChange
from storage.transaction import Transaction

_DEEDS: Mapping[PrivilegeState, Deed] = {
    PrivilegeState.CONFIRMED: Deed.PRIVILEGE_CONFIRMED,
    PrivilegeState.REFUSED: Deed.PRIVILEGE_REFUSED,
    PrivilegeState.LOST: Deed.PRIVILEGE_LOST,
}


def pass_on(
    tx: Transaction,
    change: PrivilegeChange | None,
    *,
    actor: str = journal.REGISTER,
    role: str = "",
    reason: str = "",
) -> bool:
    """Tell the child's parents what became of a privilege; whether that was anything.

    `actor` as journals name them, with the role of one of the staff; `reason` goes with a refusal, to
    the parents alone: a journal's lines name nobody.
    """
    if change is None or not change.changed:
        return False
    application = change.after.application
    data = {"privilege": change.privilege.code} | ({"role": role} if role else {})
    for parent_id in parents_of(tx, application.child_id, [application]):
        deed = _DEEDS[change.state]
        journal.note(tx, parent_id, actor, deed, tx.now, application_id=application.id, data=data)
    tell_change(tx, change, tx.now, reason=reason)
    return True
