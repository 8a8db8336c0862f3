"""A person who plays by what is seen and tapped, whatever the messenger."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.texts import Texts, texts_in
from tests.conversation.waiting import until


@dataclass(frozen=True)
class Shown:
    """A message of ours as the person sees it. `id` is the channel's name for it.

    `place` is what a place on the map is called there, `picture` the address of what is shown above.
    """

    id: str
    text: str
    labels: tuple[str, ...] = ()
    place: str | None = None
    picture: str | None = None


class Person(ABC):
    """Somebody with a messenger. `language` is the one their labels are looked up in by `t`.

    Every act returns once the reply is on the screen. `channel` and `chat` are where the bot knows them.
    """

    channel: str
    chat: str

    def __init__(self, language: str) -> None:
        self.language = language

    @property
    def t(self) -> Texts:
        """The product's words in this person's language."""
        return texts_in(self.language)

    @property
    @abstractmethod
    def heard(self) -> tuple[Shown, ...]:
        """All of our messages that are in the chat now, oldest first."""

    @property
    def screen(self) -> Shown:
        """The newest message of ours."""
        if not self.heard:
            raise AssertionError("nothing was said yet")
        return self.heard[-1]

    @property
    def sees(self) -> str:
        """The text of the newest message, its title first."""
        return self.screen.text

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands on the buttons of the newest message, in reading order."""
        return self.screen.labels

    def named(self, *messages: str) -> tuple[str, ...]:
        """These labels of the catalogue in this person's language."""
        return tuple(self.t(each) for each in messages)

    @property
    @abstractmethod
    def own_words(self) -> tuple[str, ...]:
        """The person's own messages that are still readable in the chat."""

    @abstractmethod
    async def says(self, text: str) -> None:
        """Type a text and send it."""

    def reads(self, message: str, **values: object) -> bool:
        """Whether the newest message says this sentence of the catalogue, in this person's language."""
        return self.t(message, **values) in self.sees

    def __repr__(self) -> str:
        return f"<{self.channel} {self.language} sees:\n{self.screen.text}\n{self.screen.labels}>"

    async def taps(self, label: str, on: Shown | None = None) -> None:
        """Press the button of that label, on the newest message or on the one given.

        The label is named as the catalogues name it, or as it stands there.
        """
        shown = on or self.screen
        if label not in shown.labels:
            label = self.t(label)
        if label not in shown.labels:
            raise AssertionError(f"no button {label!r}, only {shown.labels} under:\n{shown.text}")
        await self._tap(shown, label)

    @abstractmethod
    async def _tap(self, shown: Shown, label: str) -> None:
        """Press a button that is there."""

    @abstractmethod
    async def presses(self, action: str) -> None:
        """Press a button that the bot never gave out: forged, or of an older version."""

    @abstractmethod
    async def shares_location(self, latitude: float, longitude: float) -> None:
        """Share a point on the map, in degrees."""

    @abstractmethod
    async def sends_file(self, name: str, content: bytes) -> None:
        """Send a picture or a document under a name; without one, as messengers send photos."""

    @abstractmethod
    async def repeats(self, *, at_once: int = 1) -> None:
        """The last act comes again, with the same id: so often, all at once."""

    @abstractmethod
    async def says_on_two_devices(self, *texts: str) -> None:
        """Different messages of one account, sent at the same instant."""

    @abstractmethod
    async def reconnects(self) -> None:
        """The service was started anew: do what the messenger then does by itself."""

    @abstractmethod
    async def leaves(self) -> None:
        """Close the messenger."""

    async def hears(self, message: str, **values: object) -> None:
        """Wait until the newest message says this sentence of the catalogue."""
        words = self.t(message, **values)
        await self.waits(lambda: bool(self.heard) and words in self.sees, f"{words!r} to be said")

    async def waits(self, condition: Callable[[], Any], what: str) -> None:
        """Wait for a condition; when it never holds, fail with what is seen."""
        try:
            await until(condition, what)
        except AssertionError as failed:
            seen = "\n---\n".join(shown.text for shown in self.heard[-3:])
            raise AssertionError(f"{failed}; seen last:\n{seen}") from None
