"""Sees every turn and every screen: no turn may end in silence, no screen may break a channel's limits.

But where an operator talks with somebody (`spoken_with`, by channel and chat), the bot may say nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable

from bot.conversation.incoming import ErrandDone, Incoming
from bot.conversation.limits import PROFILES
from bot.conversation.port import Sender, Taken, TakesIncoming
from bot.conversation.reply import Outgoing, Screen
from tests.conversation.measuring import faults_of


class Witness:
    """What was taken, what was answered, what arrived. `faults` are for a developer's eyes."""

    def __init__(self, conversation: Callable[[], TakesIncoming]) -> None:
        self._conversation = conversation
        self._answers: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._arrived: dict[int, str] = {}
        self.taken: list[tuple[Incoming, Taken]] = []
        self.screens: list[Screen] = []
        self.faults: list[str] = []
        self.spoken_with: set[tuple[str, str]] = set()

    async def take(self, incoming: Incoming) -> Taken:
        """Play a turn and remember what came of it."""
        taken = await self._conversation().take(incoming)
        self.taken.append((incoming, taken))
        address = incoming.address
        if not taken.duplicate:
            self._answers[address.channel, address.chat] |= set(taken.answers)
            if not (taken.answers or self._may_be_silent(incoming)):
                self.faults.append(f"silence after {incoming.content}")
        return taken

    def _may_be_silent(self, incoming: Incoming) -> bool:
        where = (incoming.address.channel, incoming.address.chat)
        return isinstance(incoming.content, ErrandDone) or where in self.spoken_with

    def saw(self, channel: str, outgoing: Outgoing) -> None:
        """A screen is on its way: measure it against every messenger, whichever it goes to."""
        if outgoing.screen is None or channel not in PROFILES:
            return
        self.screens.append(outgoing.screen)
        self.faults += faults_of(outgoing.screen, PROFILES.values())

    def arrived(self, channel: str, message_id: int) -> None:
        """A message reached its channel."""
        self._arrived[message_id] = channel

    def all_arrived(self, channel: str, chat: str) -> bool:
        """Everything that was answered in a chat has reached its channel: the chat, or a phone by SMS."""
        return self._answers[channel, chat] <= self._arrived.keys()

    def shown_in(self, channel: str, chat: str) -> set[int]:
        """The rows of the log that answered a chat and reached the chat itself."""
        return {each for each in self._answers[channel, chat] if self._arrived.get(each) == channel}

    def effects(self, channel: str, chat: str) -> Counter[bool]:
        """How many turns of a chat had an effect (False) and how many were duplicates (True)."""
        return Counter(
            taken.duplicate
            for incoming, taken in self.taken
            if (incoming.address.channel, incoming.address.chat) == (channel, chat)
        )


class Watched:
    """A sender, watched."""

    def __init__(self, sender: Sender, witness: Witness) -> None:
        self.channel = sender.channel
        self._sender = sender
        self._witness = witness

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        """Measure it, send it, note that it arrived."""
        self._witness.saw(self.channel, outgoing)
        external_id = await self._sender.send(chat, outgoing, dedup_key)
        self._witness.arrived(self.channel, dedup_key)
        return external_id
