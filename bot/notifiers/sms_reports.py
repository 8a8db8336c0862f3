"""What the SMS gateway tells later of a message: it arrived, or it will not. Twice and in any order.

A gateway that begins its names anew has used one before: the report is of the message that waits for one.
Where several wait under one name nobody can say of which it is. It is not guessed: a number would be taken
for dead that is not, or a message for arrived that is lost.
"""

from dataclasses import dataclass
from typing import Literal

import structlog

from bot.conversation.payloads import decode
from bot.notifiers.falling_back import not_arrived
from bot.ports.sms import CHANNEL
from domain.phone import Phone
from storage import phones, receipts, sendings
from storage.sendings import Sending
from storage.transaction import Transaction

log = structlog.get_logger("delivery")


@dataclass(frozen=True, slots=True)
class Report:
    """`name` is the gateway's of the message, or ours where it gave none."""

    name: str
    state: Literal["delivered", "failed"]
    error: str | None = None


def take(tx: Transaction, report: Report) -> bool:
    """Write it down, and what follows: a failed one shows a number to be dead, an arrived one to be alive.

    False where no message has that name: it may not be written down yet.
    """
    named = sendings.named(tx, CHANNEL, report.name)
    if len(named.untold) > 1:
        log.warning("one name of several messages", channel=CHANNEL, messages=named.untold)
    if len(named.untold) != 1:
        return bool(named.every)
    [message_id] = named.untold
    if receipts.receive(tx, CHANNEL, report.name, report.state, tx.now, report.error):
        [sending] = sendings.read(tx, [message_id])
        if report.state == "failed":
            not_arrived(tx, [sending], {message_id})
        else:
            _alive(tx, sending)
    return True


def _alive(tx: Transaction, sending: Sending) -> None:
    number = decode(sending.payload)[1] if sending.payload else None
    if number is not None:
        phones.found_alive(tx, tx.vault.blinds("phone", Phone(number).e164))
