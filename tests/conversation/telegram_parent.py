"""A person with Telegram: through the real webhook, against the fake Bot API server."""

import asyncio

import aiohttp
import orjson

from bot.web.telegram_webhook import SECRET_HEADER
from tests.conversation.person import Person, Shown
from tests.conversation.witness import Witness
from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_chat import Kept, Seen
from tests.fakes.bot_api_rules import Json


class TelegramParent(Person):
    """One account of Telegram."""

    channel = "telegram"

    def __init__(self, language: str, api: BotApi, chat_id: int, witness: Witness) -> None:
        super().__init__(language)
        self.api = api
        self.messenger = api.chat(chat_id, language_code=language)
        self.chat = str(chat_id)
        self._witness = witness
        self._last: Json = {}

    @property
    def heard(self) -> tuple[Shown, ...]:
        return tuple(_shown(seen) for seen in self.messenger.messages if not seen.mine)

    @property
    def own_words(self) -> tuple[str, ...]:
        return tuple(seen.text for seen in self.messenger.messages if seen.mine)

    async def says(self, text: str) -> None:
        await self._done(await self.messenger.says(text))

    async def _tap(self, shown: Shown, label: str) -> None:
        on = next(seen for seen in self.messenger.messages if str(seen.message_id) == shown.id)
        below = any(label in row for row in self.messenger.keyboard)
        await self._done(await self.messenger.taps(label, None if below else on))

    async def presses(self, action: str) -> None:
        # A message that is long gone where nothing was said yet.
        found = self.messenger.find(int(self.screen.id)) if self.heard else None
        message = found or Kept(self.api.new_message_id(), from_bot=True, date=self.api.now())
        query = self.api.new_callback(self.messenger)
        self.messenger.unanswered.add(query)
        body = {
            "id": query,
            "from": self.messenger.person(),
            "message": self.messenger.describe(message, {"id": 1, "is_bot": True, "first_name": "Bot"}),
            "chat_instance": self.chat,
            "data": action,
        }
        await self._done(self.api.publish(self.messenger, "callback_query", body))

    async def shares_location(self, latitude: float, longitude: float) -> None:
        await self._done(await self.messenger.shares_location(latitude, longitude))

    async def shares_phone(self, number: str, *, own: bool = True) -> None:
        """Share a contact card."""
        await self._done(await self.messenger.shares_phone(number, own=own))

    async def sends_photo(self, content: bytes) -> None:
        """Send a picture as such: it has no name."""
        await self._done(await self.messenger.sends_photo(content))

    async def sends_document(self, name: str, content: bytes) -> None:
        """Send a file."""
        await self._done(await self.messenger.sends_document(name, content))

    async def sends_file(self, name: str, content: bytes) -> None:
        await (self.sends_document(name, content) if name else self.sends_photo(content))

    async def sends(self, **content: object) -> None:
        """Send a sticker, anything."""
        await self._done(await self.messenger.sends(**content))

    async def repeats(self, *, at_once: int = 1) -> None:
        await self._deliver(*([self._last] * at_once))

    async def says_on_two_devices(self, *texts: str) -> None:
        # What waits in the server's line is pushed one after the other; these come side by side.
        webhook, self.api.updates.webhook = self.api.updates.webhook, None
        updates = [await self.messenger.says(text) for text in texts]
        self.api.updates.pending.clear()
        self.api.updates.webhook = webhook
        await self._deliver(*updates)
        await self.settled()

    async def _deliver(self, *updates: Json) -> None:
        webhook = self.api.updates.webhook
        assert webhook is not None
        headers = {"Content-Type": "application/json", SECRET_HEADER: webhook["secret_token"]}
        async with aiohttp.ClientSession(headers=headers) as client:

            async def push(update: Json) -> int:
                async with client.post(webhook["url"], data=orjson.dumps(update)) as answer:
                    return answer.status

            assert set(await asyncio.gather(*map(push, updates))) == {200}

    async def _done(self, update: Json) -> None:
        self._last = update
        await self.settled()

    async def reconnects(self) -> None:
        """Nothing to do: this messenger holds no line to the service."""

    async def leaves(self) -> None:
        """Nothing to close."""

    async def settled(self) -> None:
        """Every update is acknowledged, every reply is there, no button spins."""
        await self.api.settled()
        await self.waits(lambda: self._witness.all_arrived(self.channel, self.chat), "the replies to arrive")
        await self.waits(lambda: not self.messenger.unanswered, "the pressed button to stop spinning")


def _shown(seen: Seen) -> Shown:
    labels = tuple(label for row in seen.rows for label in row)
    place = seen.text.partition("\n")[0] if seen.place is not None else None
    return Shown(str(seen.message_id), seen.text, labels, place, seen.picture)
