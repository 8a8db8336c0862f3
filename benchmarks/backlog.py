"""Messages that wait to be sent, for the benches of the delivery."""

from datetime import timedelta

from bot.clock import real_now
from bot.conversation.payloads import encode
from bot.conversation.reply import Operation, Outgoing, Screen
from domain.manner import Urgency
from storage import conversations, messages
from storage.messages import OutgoingDraft
from storage.transaction import Transaction

FIRST_CHAT = 5_000_001
TEXT = "Your child's place in the queue has moved from 391 to 388: three applications ahead were withdrawn."


def write_backlog(tx: Transaction, first: int, chats: int, of_each: int) -> None:
    """Notices to so many chats, due now, in nobody's hand."""
    payload = encode(Outgoing(Operation.SEND, Screen(TEXT), language="en"))
    for number in range(first, first + chats):
        entered = conversations.enter(tx, "telegram", str(FIRST_CHAT + number))
        drafts = [
            OutgoingDraft(
                "send",
                "notice",
                TEXT,
                payload,
                due_at=real_now() - timedelta(seconds=1),
                urgency=Urgency.NORMAL,
            )
            for _ in range(of_each)
        ]
        messages.log_outgoing(tx, entered.conversation_id, "telegram", drafts, tx.now)
