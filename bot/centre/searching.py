"""Finding people: by the number of an application or a referral, by an IIN, by a phone.

Whatever is out of reach is not found, as if it was not there. An IIN or a phone needs a reason, is counted,
and stands in the audit, whatever comes of it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from bot.centre import counting
from bot.department.officer import Officer, require_reason
from bot.flows.staff_entry import Audited
from domain.iin import Iin
from domain.phone import Phone
from domain.tries import SEARCHES_PER_STAFF
from storage import applications, guardians, look_up, people, phones, stated_reasons
from storage.centre import found_chats
from storage.centre.found_chats import FoundChat
from storage.look_up import Found
from storage.seats import referrals
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class People:
    """What was found: applications, and the chats of their parents."""

    applications: Sequence[Found] = ()
    chats: Sequence[FoundChat] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.applications or self.chats)


def by_number(tx: Transaction, number: int, within: Collection[int]) -> People:
    """The application of that number, or the one that the referral of that number is of."""
    issued = referrals.by_number(tx, number)
    found = [*look_up.by_number(tx, number, None)]
    if issued is not None:
        found += look_up.by_id(tx, issued.application_id, None)
    seen = _in_reach(found, within)
    parents = {parent for each in seen for parent in _parents_of(tx, each)}
    return People(seen, found_chats.of_parents(tx, parents, within))


def by_person(
    tx: Transaction,
    officer: Officer,
    wanted: Iin | Phone,
    reason: str,
    within: Collection[int],
    *,
    real_now: datetime,
) -> tuple[People, Audited]:
    """Whoever has this IIN or phone, and what the audit is to say. Raises ReasonBadLength, TooManyTries."""
    why = require_reason(reason)
    counting.count(tx, "searched", officer, SEARCHES_PER_STAFF, real_now)
    parents, children = _whose(tx, wanted)
    found = _people(tx, parents, children, within)
    if isinstance(wanted, Phone):
        found = People(found.applications, [*found.chats, *found_chats.vouched(tx, wanted, within)])
    about = _about(parents, children) if found.any else None
    # Nobody is to learn from the audit that there is somebody out of reach.
    parent_id = _with_whom_words_go(tx, parents, children) if found.any else None
    reason_id = stated_reasons.add(tx, officer.staff_id, parent_id, why, tx.now)
    by = "iin" if isinstance(wanted, Iin) else "phone"
    data = {"by": by, "found": found.any, "reason": str(reason_id)}
    return found, Audited(officer.actor, "searched", about, data)


def _whose(tx: Transaction, wanted: Iin | Phone) -> tuple[list[int], list[int]]:
    """The parents and the children."""
    if isinstance(wanted, Phone):
        return phones.find_by_phone(tx, wanted), []
    parent, child = people.find_parent_by_iin(tx, wanted), people.find_child_by_iin(tx, wanted)
    return [parent] if parent is not None else [], [child] if child is not None else []


def _people(
    tx: Transaction, parents: Sequence[int], children: Sequence[int], within: Collection[int]
) -> People:
    """The applications of both, and the chats of all their parents."""
    found = [each for parent in parents for each in _applications_of(tx, parent)]
    of_children = [
        each
        for child in children
        for one in applications.of_child(tx, child)
        for each in look_up.by_id(tx, one.id, None)
    ]
    seen = _in_reach([*found, *of_children], within)
    cared = {each.parent_id for child in children for each in guardians.guardians_of(tx, child)}
    applied = {parent for each in of_children for parent in _parents_of(tx, each)}
    return People(seen, found_chats.of_parents(tx, {*parents, *cared, *applied}, within))


def _applications_of(tx: Transaction, parent_id: int) -> Iterable[Found]:
    return [*look_up.of_parent(tx, parent_id), *look_up.archive_of_parent(tx, parent_id)]


def _parents_of(tx: Transaction, found: Found) -> list[int]:
    application = applications.find(tx, found.id)
    applied = [application.parent_id] if application is not None else []
    return [*applied, *(each.parent_id for each in guardians.guardians_of(tx, found.child_id))]


def _in_reach(found: Iterable[Found], within: Collection[int]) -> list[Found]:
    return list({each.id: each for each in found if each.territory_id in within}.values())


def _with_whom_words_go(tx: Transaction, parents: Sequence[int], children: Sequence[int]) -> int | None:
    """The parent with whose data a stated reason is erased: of a child one who applied or cares for it."""
    applied = (each.parent_id for child in children for each in applications.of_child(tx, child))
    cared = (each.parent_id for child in children for each in guardians.guardians_of(tx, child))
    return next(chain(parents, applied, cared), None)


def _about(parents: Sequence[int], children: Sequence[int]) -> str | None:
    if parents:
        return f"parent:{parents[0]}"
    return f"child:{children[0]}" if children else None
