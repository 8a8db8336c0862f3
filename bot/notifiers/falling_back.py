"""What follows from a message that will not arrive: the next way is tried, and the dead one asked about.

A way is dead when the channel says so of the person, and not of the message: it is not used again until the
person is heard there. A notice goes by each way once, whatever comes back. Everything is written in the
transaction that settles the failure.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from bot.conversation.payloads import decode
from bot.flows.notices import sense
from bot.flows.phone_words import ending
from bot.flows.sending import Parcel, send_by
from bot.flows.telling import tell
from bot.flows.together import Said
from bot.flows.ways_told import ways_left
from bot.notifiers.astray import GOES_ANEW
from domain.manner import Urgency, may_be_sent_at
from domain.notice import Told
from domain.phone import Phone
from domain.ways import BY_MAIL, BY_SMS, TELLS_READING, way_of
from storage import conversations, mailboxes, notices, phones, sendings
from storage.sendings import Sending
from storage.settling import LOST, Settled
from storage.transaction import Transaction

AT_ONCE = 20
"""So many in one transaction: each is a few rows to write and to seal."""


class Question(NamedTuple):
    """What a parent is asked about a way that is dead."""

    parent_id: int
    kind: Told
    facts: dict[str, Any]


def fall_back(tx: Transaction, lost: Sequence[Settled]) -> None:
    """Go on with what will not arrive. To be handed to the delivery."""
    unreachable = {each.message_id for each in lost if each.unreachable}
    anew = {each.message_id for each in lost if each.error in GOES_ANEW}
    not_arrived(tx, sendings.read(tx, [each.message_id for each in lost]), unreachable, anew)


def not_arrived(
    tx: Transaction, lost: Sequence[Sending], unreachable: Collection[int], anew: Collection[int] = ()
) -> None:
    """The same; `unreachable` are those of these messages that have shown a way to be dead, `anew` those
    that were held back and may go by their way once more.
    """
    dead = [each for each in lost if each.message_id in unreachable]
    questions = [question for each in dead for question in _found_dead(tx, each)]
    # Another number of the parent's is another way.
    open_still = [
        each for each in lost if each.message_id in anew or (each in dead and each.channel == BY_SMS)
    ]
    for notice_id in sorted({each.notice_id for each in lost if each.notice_id is not None}):
        go_on(
            tx, notice_id, anew={way_of(each.channel) for each in open_still if each.notice_id == notice_id}
        )
    for asked in questions:
        tell(tx, asked.parent_id, asked.kind, tx.now, **asked.facts)


def unread(tx: Transaction) -> int:
    """Go on with what is critical and was not read in its time, where the channel tells; how many it was.

    What was lost meanwhile has gone on at once, and does not a second time.
    """
    due = sendings.take_awaited(tx, AT_ONCE)
    for each in due:
        if each.notice_id is not None and each.state not in LOST and not _may_be_read(each):
            go_on(tx, each.notice_id, in_spite_of_others=True)
    return len(due)


def go_on(
    tx: Transaction, notice_id: int, *, in_spite_of_others: bool = False, anew: Collection[str] = ()
) -> None:
    """Send a notice by the first way that was not tried yet, or once more by one of `anew`.

    Not where it is still on its way or has arrived by another account (by one of `anew`: if that was by the
    same way), unless `in_spite_of_others`; nor what was read, is not so any more, or can wait in the inbox.
    In quiet hours what is not critical waits for the morning.
    """
    found = notices.lock(tx, notice_id)
    if found is None or found.notice.read_at is not None:
        return
    sent = sendings.of_notices(tx, [notice_id])
    if not in_spite_of_others and _is_told(sent, anew):
        return
    parcel = _parcel(tx, found.parent_id, found.notice)
    if parcel is None:
        return
    ways = ways_left(tx, found.parent_id, tx.now)
    tried = {way_of(each.channel) for each in sent} - set(anew)
    way = ways.way(found.parent_id, parcel.going.urgency, tried)
    if way is not None and (way in anew or parcel.going.urgency is not Urgency.DIGEST):
        send_by(tx, way, parcel, ways, tx.now)


def _is_told(sent: Sequence[Sending], anew: Collection[str]) -> bool:
    """It has arrived, or is on its way; what goes anew by a way, by that one."""
    there = {way_of(each.channel) for each in sent if each.arrived or each.state == "pending"}
    return bool(there.intersection(anew) if anew else there)


def _parcel(tx: Transaction, parent_id: int, leading: notices.Notice) -> Parcel | None:
    """What is still so of the notices that went out with this one."""
    together = [leading, *notices.sent_with(tx, parent_id, leading.id)]
    some = [Said(each.kind, each.data) for each in sense.still_so(tx, together)]
    if not some:
        return None
    parcel = Parcel(parent_id=parent_id, notice_id=leading.id, some=some)
    return replace(parcel, waits=may_be_sent_at(parcel.going.urgency, tx.now) - tx.now)


def _may_be_read(sending: Sending) -> bool:
    """It was, or nobody can tell: the channel does not, or the person wrote since."""
    if not sending.arrived or sending.state == "read":
        return sending.arrived
    heard_since = sending.last_heard_at is not None and sending.last_heard_at > sending.at
    return sending.channel not in TELLS_READING or heard_since


def _found_dead(tx: Transaction, sending: Sending) -> Iterator[Question]:
    match way_of(sending.channel):
        case way if way == BY_SMS:
            if (number := _to(sending)) is not None:
                for parent_id in phones.found_dead(tx, Phone(number)):
                    yield Question(parent_id, Told.NUMBER_LOST, {"phone": ending(Phone(number))})
        case way if way == BY_MAIL:
            address, owner = _to(sending), sending.parent_id
            if address and owner is not None and mailboxes.came_back(tx, owner, address):
                yield Question(owner, Told.MAILBOX_LOST, {})
        case _:
            new = conversations.found_unreachable(tx, sending.contact_id)
            if new and sending.parent_id is not None:
                yield Question(sending.parent_id, Told.ACCOUNT_LOST, {"channel": sending.channel})


def _to(sending: Sending) -> str | None:
    """The number or the address that it went to."""
    return decode(sending.payload)[1] if sending.payload else None
