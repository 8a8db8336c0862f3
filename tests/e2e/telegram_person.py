"""A person with Telegram, who does what a person with a browser does."""

from tests.e2e.service_process import PATIENCE_SECONDS
from tests.fakes.bot_api_chat import Chat


class TelegramPerson:
    """Somebody in a chat with the bot: taps what is there to be tapped, and waits for what is said."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat

    async def says(self, text: str) -> None:
        """Type something."""
        await self.chat.says(text)
        await self.chat.waits(seconds=PATIENCE_SECONDS)

    async def taps(self, label: str) -> None:
        """Tap a button of the newest message, once it is there."""
        await self.chat.waits(lambda chat: is_there(chat, label), PATIENCE_SECONDS)
        await self.chat.taps(label)
        await self.chat.waits(seconds=PATIENCE_SECONDS)

    async def presses(self, data: str) -> None:
        """Press a button that was never there."""
        await self.chat.presses(data)
        await self.chat.waits(seconds=PATIENCE_SECONDS)

    async def pressed_by(self, label: str) -> str:
        """What the newest button of this label sends, as its `action:argument:…`."""
        await self.chat.waits(lambda chat: is_there(chat, label), PATIENCE_SECONDS)
        keyboards = [(message.markup or {}).get("inline_keyboard", []) for message in self.chat.kept]
        sent = [
            each["callback_data"]
            for rows in keyboards
            for row in rows
            for each in row
            if each["text"] == label
        ]
        return str(sent[-1])

    async def sees(self, text: str) -> None:
        """Wait until we have said this."""
        await self.chat.waits(
            lambda chat: any(text in seen.text for seen in chat.messages if not seen.mine), PATIENCE_SECONDS
        )


def is_there(chat: Chat, label: str) -> bool:
    """A button of the newest message has this label, or one of the keyboard."""
    return any(label in row for row in (*chat.screen.rows, *chat.keyboard))
