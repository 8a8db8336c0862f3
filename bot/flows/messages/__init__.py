"""Messages: what a parent was told, and the parent's own journal [004]."""

from bot.flows.messages import inbox, journal, search

__all__ = ["inbox", "journal", "search"]
