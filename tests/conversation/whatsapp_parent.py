"""A person with WhatsApp, before there is that channel: straight into the conversation."""

import asyncio
from itertools import count
from typing import Literal

from bot.conversation.incoming import (
    Address,
    Content,
    Incoming,
    Press,
    SharedFile,
    SharedLocation,
    SharedPhone,
    Text,
)
from bot.conversation.incoming import Unsupported as Unreadable
from bot.conversation.reply import Operation, Outgoing, Screen
from tests.conversation.person import Person, Shown
from tests.conversation.witness import Witness
from tests.fakes.fetcher import RememberedFiles


class RememberingSender:
    """Sends nothing and remembers every message, chat by chat."""

    channel = "whatsapp"

    def __init__(self) -> None:
        self.sent: dict[str, list[tuple[int, Screen]]] = {}

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        """Remember a screen; this channel can neither edit nor delete."""
        assert outgoing.operation is Operation.SEND
        assert outgoing.screen is not None
        self.sent.setdefault(chat, []).append((dedup_key, outgoing.screen))
        return f"wamid.{dedup_key}"


class WhatsAppParent(Person):
    """One account of WhatsApp."""

    channel = "whatsapp"

    def __init__(
        self,
        language: str,
        sender: RememberingSender,
        files: RememberedFiles,
        chat: str,
        witness: Witness,
    ) -> None:
        super().__init__(language)
        self.chat = chat
        self._sender = sender
        self._files = files
        self._witness = witness
        self._ids = count(1)
        self._said: list[str] = []
        self._last: Incoming | None = None

    @property
    def heard(self) -> tuple[Shown, ...]:
        return tuple(_shown(key, screen) for key, screen in self._sender.sent.get(self.chat, ()))

    @property
    def own_words(self) -> tuple[str, ...]:
        return tuple(self._said)

    async def says(self, text: str) -> None:
        self._said.append(text)
        await self.sends(Text(text))

    async def _tap(self, shown: Shown, label: str) -> None:
        screen = dict(self._sender.sent[self.chat])[int(shown.id)]
        action = next(button.action for button in screen.buttons if button.label == label)
        await self.sends(Press(action, f"wamid.{shown.id}"))

    async def presses(self, action: str) -> None:
        await self.sends(Press(action, "wamid.long-gone"))

    async def shares_location(self, latitude: float, longitude: float) -> None:
        await self.sends(SharedLocation(latitude, longitude))

    async def shares_phone(self, number: str, *, own: bool = True) -> None:
        """Share a contact card."""
        await self.sends(SharedPhone(number, vouched=own))

    async def sends_file(self, name: str, content: bytes) -> None:
        kind: Literal["photo", "document"] = "document" if name else "photo"
        await self.sends(SharedFile(self._files.send(content), kind, name, len(content)))

    async def sends_unreadable(self, kind: str) -> None:
        """Send a sticker, anything."""
        await self.sends(Unreadable(kind))

    async def sends(self, content: Content) -> None:
        """Send anything, as the conversation understands it."""
        self._last = self._incoming(content)
        await self._witness.take(self._last)
        await self.settled()

    async def repeats(self, *, at_once: int = 1) -> None:
        assert self._last is not None
        await asyncio.gather(*(self._witness.take(self._last) for _ in range(at_once)))
        await self.settled()

    async def says_on_two_devices(self, *texts: str) -> None:
        taken = (self._witness.take(self._incoming(Text(text))) for text in texts)
        await asyncio.gather(*taken)
        await self.settled()

    async def reconnects(self) -> None:
        """Nothing to do: this messenger holds no line to the service."""

    async def leaves(self) -> None:
        """Nothing to close."""

    async def settled(self) -> None:
        """Every reply is there."""
        await self.waits(lambda: self._witness.all_arrived(self.channel, self.chat), "the replies to arrive")

    def _incoming(self, content: Content) -> Incoming:
        external_id = f"wamid.in.{self.chat}.{next(self._ids)}"
        return Incoming(Address(self.channel, self.chat), external_id, content, language_hint=self.language)


def _shown(key: int, screen: Screen) -> Shown:
    text = f"{screen.title}\n\n{screen.text}" if screen.title else screen.text
    asked = (screen.ask_label,) if screen.ask and screen.ask_label else ()
    labels = (*asked, *(button.label for button in screen.buttons))
    # A message of its own kind there: the pin instead of the text.
    pin = screen.pin
    shown = f"{pin.name}\n{pin.address or pin.coordinates}" if pin is not None else text
    return Shown(str(key), shown, labels, pin.name if pin is not None else None, screen.picture)
