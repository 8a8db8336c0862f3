"""A parent's phone is replaced, or one more is added: written down, and told to both numbers at once."""

from datetime import datetime

from bot.conversation.turn import Turn
from bot.flows.phone_telling import tell_added, tell_changed
from domain.errors import PhoneConfirmedAlready
from domain.identity import IinFacts, Shown
from domain.phone import Phone
from domain.phone_change import add_phone, change_phone
from storage import passwords, people, phones, vouchings


def facts_of(turn: Turn, parent_id: int) -> IinFacts:
    """What is known of a parent before somebody enters or changes a phone."""
    confirmed = frozenset(people.confirmed_phones(turn.tx, parent_id))
    return IinFacts(confirmed, has_password=passwords.of_parent(turn.tx, parent_id) is not None)


def put_phone(turn: Turn, parent_id: int, position: int, new: Phone, shown: Shown) -> None:
    """Put a phone in its place, instead of the one there if there is one; that one can undo it for 72 hours.

    Raises PhoneConfirmedAlready, ProofNeeded, PhonesMissing.
    """
    people.lock_parent(turn.tx, parent_id)
    facts = facts_of(turn, parent_id)
    if new in facts.confirmed_phones:
        raise PhoneConfirmedAlready
    there = {each.position: each.number for each in phones.phones_of(turn.tx, parent_id)}
    old = there.get(position)
    if old is None:
        add_phone(new, facts, shown)
        _write(turn, parent_id, position, new, None)
        tell_added(turn, parent_id, new, *facts.confirmed_phones)
    else:
        change = change_phone(old, new, facts, shown, turn.now)
        _write(turn, parent_id, position, new, change.until)
        tell_changed(turn, parent_id, change)


def _write(turn: Turn, parent_id: int, position: int, new: Phone, undo_until: datetime | None) -> None:
    vouching = vouchings.of_contact(turn.tx, turn.person.contact_id)
    vouched = vouching is not None and vouching.phone == new
    phones.confirm_phone(
        turn.tx,
        parent_id,
        position,
        new,
        turn.now,
        undo_until=undo_until,
        vouched_by=turn.person.contact_id if vouched else None,
        vouched_at=vouching.at if vouching is not None and vouched else None,
    )
