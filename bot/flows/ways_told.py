"""By which ways parents can be told something: all that is asked about many of them, in a few statements."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.manner import Urgency
from domain.phone import Phone
from domain.ways import BY_MAIL, BY_SMS, MESSENGER, next_way
from storage import conversations, helpers, homes, mailboxes, people, phones
from storage.conversations import Reach
from storage.mailboxes import Mailbox
from storage.people import Notices
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class WaysTold:
    """Of each parent: the accounts that are reached, what was chosen, the phone for an SMS, the mailbox,
    the conversation in whose log SMS and letters stand, the helper.

    A phone and a mailbox only of those who may be told by them; a helper only of those who were asked about.
    """

    accounts: Mapping[int, list[Reach]]
    chosen: Mapping[int, Notices]
    phones: Mapping[int, Phone]
    mailboxes: Mapping[int, Mailbox]
    home: Mapping[int, int]
    helpers: Mapping[int, Reach]

    def way(self, parent_id: int, urgency: Urgency, tried: Collection[str] = ()) -> str | None:
        """By which way a parent is told; None where no way is left."""
        return next_way(self.chosen[parent_id].way, set(self._open(parent_id, urgency)), tried)

    def _open(self, parent_id: int, urgency: Urgency) -> Iterator[str]:
        if self.accounts[parent_id]:
            yield MESSENGER
        if parent_id not in self.home:
            return
        if parent_id in self.phones:
            yield BY_SMS
        mailbox = self.mailboxes.get(parent_id)
        if mailbox is not None and (urgency <= Urgency.CRITICAL or not mailbox.ended):
            yield BY_MAIL


def ways_of(
    tx: Transaction, parents: Collection[int], with_helpers: Collection[int], at: datetime
) -> WaysTold:
    """The ways of these parents, and of some of them the helpers, too."""
    every, chosen = conversations.accounts_of_each(tx, parents), people.notices_of_each(tx, parents)
    accounts = {parent_id: [each for each in all_of if each.reached] for parent_id, all_of in every.items()}
    others = [each for each in parents if not accounts[each] or chosen[each].way != MESSENGER]
    numbers = phones.first_reached(tx, others) if others else {}
    letters = mailboxes.of_each(tx, others) if others else {}
    signed_out = [each for each in others if not every[each] and (each in numbers or each in letters)]
    home = {parent_id: _home(all_of) for parent_id, all_of in every.items() if all_of}
    return WaysTold(
        accounts,
        chosen,
        numbers,
        letters,
        home | homes.of_each(tx, signed_out),
        helpers.reached_for_each(tx, with_helpers, at) if with_helpers else {},
    )


def ways_left(tx: Transaction, parent_id: int, at: datetime) -> WaysTold:
    """All the ways of one parent: for going on to the next."""
    ways = ways_of(tx, [parent_id], [], at)
    return WaysTold(
        ways.accounts,
        ways.chosen,
        phones.first_reached(tx, [parent_id]),
        mailboxes.of_each(tx, [parent_id]),
        ways.home,
        {},
    )


def _home(accounts: list[Reach]) -> int:
    return next((each for each in accounts if each.reached), accounts[0]).conversation_id
