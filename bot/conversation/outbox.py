"""From screens to rows of the log: the masked copy, the payload for delivery, sealed when it is personal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.clock import real_now
from bot.conversation.masking import MASK
from bot.conversation.reply import (
    Ask,
    Button,
    Held,
    Keys,
    Letter,
    Operation,
    Outgoing,
    Pin,
    Screen,
    Sensitivity,
)
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
    stands_at = stand(turn.session)
    rows = [
        OutgoingDraft(
            operation=draft.outgoing.operation.value,
            kind=draft.kind,
            text=draft.copy,
            payload=encode(draft.outgoing, draft.to),
            personal=_is_personal(turn, draft.outgoing.screen),
            target_external_id=draft.outgoing.target,
            answers=answers,
            due_at=real_now(),
            lease_until=lease_until if in_hand else None,
            leased_by=worker if in_hand else None,
            useful_until=draft.useful_until,
            state=stands_at,
        )
        for draft in drafts
    ]
    ids = messages.log_outgoing(turn.tx, conversation_id, channel, rows, turn.now)
    return tuple(
        Posted(message_id, conversation_id, channel, to, draft.outgoing if in_hand else None, lease_until)
        for message_id, draft in zip(ids, drafts, strict=True)
    )


def _is_personal(turn: Turn, screen: Screen | None) -> bool:
    if screen is None:
        return False
    if screen.sensitivity is not Sensitivity.PLAIN:
        return True
    return any(value in screen.text or value in (screen.title or "") for value in turn.personal)


@dataclass(frozen=True, slots=True)
class About:
    """What a message tells, for whoever looks whether it is still so before it goes.

    `things`: how many things that was when it was written. `for_helper_of`: the notice, where it goes to
    the helper of the parent whose notice it is. `to`: whom, when that is not the conversation's own address.
    """

    things: int = 1
    for_helper_of: int | None = None
    to: str | None = None


ONE_THING = About()


def about(raw: bytes) -> About | None:
    """Out of what `encode` has made; None where that can't be read."""
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(data, dict):
        return None
    return About(data.get("things", 1), data.get("for_helper_of"), data.get("to"))


def encode(outgoing: Outgoing, to: str | None = None, tells: About = ONE_THING) -> bytes:
    """What is to be delivered, as it is kept until then."""
    data: dict[str, Any] = {"operation": outgoing.operation, "language": outgoing.language}
    if tells.things != 1:
        data["things"] = tells.things
    if tells.for_helper_of is not None:
        data["for_helper_of"] = tells.for_helper_of
    if outgoing.remove_keyboard:
        data["remove_keyboard"] = True
    if outgoing.target:
        data["target"] = outgoing.target
    if outgoing.screen is not None:
        data["screen"] = outgoing.screen
    if outgoing.letter is not None:
        data["letter"] = outgoing.letter
    if to:
        data["to"] = to
    return orjson.dumps(data)


def decode(raw: bytes) -> tuple[Outgoing, str | None]:
    """What is to be delivered, and to whom when that is not the conversation's own address."""
    data = orjson.loads(raw)
    outgoing = Outgoing(
        Operation(data["operation"]),
        decode_screen(data["screen"]) if "screen" in data else None,
        data.get("target"),
        data["language"],
        data.get("remove_keyboard", False),
        Letter(**data["letter"]) if "letter" in data else None,
    )
    return outgoing, data.get("to")


def decode_screen(data: dict[str, Any]) -> Screen:
    """A screen out of its plain data."""
    rows = tuple(tuple(Button(**button) for button in row) for row in data["rows"])
    known = {
        "ask": Ask(data["ask"]) if data["ask"] else None,
        "keys": Keys(data.get("keys", Keys.LETTERS)),
        "sensitivity": Sensitivity(data["sensitivity"]),
        "pin": Pin(**data["pin"]) if data.get("pin") else None,
    }
    return Screen(**{**data, **known, "rows": rows, "held": _held(data.get("held"))})


def _held(data: dict[str, Any] | None) -> Held | None:
    if data is None:
        return None
    return Held(data["claim_id"], datetime.fromisoformat(data["until"]), tuple(data["actions"]))
