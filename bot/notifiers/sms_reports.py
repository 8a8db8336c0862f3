"""What the SMS gateway tells later of a message: it arrived, or it will not. Twice and in any order."""

from dataclasses import dataclass
from typing import Literal

from bot.conversation.outbox import decode
from bot.notifiers.falling_back import not_arrived
from bot.ports.sms import CHANNEL
from domain.phone import Phone
from storage import phones, receipts, sendings
from storage.sendings import Sending
from storage.transaction import Transaction


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
    message_id = sendings.named(tx, CHANNEL, report.name)
    if message_id is None:
        return False
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
