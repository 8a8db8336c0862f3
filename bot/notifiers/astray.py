"""What waits may wait for somebody who is not there any more: an old number, an old mailbox, an account that
was signed out.

A notice is for a parent, and goes where the parent is now. What is for a number itself (a code, "this number
is no phone of the cabinet any more") is of no notice, and goes there whatever became of it. So is what tells
an account that it was signed out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversation.payloads import About
from domain.manner import Urgency
from domain.notice import Told
from domain.phone import Phone
from domain.ways import BY_MAIL, BY_SMS
from storage import helpers, mailboxes, phones
from storage.deliveries import Leased
from storage.notices import Together
from storage.transaction import Transaction

ANOTHER_NUMBER = "another number now"
ANOTHER_MAILBOX = "another mailbox now"
SIGNED_OUT = "signed out there"
HELPS_NO_MORE = "helps no more"
OUTDATED = "outdated"
"""Some of what it tells is not so any more."""
GOES_ANEW = frozenset({ANOTHER_NUMBER, ANOTHER_MAILBOX, SIGNED_OUT, OUTDATED})
"""Why a message was held back that may go by the same way once more, otherwise."""

_TOLD_THE_SIGNED_OUT = frozenset({Told.PHONE_CHANGE_UNDONE, Told.PHONE_ADDING_UNDONE})


@dataclass(frozen=True, slots=True)
class Notified:
    """A leased message of notices: what it tells, and what is known of them now."""

    leased: Leased
    tells: About
    together: Together

    @property
    def for_helper(self) -> bool:
        """It goes to the parent's helper."""
        return self.tells.for_helper_of is not None


def astray(tx: Transaction, some: Sequence[Notified]) -> dict[int, str]:
    """Why those of these messages that would go astray would, by their ids."""
    by_sms = {each.together.parent_id for each in some if each.leased.channel == BY_SMS}
    by_mail = {each.together.parent_id for each in some if each.leased.channel == BY_MAIL}
    numbers = phones.of_each(tx, by_sms) if by_sms else {}
    letters = mailboxes.of_each(tx, by_mail) if by_mail else {}
    found = {each.leased.message_id: _why(each, numbers, letters) for each in some}
    return {message_id: why for message_id, why in found.items() if why is not None}


def without_helper(tx: Transaction, some: Sequence[Notified]) -> set[int]:
    """The ids of those of these messages to helpers whose reader helps that parent no more."""
    helping = helpers.reached_for_each(tx, {each.together.parent_id for each in some}, tx.now)
    there = {parent_id: reach.conversation_id for parent_id, reach in helping.items()}
    return {
        each.leased.message_id
        for each in some
        if there.get(each.together.parent_id) != each.leased.conversation_id
    }


def _why(
    each: Notified, numbers: Mapping[int, set[Phone]], letters: Mapping[int, mailboxes.Mailbox]
) -> str | None:
    leased, parent_id = each.leased, each.together.parent_id
    match leased.channel:
        case way if way == BY_SMS:
            number = each.tells.to
            return None if number and Phone(number) in numbers.get(parent_id, set()) else ANOTHER_NUMBER
        case way if way == BY_MAIL:
            mailbox = letters.get(parent_id)
            goes_there = mailbox is not None and mailbox.address == each.tells.to
            ended = mailbox is not None and mailbox.ended and leased.urgency > Urgency.CRITICAL
            return None if goes_there and not ended else ANOTHER_MAILBOX
        case _:
            told_so = any(one.kind in _TOLD_THE_SIGNED_OUT for one in each.together.notices)
            return None if leased.account_of == parent_id or told_so else SIGNED_OUT
