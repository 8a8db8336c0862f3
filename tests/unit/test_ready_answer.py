"""Blanks of answers kept ready: which there are, which are none, and what is filled in."""

import pytest

from domain.errors import ReadyAnswerFault, ReadyAnswerRefused
from domain.ready_answer import Blank, blanks_in, filled


def test_blanks_are_found_once_each_in_their_order() -> None:
    text = "{place} of {queue_size}, I said {place}"

    assert blanks_in(text) == (Blank.PLACE, Blank.QUEUE_SIZE)


def test_a_text_without_braces_has_none() -> None:
    assert blanks_in("Come at nine.") == ()


@pytest.mark.parametrize("name", ["plaice", "", " place", "PLACE", "0", "place!r", "place.real"])
def test_what_is_not_on_the_list_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(ReadyAnswerRefused) as refused:
        blanks_in(f"Your {{{name}}}", "kk")

    assert refused.value == ReadyAnswerRefused(ReadyAnswerFault.UNKNOWN_BLANK, name, "kk")


@pytest.mark.parametrize("text", ["{", "}", "{place", "place}", "{{place}}", "{place{number}}"])
def test_a_brace_that_is_left_open_is_refused(text: str) -> None:
    with pytest.raises(ReadyAnswerRefused) as refused:
        blanks_in(text)

    assert refused.value == ReadyAnswerRefused(ReadyAnswerFault.BRACES)


def test_what_is_not_known_stays_in_its_braces() -> None:
    text = "{place} of {queue_size}"

    assert filled(text, {Blank.PLACE: "7"}) == "7 of {queue_size}"


def test_what_is_filled_in_is_not_looked_through_again() -> None:
    assert filled("{kindergarten}", {Blank.KINDERGARTEN: "{place}", Blank.PLACE: "7"}) == "{place}"
