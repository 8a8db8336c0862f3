"""A parent's phone is replaced, or one more is added: written down, and told to both numbers at once."""

from datetime import datetime

from bot.flows.circumstances import Circumstances
from bot.flows.phone_telling import tell_added, tell_changed, tell_taken_away, warn_replaced
from domain.errors import PhoneConfirmedAlready
from domain.identity import IinFacts, Shown
from domain.phone import Phone
from domain.phone_change import add_phone, change_phone
from storage import passwords, people, phone_changes, phones, vouchings
from storage.transaction import Transaction


def facts_of(tx: Transaction, parent_id: int) -> IinFacts:
    """What is known of a parent before somebody enters or changes a phone."""
    confirmed = frozenset(people.confirmed_phones(tx, parent_id))
    return IinFacts(confirmed, has_password=passwords.of_parent(tx, parent_id) is not None)


def put_phone(case: Circumstances, position: int, new: Phone, shown: Shown) -> None:
    """Put a phone in its place, instead of the one there if there is one; that one can undo it for 72 hours.

    Raises PhoneConfirmedAlready, ProofNeeded, PhonesMissing.
    """
    people.lock_parent(case.tx, case.parent_id)
    facts = facts_of(case.tx, case.parent_id)
    if new in facts.confirmed_phones:
        raise PhoneConfirmedAlready
    there = {each.position: each.number for each in phones.phones_of(case.tx, case.parent_id)}
    old = there.get(position)
    warn_replaced(case, new)
    if old is None:
        add_phone(new, facts, shown)
        _write(case, position, new, None)
        tell_added(case, new)
    elif phone_changes.history_of(case.tx, case.parent_id).is_on_trial(old, case.at):
        # It was added lately itself, perhaps by a thief: it has no say in what comes after it.
        change_phone(old, new, facts, shown, case.at)
        _write(case, position, new, None)
        tell_added(case, new)
        tell_taken_away(case, old)
    else:
        change = change_phone(old, new, facts, shown, case.at)
        _write(case, position, new, change.until)
        tell_changed(case, change)


def _write(case: Circumstances, position: int, new: Phone, undo_until: datetime | None) -> None:
    vouching = vouchings.of_contact(case.tx, case.contact_id)
    vouched = vouching if vouching is not None and vouching.phone == new else None
    phones.confirm_phone(
        case.tx,
        case.parent_id,
        position,
        new,
        case.at,
        undo_until=undo_until,
        vouched_by=case.contact_id if vouched else None,
        vouched_at=vouched.at if vouched else None,
    )
