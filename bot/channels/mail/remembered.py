"""Letters that are carried nowhere: for the demo and for tests."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter as its mailbox would have got it."""

    at: datetime
    letter: EmailMessage = field(repr=False)

    @property
    def to(self) -> str:
        """Whose mailbox."""
        return str(self.letter["To"])

    @property
    def text(self) -> str:
        """What a program without HTML shows."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """What the others show."""
        return self._part("html")

    @property
    def papers(self) -> list[str]:
        """The names of what is attached."""
        return [each.get_filename() or "" for each in self.letter.iter_attachments()]

    def to_data(self) -> dict[str, object]:
        """The letter as JSON can write it."""
        return {
            "at": self.at.isoformat(timespec="seconds"),
            "to": self.to,
            "subject": str(self.letter["Subject"]),
            "text": self.text,
            "html": self.html,
            "attachments": self.papers,
            "unsubscribe": str(self.letter.get("List-Unsubscribe", "")).strip("<>") or None,
        }

    def _part(self, kind: str) -> str:
        part = self.letter.get_body((kind,))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")


class RememberedMail:
    """A Carrier that remembers the newest letters; one that is handed in twice, once."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._sent: dict[str, SentLetter] = {}
        self._order: deque[str] = deque()

    @property
    def sent(self) -> tuple[SentLetter, ...]:
        """What would have been sent, newest last."""
        return tuple(self._sent[name] for name in self._order)

    async def carry(self, letter: EmailMessage) -> None:
        """Remember it."""
        name = str(letter["Message-ID"])
        if name in self._sent:
            return
        self._sent[name] = SentLetter(self._now(), letter)
        self._order.append(name)
        while len(self._order) > REMEMBERED:
            del self._sent[self._order.popleft()]
