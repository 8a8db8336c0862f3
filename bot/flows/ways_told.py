"""By which ways parents can be told something: all that is asked about many of them, in a few statements."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.phone import Phone
from storage import conversations, helpers, people, phones
from storage.conversations import Reach
from storage.people import Notices
from storage.transaction import Transaction

MESSENGER, BY_SMS, BY_MAIL = "messenger", "sms", "email"
WAYS = (MESSENGER, BY_SMS, BY_MAIL)


@dataclass(frozen=True, slots=True)
class WaysTold:
    """Of each parent: the accounts, what was chosen, the phone for an SMS, the helper.

    A phone only of those who chose the SMS and have an account; a helper only of those who were asked about.
    """

    accounts: Mapping[int, list[Reach]]
    chosen: Mapping[int, Notices]
    phones: Mapping[int, Phone]
    helpers: Mapping[int, Reach]


def ways_of(
    tx: Transaction, parents: Collection[int], with_helpers: Collection[int], at: datetime
) -> WaysTold:
    """The ways of these parents, and of some of them the helpers, too."""
    accounts, chosen = conversations.of_parents(tx, parents), people.notices_of_each(tx, parents)
    by_sms = [each for each in parents if accounts[each] and chosen[each].way == BY_SMS]
    return WaysTold(
        accounts,
        chosen,
        phones.first_phones(tx, by_sms) if by_sms else {},
        helpers.reached_for_each(tx, with_helpers, at) if with_helpers else {},
    )
