"""Fixtures of the conversation tests; they are shared with the guards."""

from zlib import crc32

import pytest

from bot.texts import LANGUAGES
from tests.conversation.fixtures import address, house, kind, language, newcomer, parent, template
from tests.conversation.house import KINDS

__all__ = ["address", "house", "kind", "language", "newcomer", "parent", "template"]


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Who asks for every messenger and every language gets each of them once, in pairs.

    Every screen is measured against the limits of all channels wherever it is shown, so nine plays find
    no more than three. Which goes with which differs from test to test.
    """
    if not {"kind", "language"} <= set(metafunc.fixturenames):
        return
    if any(
        {"kind", "language"} & set(_names(mark)) for mark in metafunc.definition.iter_markers("parametrize")
    ):
        return
    languages = list(LANGUAGES)
    turned = crc32(metafunc.function.__name__.encode()) % len(languages)
    pairs = zip(KINDS, languages[turned:] + languages[:turned], strict=True)
    metafunc.definition.add_marker(pytest.mark.parametrize(("kind", "language"), list(pairs)))


def _names(mark: pytest.Mark) -> list[str]:
    names = mark.args[0]
    return [each.strip() for each in names.split(",")] if isinstance(names, str) else list(names)
