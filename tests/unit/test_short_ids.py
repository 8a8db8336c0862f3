"""Ids written briefly on buttons, and read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.actions import Outdated
from bot.flows.seats.short_ids import long, short

LARGEST = 2**63 - 1


@given(st.integers(min_value=0, max_value=LARGEST))
def test_what_was_written_is_read_again_and_takes_at_most_eleven_signs(number: int) -> None:
    assert long(short(number)) == number
    assert len(short(number)) <= 11


@pytest.mark.parametrize("text", ["", "!", "é", "1 2", "A" * 12, "z" * 11])
def test_what_could_be_no_id_is_out_of_date(text: str) -> None:
    with pytest.raises(Outdated):
        long(text)


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_what_is_no_id_is_not_written(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        short(number)
