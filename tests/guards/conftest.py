"""The made-up world of the conversation tests."""

from tests.conversation.fixtures import address, template

__all__ = ["address", "template"]
