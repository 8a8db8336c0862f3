"""The words that an operator writes to a parent."""

from bot.conversation.cleaning import cleaned
from domain.errors import WordsBadLength


def require_words(text: str, longest: int) -> str:
    """The text as it is sent, tidied. Raises WordsBadLength for none, and for too many characters."""
    words = cleaned(text.replace("\r\n", "\n")).strip()
    if not 1 <= len(words) <= longest:
        raise WordsBadLength(len(words), 1, longest)
    return words
