"""The session of a conversation, opened."""

import structlog

from bot.conversation.session import Session, load, place_of
from storage.transaction import Transaction
from storage.vault import VaultError

log = structlog.get_logger("conversation")


def session_of(tx: Transaction, conversation_id: int, sealed: bytes | None, step: int) -> Session:
    """What the conversation remembers. What can't be opened is forgotten: the person begins anew."""
    if sealed is None:
        return load(None, step)
    try:
        return load(tx.vault.open_bytes(*place_of(conversation_id), sealed), step)
    except VaultError as fault:
        # As with what an older version wrote: nobody is shut out for ever.
        log.error("a session can't be opened", fault=type(fault).__name__)
        return load(None, step)
