"""Showing in full what is masked everywhere: for a reason, counted, audited, and seen by the parents."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.centre import counting
from bot.department.officer import Officer, require_reason
from bot.flows.concerned import parents_of
from bot.flows.staff_entry import Audited
from domain.iin import Iin
from domain.notice import Deed
from domain.tries import REVEALED_PER_STAFF
from storage import applications, guardians, journal, people, phones, stated_reasons
from storage.centre import whose
from storage.transaction import Transaction


class Hidden(str, Enum):
    """What can be shown in full."""

    IIN = "iin"
    """The parent's, or the number of the identity document in its stead [004]."""
    CHILD_IIN = "child_iin"
    PHONE = "phone"


class NotThere(Exception):
    """This chat's parent has no such number: its id was guessed, or it was changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """The number in full, and what the audit is to say."""

    value: str = field(repr=False)
    audited: Audited


@dataclass(frozen=True, slots=True)
class _Found:
    value: str = field(repr=False)
    shown: str
    about: str
    parents: Sequence[int]


def reveal(
    tx: Transaction,
    officer: Officer,
    conversation_id: int,
    what: Hidden,
    of_id: int | None,
    reason: str,
    *,
    real_now: datetime,
) -> Revealed:
    """Show a number of the chat's parent; `of_id` names the child, or the row of the phone.

    The caller has seen to it that the chat is within the officer's reach. Each parent concerned reads in
    the journal who looked and why. Raises NotThere, ReasonBadLength, TooManyTries.
    """
    why = require_reason(reason)
    found = _found(tx, conversation_id, what, of_id)
    counting.count(tx, "revealed", officer, REVEALED_PER_STAFF, real_now)
    reasons = [_note(tx, officer, each, found.shown, why) for each in found.parents]
    data = {"shown": found.shown, "conversation": str(conversation_id), "reason": str(reasons[0])}
    return Revealed(found.value, Audited(officer.actor, "revealed", found.about, data))


def _found(tx: Transaction, conversation_id: int, what: Hidden, of_id: int | None) -> _Found:
    chat = whose.chat(tx, conversation_id)
    if chat is None or chat.parent_id is None:
        raise NotThere
    parent_id, about = chat.parent_id, f"parent:{chat.parent_id}"
    match what:
        case Hidden.IIN:
            key = people.key_of_parent(tx, parent_id)
            if isinstance(key, Iin):
                return _Found(key.digits, "iin", about, [parent_id])
            return _Found(key.number, "document", about, [parent_id])
        case Hidden.PHONE:
            return _Found(_phone(tx, parent_id, of_id), "phone", about, [parent_id])
        case Hidden.CHILD_IIN:
            return _child(tx, parent_id, of_id)


def _phone(tx: Transaction, parent_id: int, phone_id: int | None) -> str:
    for each in phones.phones_of(tx, parent_id):
        if each.id == phone_id:
            return each.number.e164
    raise NotThere


def _child(tx: Transaction, parent_id: int, child_id: int | None) -> _Found:
    live = applications.live_of_parent(tx, parent_id)
    own = {each.child_id for each in live} | {each.child_id for each in guardians.children_of(tx, parent_id)}
    if child_id is None or child_id not in own:
        raise NotThere
    parents = parents_of(tx, child_id, [each for each in live if each.child_id == child_id])
    # The chat's own parent first: it is their entry that the audit tells the reason from.
    in_order = list(dict.fromkeys([parent_id, *parents]))
    return _Found(people.iin_of_child(tx, child_id).digits, "child_iin", f"child:{child_id}", in_order)


def _note(tx: Transaction, officer: Officer, parent_id: int, shown: str, why: str) -> int:
    reason_id = stated_reasons.add(tx, officer.staff_id, parent_id, why, tx.now)
    data = {"role": officer.role, "shown": shown}
    journal.note(tx, parent_id, officer.actor, Deed.REVEALED, tx.now, data=data, reason_id=reason_id)
    return reason_id
