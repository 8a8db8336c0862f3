"""The number of an identity document."""

import pytest

from domain.errors import DocumentMalformed
from domain.identity_document import IdentityDocument


@pytest.mark.parametrize("typed", ["N12345678", " n1234 5678 ", "n-1234-5678"])
def test_spaces_and_dashes_are_dropped_and_letters_made_capitals(typed: str) -> None:
    assert IdentityDocument.parse(typed) == IdentityDocument("N12345678")


def test_kazakh_letters_belong_to_a_number() -> None:
    assert IdentityDocument.parse("әң 12345").number == "ӘҢ12345"


@pytest.mark.parametrize(("length", "fits"), [(0, False), (4, False), (5, True), (20, True), (21, False)])
def test_a_number_has_five_to_twenty_characters(length: int, fits: bool) -> None:
    if fits:
        assert IdentityDocument.parse("1" * length).number == "1" * length
        return

    with pytest.raises(DocumentMalformed) as caught:
        IdentityDocument.parse("1" * length)

    assert caught.value == DocumentMalformed(length=length, only_letters_and_digits=True)


@pytest.mark.parametrize("typed", ["N1234567!", "<b>12345", "N1234567\u202e", "👶12345678"])
def test_other_characters_are_refused(typed: str) -> None:
    with pytest.raises(DocumentMalformed) as caught:
        IdentityDocument.parse(typed)

    assert caught.value.only_letters_and_digits is False


def test_no_way_of_showing_a_number_gives_it_away() -> None:
    document = IdentityDocument("N12345678")

    assert repr(document) == "IdentityDocument(•••••••78)"
    assert f"{document}" == "•••••••78"
