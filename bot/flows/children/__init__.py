"""The children a parent cares for: the list, one of them, one more [004]."""

from bot.flows.children import add, one, overview

__all__ = ["add", "one", "overview"]
