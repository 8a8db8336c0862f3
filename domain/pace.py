"""How fast a channel may be sent to: so many in any one second, and so many to one chat.

The limits are the channels' own (Telegram: about 30 a second for a bot, one a second for a chat, where short
bursts are let pass). Instants are seconds of whichever clock all who send together share. A message that was
given an instant is sent at it or up to `TOLERANCE` later, never after that: so what is sent stays within the
limits although nothing is ever sent at the very instant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

SECOND = 1.040
"""What counts for a second: what is sent late must not come too near to what is sent in time."""
TOLERANCE = 0.020
SLACK = 0.008
"""An instant that is past by less is still given: who asks is always a little late, and must not lose it."""
HORIZON = 0.150
"""So far ahead instants are given: long enough to be handed over in time, too short to be felt."""

Chat = TypeVar("Chat")


@dataclass(frozen=True, slots=True)
class Pace:
    """The limits of one channel: messages a second in all and to one chat, `burst` of which may come at once.

    A burst is for answers alone: somebody presses and looks at the screen.
    """

    per_second: int
    per_second_of_chat: float
    burst: int = 1

    @property
    def chat_pause(self) -> float:
        """Seconds from one message to the next of a chat."""
        return SECOND / self.per_second_of_chat


class Asked(NamedTuple, Generic[Chat]):
    """Somebody has a message for a chat. `answer`: the person waits for it."""

    chat: Chat
    answer: bool


class Given(NamedTuple):
    """The instant at which it may be sent; or None, and when to ask again. `of_chat`: for its chat's sake."""

    at: float | None
    again_at: float
    of_chat: bool = False


@dataclass(slots=True)
class Sent(Generic[Chat]):
    """What was sent lately: the newest instants that were given, and since when each chat is free."""

    newest: list[float] = field(default_factory=list)
    chats: dict[Chat, float] = field(default_factory=dict)


def give(
    pace: Pace, sent: Sent[Chat], asked: Sequence[Asked[Chat]], now: float, held_until: float = 0
) -> list[Given]:
    """An instant for each that may be sent within the horizon, first come, first served.

    No second holds more than `pace` allows. Answers may use up at once what is left of a second; all else is
    spread evenly, so that there is always something left for an answer. `sent` is brought up to date.
    """
    return [_give(pace, sent, each, now, held_until) for each in asked]


def _give(pace: Pace, sent: Sent[Chat], asked: Asked[Chat], now: float, held_until: float) -> Given:
    free_at = sent.chats.get(asked.chat, 0.0)
    ahead = (pace.burst - 1) * pace.chat_pause if asked.answer else 0.0
    chat_at = free_at - ahead
    if chat_at > now + HORIZON:
        return Given(None, chat_at - HORIZON / 2, of_chat=True)
    at = max(now - SLACK, _next(pace, sent.newest, spread=not asked.answer), chat_at, held_until)
    if at > now + HORIZON:
        return Given(None, at - HORIZON / 2)
    sent.newest.append(at)
    del sent.newest[: -pace.per_second]
    sent.chats[asked.chat] = max(free_at, at) + pace.chat_pause
    return Given(at, at)


def _next(pace: Pace, newest: Sequence[float], *, spread: bool) -> float:
    """When the channel may be sent to again. Instants are given in their order."""
    if not newest:
        return 0.0
    whole = newest[0] + SECOND if len(newest) >= pace.per_second else 0.0
    return max(whole, newest[-1] + (SECOND / pace.per_second if spread else 0.0))


def still_busy(chats: Mapping[Chat, float], now: float) -> dict[Chat, float]:
    """Those chats of which something has to be remembered."""
    return {chat: free_at for chat, free_at in chats.items() if free_at > now}
