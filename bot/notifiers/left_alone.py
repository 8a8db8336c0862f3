"""Chats that a channel has asked to leave alone for a while: nothing goes there, however urgent it is."""

from datetime import datetime

_MANY = 10_000


class LeftAlone:
    """Of one channel in this process. Instants are the machine's."""

    def __init__(self) -> None:
        self._until: dict[int, datetime] = {}

    def leave(self, conversation_id: int, until: datetime, now: datetime) -> None:
        """Nothing goes to this chat before `until`."""
        if len(self._until) >= _MANY:
            self._until = {chat: free_at for chat, free_at in self._until.items() if free_at > now}
        self._until[conversation_id] = until

    def until(self, conversation_id: int, now: datetime) -> datetime | None:
        """When something may go there again; None where it may now."""
        free_at = self._until.get(conversation_id)
        if free_at is None or now < free_at:
            return free_at
        del self._until[conversation_id]
        return None
