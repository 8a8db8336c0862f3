"""The made-up world of the conversation tests."""

from tests.conversation.fixtures import template

__all__ = ["template"]
