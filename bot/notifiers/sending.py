"""Sending one message, and what its channel's answer means for it and for the channel."""

import time
from dataclasses import dataclass
from datetime import timedelta
from random import uniform

import structlog

from bot.clock import real_now
from bot.conversation.outbox import Posted
from bot.conversation.port import TryLater, Undeliverable, Unreachable
from bot.notifiers.lane import Lane
from storage.deliveries import TOO_LATE, Settled

MOST_TRIES = 40
"""With the pauses between them some four hours. What fails because its channel is down costs one try."""
MOST_BROKEN_TRIES = 3
"""Of a message that breaks our own code: it holds up what follows it in its chat."""
_LONGEST_PAUSE = timedelta(minutes=10)
_LONGEST_ERROR = 64
log = structlog.get_logger("delivery")


@dataclass(eq=False, slots=True)
class InHand:
    """A message that this process has leased. Instants are those of `time.monotonic`.

    Not sent after `deadline`, when somebody else may lease it; nor since `useless_at`.
    """

    posted: Posted
    urgency: int
    tries: int
    deadline: float
    useless_at: float | None = None

    def __lt__(self, other: "InHand") -> bool:
        mine, theirs = self.posted.message_id, other.posted.message_id
        return (self.urgency, mine) < (other.urgency, theirs)


async def send(lane: Lane, hand: InHand, worker: str) -> Settled:
    """Send it now; what became of it."""
    posted, now = hand.posted, time.monotonic()
    message_id = posted.message_id
    if hand.useless_at is not None and now >= hand.useless_at:
        return Settled.given_up(message_id, worker, TOO_LATE)
    if now >= hand.deadline:
        return Settled.put_back(message_id, worker)
    assert posted.outgoing is not None
    probing = lane.gate.probing
    try:
        external_id = await lane.sender.send(posted.to, posted.outgoing, message_id)
    except TryLater as fault:
        if fault.after is not None:
            lane.gate.answered()
            await lane.told_to_wait(posted.conversation_id, fault.after)
        elif fault.of_person:
            lane.gate.answered()
        else:
            lane.gate.failed()
        return tried(hand, worker, fault, counts=not (probing and hand.tries))
    except Unreachable as fault:
        lane.gate.answered()
        return Settled.failed(message_id, worker, f"unreachable: {fault}"[:_LONGEST_ERROR], True)
    except Undeliverable as fault:
        lane.gate.answered()
        log.error("undeliverable", channel=posted.channel, message=message_id)
        return Settled.failed(message_id, worker, str(fault)[:_LONGEST_ERROR])
    except Exception as fault:
        # A fault of one message must not stop the others.
        log.error("sending broke", channel=posted.channel, message=message_id, exc_info=True)
        return tried(hand, worker, TryLater(type(fault).__name__), MOST_BROKEN_TRIES)
    lane.gate.answered()
    return Settled.sent(message_id, worker, real_now(), external_id)


def tried(
    hand: InHand, worker: str, fault: TryLater, most_tries: int = MOST_TRIES, counts: bool = True
) -> Settled:
    """It failed for now: it is tried again after a pause, or given up where that was often enough."""
    message_id, tries = hand.posted.message_id, hand.tries + counts
    reason = str(fault)[:_LONGEST_ERROR]
    if tries >= most_tries:
        return Settled.given_up(message_id, worker, reason)
    pause = fault.after or min(_LONGEST_PAUSE, timedelta(seconds=2**tries)) * uniform(0.5, 1.0)
    return Settled.retry(message_id, worker, real_now() + pause, reason, int(counts))
