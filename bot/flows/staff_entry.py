"""The third way in: staff saw the identity document of whoever sits at an account ("Who is who", ours).

The console asks for it; every use stands in the parent's journal and in the audit.
"""

from dataclasses import dataclass
from typing import Any

from bot.flows.circumstances import Circumstances
from bot.flows.phone_changing import facts_of, put_phone
from domain.identity import Shown, enter
from domain.notice import Deed, Told
from domain.phone import Phone
from storage import conversations, people
from storage.phones import CONTACT_PHONE


@dataclass(frozen=True, slots=True)
class Audited:
    """What the audit is to say: who did what about whom, if anybody. Nothing in it names a person."""

    actor: str
    what: str
    about: str | None
    data: dict[str, Any]


def let_in(
    case: Circumstances, *, role: str, reason: str, new: Phone | None = None, new_was_shown: bool = False
) -> Audited:
    """Make the account the parent's; with `new` also put a phone in the place of the contact phone.

    `new_was_shown`: a code to it was answered. `reason` is what staff wrote down, e.g. which document.
    Raises PhonesMissing for a new phone that was not shown, PhoneConfirmedAlready.
    """
    tx = case.tx
    people.lock_parent(tx, case.parent_id)
    way = enter(facts_of(tx, case.parent_id), Shown(staff_saw_document=True))
    conversations.update_contact(tx, case.contact_id, parent_id=case.parent_id, signed_in_at=case.at)
    case.note(Deed.SIGNED_IN, way=way.value, role=role, account=case.contact_id)
    case.tell(Told.SIGNED_IN, channel=case.channel, when=case.at.isoformat())
    if new is not None:
        codes = frozenset({new}) if new_was_shown else frozenset()
        put_phone(case, CONTACT_PHONE, new, Shown(codes_from=codes, staff_saw_document=True))
    data = {"way": way.value, "role": role, "reason": reason, "phone_changed": new is not None}
    return Audited(case.actor, "let_in", f"parent:{case.parent_id}", data)
