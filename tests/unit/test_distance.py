import pytest

from domain.distance import metres_between

TURKISTAN, KENTAU = (43.2973, 68.2518), (43.5169, 68.5046)


def test_from_a_town_to_the_next_it_is_as_far_as_the_map_says() -> None:
    assert metres_between(*TURKISTAN, *KENTAU) == pytest.approx(31_880, rel=0.005)


def test_there_and_back_is_the_same_and_nowhere_is_nothing() -> None:
    assert metres_between(*TURKISTAN, *KENTAU) == pytest.approx(metres_between(*KENTAU, *TURKISTAN))
    assert metres_between(*TURKISTAN, *TURKISTAN) == 0


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        ((0.0, 0.0), (0.0, 180.0), 20_015_087),
        ((90.0, 0.0), (-90.0, 0.0), 20_015_087),
        ((0.0, 179.9995), (0.0, -179.9995), 111),
        ((89.9995, 0.0), (89.9995, 180.0), 111),
    ],
)
def test_at_the_edges_of_the_map_it_is_still_a_distance(
    one: tuple[float, float], other: tuple[float, float], metres: float
) -> None:
    assert metres_between(*one, *other) == pytest.approx(metres, abs=1)
