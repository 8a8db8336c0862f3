"""From screens to rows of the log: what a turn sends, with its masked copy, sealed when it is personal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import real_now
from bot.conversation.masking import MASK
from bot.conversation.payloads import encode
from bot.conversation.reply import Letter, Operation, Outgoing, Screen, Sensitivity
from bot.conversation.session import stand
from bot.conversation.turn import Turn
from storage import messages
from storage.messages import OutgoingDraft, StoredMessage

SMS, MAIL = "sms", "email"


@dataclass(frozen=True, slots=True)
class Draft:
    """One thing to go out, with the copy of it that may stand in the log."""

    outgoing: Outgoing
    kind: str
    copy: str
    to: str | None = None
    useful_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A row that is to be delivered. `outgoing` is in hand when it is leased to the writer of the row, which
    it is until `lease_until`.
    """

    message_id: int
    conversation_id: int
    channel: str
    to: str
    outgoing: Outgoing | None
    lease_until: datetime | None = None

    @classmethod
    def of(cls, stored: StoredMessage) -> "Posted":
        """The row of an answer given before: for naming it, not for sending."""
        return cls(stored.id, stored.conversation_id, stored.channel, "", None)


def post(
    turn: Turn, drafts: Sequence[Draft], answers: int, worker: str | None, lease_until: datetime
) -> tuple[Posted, ...]:
    """Write what goes out to the person's own channel."""
    address = turn.incoming.address
    return _post(turn, address.channel, address.chat, drafts, answers, worker, lease_until)


def post_text_messages(
    turn: Turn, answers: int, worker: str | None, lease_until: datetime
) -> tuple[Posted, ...]:
    """Write the SMS and letters of this turn. Their text is secret, number and address are personal."""
    posted: tuple[Posted, ...] = ()
    for message in turn.text_messages:
        channel, letter = (MAIL, Letter(message.subject)) if message.subject is not None else (SMS, None)
        screen = Screen(message.text, sensitivity=Sensitivity.SECRET)
        outgoing = Outgoing(Operation.SEND, screen, language=turn.t.language, letter=letter)
        draft = Draft(outgoing, channel, MASK * 6, message.to, turn.now + message.useful_for)
        posted += _post(turn, channel, message.to, [draft], answers, worker, lease_until)
    return posted


def _post(
    turn: Turn,
    channel: str,
    to: str,
    drafts: Sequence[Draft],
    answers: int,
    worker: str | None,
    lease_until: datetime,
) -> tuple[Posted, ...]:
    if not drafts:
        return ()
    conversation_id = turn.person.conversation_id
    # What still waits of this chat goes first: then the worker takes these in their order, too.
    in_hand = worker is not None and not turn.person.waiting
    lease = (lease_until, worker) if in_hand else (None, None)
    rows = [_row(turn, draft, answers, *lease) for draft in drafts]
    ids = messages.log_outgoing(turn.tx, conversation_id, channel, rows, turn.now)
    return tuple(
        Posted(message_id, conversation_id, channel, to, draft.outgoing if in_hand else None, lease_until)
        for message_id, draft in zip(ids, drafts, strict=True)
    )


def _row(
    turn: Turn, draft: Draft, answers: int, lease_until: datetime | None, leased_by: str | None
) -> OutgoingDraft:
    return OutgoingDraft(
        operation=draft.outgoing.operation.value,
        kind=draft.kind,
        text=draft.copy,
        payload=encode(draft.outgoing, draft.to),
        personal=_is_personal(turn, draft.outgoing.screen),
        target_external_id=draft.outgoing.target,
        answers=answers,
        due_at=real_now(),
        lease_until=lease_until,
        leased_by=leased_by,
        useful_until=draft.useful_until,
        state=stand(turn.session),
    )


def _is_personal(turn: Turn, screen: Screen | None) -> bool:
    if screen is None:
        return False
    if screen.sensitivity is not Sensitivity.PLAIN:
        return True
    return any(value in screen.text or value in (screen.title or "") for value in turn.personal)
