"""Writing to somebody outside of a turn of theirs: into another conversation, to a phone or a mailbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import real_now
from bot.conversation.masking import without
from bot.conversation.outbox import MAIL, SMS
from bot.conversation.payloads import ONE_THING, About, encode
from bot.conversation.reply import Letter, Operation, Outgoing, Screen, Sensitivity
from domain.manner import Urgency
from domain.ways import READ_WITHIN
from storage import messages
from storage.conversations import Reach
from storage.messages import Addressed, OutgoingDraft
from storage.transaction import Transaction

NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Going:
    """How something goes out: how pressing, of which notice, until when it is of use at all, how long it
    waits before, and what it tells.
    """

    urgency: Urgency = Urgency.NORMAL
    notice_id: int | None = None
    useful_until: datetime | None = None
    waits: timedelta = timedelta(0)
    tells: About = ONE_THING

    @property
    def next_way_after(self) -> timedelta | None:
        """How long it is waited until somebody has read it; None: it is not waited for."""
        waited_for = self.notice_id is not None and self.urgency is Urgency.CRITICAL
        return READ_WITHIN if waited_for else None


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
    messages.log_addressed(tx, [for_conversation(reach, screen, language, personal, going)], at)


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
    addressed = for_phone(conversation_id, phone, text, language, personal, going)
    messages.log_addressed(tx, [addressed], at)


def for_conversation(
    reach: Reach, screen: Screen, language: str, personal: frozenset[str], going: Going
) -> Addressed:
    """What `post_to_conversation` puts into the log, to be put there together with more."""
    payload = encode(Outgoing(Operation.SEND, screen, language=language), None, going.tells)
    draft = _draft(NOTICE, without(_whole(screen), personal), payload, going)
    return Addressed(reach.conversation_id, reach.channel, draft)


def for_phone(
    conversation_id: int, phone: str, text: str, language: str, personal: frozenset[str], going: Going
) -> Addressed:
    """The same for `post_to_phone`."""
    screen = Screen(text, sensitivity=Sensitivity.PERSONAL)
    payload = encode(Outgoing(Operation.SEND, screen, language=language), phone, going.tells)
    draft = _draft(SMS, without(text, personal | {phone}), payload, going)
    return Addressed(conversation_id, SMS, draft)


def for_mailbox(
    conversation_id: int,
    address: str,
    letter: Letter,
    text: str,
    language: str,
    personal: frozenset[str],
    going: Going,
) -> Addressed:
    """A letter to an e-mail address, in the log of a conversation that it belongs to."""
    screen = Screen(text, sensitivity=Sensitivity.PERSONAL)
    outgoing = Outgoing(Operation.SEND, screen, language=language, letter=letter)
    payload = encode(outgoing, address, going.tells)
    return Addressed(conversation_id, MAIL, _draft(MAIL, without(text, personal | {address}), payload, going))


def _draft(kind: str, text: str, payload: bytes, going: Going) -> OutgoingDraft:
    return OutgoingDraft(
        operation=Operation.SEND.value,
        kind=kind,
        text=text,
        payload=payload,
        personal=True,
        due_at=real_now() + going.waits,
        cause=NOTICE,
        urgency=going.urgency,
        notice_id=going.notice_id,
        useful_until=going.useful_until,
        next_way_after=going.next_way_after,
    )


def _whole(screen: Screen) -> str:
    text = f"{screen.title}\n{screen.text}" if screen.title else screen.text
    labels = " · ".join(button.label for button in screen.buttons)
    return f"{text}\n[{labels}]" if labels else text
