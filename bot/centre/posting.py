"""What staff put into a conversation: sent by its own channel, at once, as an answer is."""

from dataclasses import dataclass

from bot.clock import real_now
from bot.conversation.masking import masked
from bot.conversation.payloads import encode
from bot.conversation.remembered import session_of
from bot.conversation.reply import Operation, Outgoing, Screen
from bot.conversation.session import Session, stand
from domain.manner import Urgency
from storage import journal, messages
from storage.conversations import Entered
from storage.messages import OutgoingDraft
from storage.transaction import Transaction

SCREEN = "screen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A screen for a parent, and how the log has it: by whom of the staff, of which kind, in which words."""

    screen: Screen
    language: str
    staff_id: int
    kind: str = SCREEN
    copy: str | None = None
    notice_id: int | None = None


def post(tx: Transaction, chat: Entered, said: Said) -> int:
    """Put it into a conversation that is locked, to be delivered at once; the number of the message."""
    draft = OutgoingDraft(
        operation=Operation.SEND.value,
        kind=said.kind,
        text=masked(said.screen.text) if said.copy is None else said.copy,
        payload=encode(Outgoing(Operation.SEND, said.screen, language=said.language)),
        personal=True,
        cause=journal.by_staff(said.staff_id),
        due_at=real_now(),
        urgency=Urgency.ANSWER,
        notice_id=said.notice_id,
        state=stand(session_in(tx, chat)),
    )
    [message_id] = messages.log_outgoing(tx, chat.conversation_id, chat.channel, [draft], tx.now)
    return message_id


def session_in(tx: Transaction, chat: Entered) -> Session:
    """What a conversation that is locked remembers."""
    return session_of(tx, chat.conversation_id, chat.session, chat.step_token)
