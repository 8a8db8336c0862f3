"""The parent's profile [004]: who it is, where they live, how they are told; the photo."""

from bot.flows.profile import address, changes, mail, name, overview, photo

__all__ = ["address", "changes", "mail", "name", "overview", "photo"]
