"""A channel from which files can be fetched, without a channel."""

from bot.conversation.errand import ErrandFailed
from bot.uploads.verdict import LARGEST, Unfit


class RememberedFiles:
    """A Fetcher. `sent` is what people sent, by the name it is known by; `down`: nothing can be fetched."""

    def __init__(self) -> None:
        self.sent: dict[str, bytes] = {}
        self.down = False

    def send(self, content: bytes) -> str:
        """Send a file; the name it is known by."""
        ref = f"file-{len(self.sent) + 1}"
        self.sent[ref] = content
        return ref

    async def fetch(self, ref: str) -> bytes:
        """The bytes, as they were sent."""
        if self.down:
            raise ErrandFailed
        content = self.sent.get(ref)
        if content is None:
            raise Unfit("gone")
        if len(content) > LARGEST:
            raise Unfit("too_large")
        return content
