"""Fixtures of the conversation tests; they are shared with the guards."""

from tests.conversation.fixtures import house, kind, language, newcomer, parent, template

__all__ = ["house", "kind", "language", "newcomer", "parent", "template"]
