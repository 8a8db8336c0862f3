"""Who are the first: the growing matching against trying every way to seat them."""

from collections.abc import Iterator, Mapping
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.admission import Admission, Candidate, admitted, queues_concerned
from domain.application import QueueKind, Status
from domain.taking import Offer, Wish, fits

KK, RU = frozenset({"kk"}), frozenset({"ru"})
EITHER = KK | RU


def offer(number: int, years: tuple[int, ...] = (2022,), language: str = "kk") -> Offer:
    return Offer(
        bulletin_id=number,
        queue_kind=QueueKind.GENERAL,
        territory_id=1,
        birth_years=frozenset(years),
        language=language,
    )


def wish(year: int = 2022, languages: frozenset[str] = KK) -> Wish:
    return Wish(queue_kind=QueueKind.GENERAL, territory_id=1, birth_year=year, languages=languages)


def walk(*wishes: Wish) -> list[Candidate]:
    return [Candidate(number, each) for number, each in enumerate(wishes, 1)]


def can_all_be_seated(wishes: tuple[Wish, ...], seats: tuple[Offer, ...]) -> bool:
    """Try every seat for the first, and so on: slow and plainly right."""
    if not wishes:
        return True
    return any(
        fits(seat, wishes[0]) and can_all_be_seated(wishes[1:], seats[:index] + seats[index + 1 :])
        for index, seat in enumerate(seats)
    )


def admitted_by_brute_force(free: Mapping[Offer, int], order: list[Candidate]) -> tuple[int, ...]:
    seats = tuple(chain.from_iterable([each] * count for each, count in free.items()))
    ids: tuple[int, ...] = ()
    wishes: tuple[Wish, ...] = ()
    for candidate in order:
        if len(ids) == len(seats):
            break
        if candidate.is_eligible and can_all_be_seated((*wishes, candidate.wish), seats):
            ids += (candidate.application_id,)
            wishes += (candidate.wish,)
    return ids


offers = st.builds(
    offer,
    st.integers(1, 5),
    st.sampled_from([(2021,), (2022,), (2021, 2022), (2022, 2023)]),
    st.sampled_from(["kk", "ru", "en"]),
)
wishes = st.builds(wish, st.integers(2021, 2023), st.sampled_from([KK, RU, EITHER, EITHER | {"en"}]))
lists = st.dictionaries(offers, st.integers(0, 2), max_size=4)
candidates = st.lists(
    st.tuples(
        wishes,
        st.sampled_from([*[Status.AWAITING_PLACE] * 4, Status.APPLIED, Status.SUSPENDED]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=12,
).map(lambda rows: [Candidate(n, *row) for n, row in enumerate(rows, 1)])


@given(lists, candidates)
def test_the_admitted_are_those_that_trying_every_seating_finds(
    free: dict[Offer, int], order: list[Candidate]
) -> None:
    assert admitted(free, order) == admitted_by_brute_force(free, order)


def test_as_many_are_admitted_as_there_are_seats() -> None:
    assert admitted({offer(1): 2}, walk(wish(), wish(), wish())) == (1, 2)


def test_who_fits_no_seat_is_passed_over() -> None:
    order = walk(wish(2021), wish(languages=RU), wish())

    assert admitted({offer(1): 1}, order) == (3,)


def test_an_earlier_one_who_is_easy_to_seat_makes_room_for_a_later_one() -> None:
    free = {offer(1, language="kk"): 1, offer(2, language="ru"): 1}

    assert admitted(free, walk(wish(languages=EITHER), wish(languages=KK))) == (1, 2)
    assert admitted(free, walk(wish(languages=EITHER), wish(languages=RU))) == (1, 2)


def test_room_is_made_over_several_groups() -> None:
    free = {offer(1, (2021,)): 1, offer(2, (2021, 2022)): 1, offer(3, (2022, 2023)): 1}
    order = walk(wish(2021), wish(2022), wish(2021), wish(2023), wish(2022))

    assert admitted(free, order) == (1, 2, 3)


@pytest.mark.parametrize(
    ("status", "paused"),
    [
        (Status.AWAITING_PLACE, True),
        (Status.APPLIED, False),
        (Status.SUSPENDED, False),
        (Status.REFERRED, False),
    ],
)
def test_only_who_awaits_a_place_and_is_not_paused_is_admitted(status: Status, paused: bool) -> None:
    order = [Candidate(1, wish(), status, paused), Candidate(2, wish())]

    assert admitted({offer(1): 1}, order) == (2,)


def test_a_list_without_free_seats_admits_nobody() -> None:
    assert admitted({}, walk(wish())) == ()
    assert admitted({offer(1): 0}, walk(wish())) == ()


def test_the_walk_reads_no_further_than_the_last_seat() -> None:
    read: list[int] = []

    def order() -> Iterator[Candidate]:
        for candidate in walk(*[wish()] * 9):
            read.append(candidate.application_id)
            yield candidate

    admitted({offer(1): 2}, order())

    assert read == [1, 2]


def test_a_walk_in_chunks_knows_when_it_is_over() -> None:
    admission = Admission({offer(1): 1})

    before = admission.is_complete
    answers = [admission.admits(candidate) for candidate in walk(wish(2021), wish(), wish())]

    assert (before, answers, admission.is_complete) == (False, [False, True, False], True)


def test_there_are_no_fewer_seats_than_none() -> None:
    with pytest.raises(ValueError, match="fewer"):
        Admission({offer(1): -1})


def test_a_long_queue_before_a_long_list_is_walked_in_no_time() -> None:
    free = {offer(n, (2021 + n % 3,), "kk" if n % 2 else "ru"): 5 for n in range(300)}
    order = walk(*(wish(2021 + n % 4, (KK, RU, EITHER)[n % 3]) for n in range(20_000)))

    assert len(admitted(free, order)) == 1500


def test_the_queues_concerned_are_those_of_the_years_of_the_seats() -> None:
    assert queues_concerned([offer(1, (2021, 2022)), offer(2, (2022,))]) == {
        (QueueKind.GENERAL, 1, 2021),
        (QueueKind.GENERAL, 1, 2022),
    }
