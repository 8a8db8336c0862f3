"""The house of the conversation tests, and databases of both kinds."""

from tests.conversation.fixtures import house, template
from tests.integration.conftest import postgresql, postgresql_template, postgresql_url

__all__ = ["house", "postgresql", "postgresql_template", "postgresql_url", "template"]
