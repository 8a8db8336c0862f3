"""The look at files without a process of its own, for tests that look at many."""

import asyncio

from bot.uploads.look import look
from bot.uploads.verdict import Fit, Purpose


class QuickLook:
    """LooksAtFiles in a thread."""

    async def look(self, content: bytes, name: str, purpose: Purpose) -> Fit:
        """The file drawn anew. Raises Unfit."""
        return await asyncio.to_thread(look, content, name, purpose)
