"""Text messages to phones."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.port import Undeliverable
from bot.conversation.reply import Operation, Outgoing

CHANNEL = "sms"
REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class SentSms:
    """A message as its phone would have shown it. `to` is E.164."""

    at: datetime
    to: str
    text: str

    def to_data(self) -> dict[str, object]:
        """The message as JSON can write it."""
        return {"at": self.at.isoformat(timespec="seconds"), "to": self.to, "text": self.text}


class RememberedSms:
    """Sends nothing and remembers the newest messages: for the demo and for tests.

    A message handed in twice (the delivery is at least once) is remembered once.
    """

    channel = CHANNEL

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._sent: dict[int, SentSms] = {}
        self._order: deque[int] = deque()

    @property
    def sent(self) -> tuple[SentSms, ...]:
        """What would have been sent, newest last."""
        return tuple(self._sent[key] for key in self._order)

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        """Remember it; `chat` is the phone. Raises Undeliverable for what an SMS can't be."""
        text = sms_text(outgoing)
        if dedup_key not in self._sent:
            self._sent[dedup_key] = SentSms(self._now(), chat, text)
            self._order.append(dedup_key)
            while len(self._order) > REMEMBERED:
                del self._sent[self._order.popleft()]
        return str(dedup_key)


class NoSms:
    """A service that was told of no SMS gateway: nobody is reached this way, and no number is at fault."""

    channel = CHANNEL

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        """Raises Undeliverable."""
        raise Undeliverable("no SMS gateway")


def sms_text(outgoing: Outgoing) -> str:
    """What a phone shows of it: the words alone. Raises Undeliverable when there are none."""
    screen = outgoing.screen
    if outgoing.operation is not Operation.SEND or screen is None:
        raise Undeliverable(outgoing.operation.value)
    return f"{screen.title}\n{screen.text}" if screen.title else screen.text
