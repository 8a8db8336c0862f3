"""Who drives a conversation, and the second at which that is over."""

from datetime import datetime, timedelta

import pytest

from domain.errors import DrivenByAnother, NotDriving
from domain.steering import SILENCE, Wheel, require_free, require_own, take
from tests.unit.instants import at

NOW = at("2026-11-20 16:20")
UNTIL = NOW + timedelta(minutes=10)
AIGUL, BERIK = 1, 2
WHEEL = Wheel(AIGUL, UNTIL)
SECOND = timedelta(seconds=1)


def test_it_is_over_after_ten_minutes_of_silence() -> None:
    assert timedelta(minutes=10) == SILENCE
    assert take(None, AIGUL, NOW) == WHEEL


@pytest.mark.parametrize(("when", "held"), [(UNTIL - SECOND, True), (UNTIL, False), (UNTIL + SECOND, False)])
def test_it_is_held_until_just_before_its_end(when: datetime, held: bool) -> None:
    assert WHEEL.is_held(when) is held


def test_a_word_makes_it_longer() -> None:
    assert take(WHEEL, AIGUL, NOW + timedelta(minutes=9)).until == NOW + timedelta(minutes=19)


def test_nobody_takes_it_out_of_anothers_hands_before_its_end() -> None:
    for refuse in (take, require_free):
        with pytest.raises(DrivenByAnother) as refused:
            refuse(WHEEL, BERIK, UNTIL - SECOND)
        assert refused.value == DrivenByAnother(UNTIL)

    require_free(WHEEL, BERIK, UNTIL)
    assert take(WHEEL, BERIK, UNTIL) == Wheel(BERIK, UNTIL + SILENCE)


def test_who_has_the_question_in_hand_may_speak_whoever_drives() -> None:
    require_free(WHEEL, BERIK, NOW, has_question=True)

    assert take(WHEEL, BERIK, NOW, has_question=True) == Wheel(BERIK, UNTIL)


def test_only_what_is_in_the_own_hands_can_be_handed_back() -> None:
    require_own(WHEEL, AIGUL, UNTIL - SECOND)

    for wheel, who, when in ((None, AIGUL, NOW), (WHEEL, BERIK, NOW), (WHEEL, AIGUL, UNTIL)):
        with pytest.raises(NotDriving):
            require_own(wheel, who, when)
