"""One browser for all of these tests, a fresh visitor for each."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.e2e.person import Person, person
from tests.e2e.person import browser as running_browser

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser belongs to one event loop, so that all tests here run in it."""
    for item in items:
        if item.path.is_relative_to(HERE) and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium."""
    async with running_browser() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def parent(browser: Browser) -> AsyncIterator[Person]:
    """A person with a telephone; at the end the browser must have had nothing to complain of."""
    async with person(browser) as somebody:
        yield somebody
        assert somebody.troubles == []
