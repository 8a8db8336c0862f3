"""Writing to somebody outside of a turn of theirs: into another conversation, or to a phone."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import real_now
from bot.conversation.masking import without
from bot.conversation.outbox import SMS, encode
from bot.conversation.reply import Operation, Outgoing, Screen, Sensitivity
from domain.manner import Urgency
from storage import messages
from storage.conversations import Reach
from storage.messages import OutgoingDraft
from storage.transaction import Transaction

NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Going:
    """How something goes out: how pressing, of which notice, and until when it is of use at all."""

    urgency: Urgency = Urgency.NORMAL
    notice_id: int | None = None
    useful_until: datetime | None = None


AS_USUAL = Going()


def post_to_conversation(
    tx: Transaction,
    reach: Reach,
    screen: Screen,
    language: str,
    personal: frozenset[str],
    at: datetime,
    going: Going = AS_USUAL,
) -> None:
    """Put a screen into a conversation; whoever delivers finds it in the log."""
    draft = OutgoingDraft(
        operation=Operation.SEND.value,
        kind=NOTICE,
        text=without(_whole(screen), personal),
        payload=encode(Outgoing(Operation.SEND, screen, language=language)),
        personal=True,
        due_at=real_now(),
        cause=NOTICE,
        urgency=going.urgency,
        notice_id=going.notice_id,
        useful_until=going.useful_until,
    )
    messages.log_outgoing(tx, reach.conversation_id, reach.channel, [draft], at)


def post_to_phone(
    tx: Transaction,
    conversation_id: int,
    phone: str,
    text: str,
    language: str,
    at: datetime,
    personal: frozenset[str] = frozenset(),
    going: Going = AS_USUAL,
) -> None:
    """Put an SMS to a phone (E.164) into the log of a conversation that it belongs to, `personal` masked."""
    screen = Screen(text, sensitivity=Sensitivity.PERSONAL)
    draft = OutgoingDraft(
        operation=Operation.SEND.value,
        kind=SMS,
        text=without(text, personal | {phone}),
        payload=encode(Outgoing(Operation.SEND, screen, language=language), phone),
        personal=True,
        due_at=real_now(),
        cause=NOTICE,
        urgency=going.urgency,
        notice_id=going.notice_id,
        useful_until=going.useful_until,
    )
    messages.log_outgoing(tx, conversation_id, SMS, [draft], at)


def _whole(screen: Screen) -> str:
    text = f"{screen.title}\n{screen.text}" if screen.title else screen.text
    labels = " · ".join(button.label for button in screen.buttons)
    return f"{text}\n[{labels}]" if labels else text
