import pytest

from bot.flows.file_faults import FAULTS, MEGABYTES, PAGES, PORTRAIT, fault_words
from bot.texts import texts_in
from bot.uploads import verdict

T = texts_in("en")
TRY_AGAIN = "I could not look at the file just now. Please send it again in a minute."


def test_each_fault_has_words_of_its_own() -> None:
    said = [fault_words(T, fault) for fault in FAULTS]

    assert len(set(said)) == len(said)
    assert TRY_AGAIN not in said


@pytest.mark.parametrize("failure", [None, "timeout", "unavailable", "a fault of a later version"])
def test_a_file_that_could_not_be_looked_at_is_worth_another_try(failure: str | None) -> None:
    assert fault_words(T, failure) == T(TRY_AGAIN)


def test_who_sends_a_portrait_is_not_offered_a_pdf() -> None:
    assert "PDF" in fault_words(T, "wrong_kind")
    assert "PDF" not in fault_words(T, "wrong_kind", PORTRAIT)


def test_words_and_limits_are_those_of_the_look() -> None:
    limits = (MEGABYTES * 2**20, PAGES)

    assert FAULTS.keys() == verdict.FAULTS
    assert limits == (verdict.LARGEST, verdict.MOST_PAGES)
