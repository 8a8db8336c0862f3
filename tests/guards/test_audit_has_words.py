"""Every deed that the code writes into the audit is told there in words, in three languages."""

import pytest

from bot.texts import LANGUAGES, texts_in
from bot.web.console.centre.audit_words import ABOUT, WHAT
from tests.guards.audited_names import names_of_deeds


def test_every_deed_in_the_audit_has_words_and_every_word_a_deed() -> None:
    written = names_of_deeds()

    assert {name: file for name, file in written.items() if name not in WHAT} == {}
    assert set(WHAT) - set(written) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_deeds_and_no_two_kinds_read_alike(language: str) -> None:
    t = texts_in(language)

    for words in (WHAT, ABOUT):
        said = [each(t) for each in words.values()]
        assert len(set(said)) == len(said)
        assert [each for each in said if not each.strip() or "{" in each] == []
