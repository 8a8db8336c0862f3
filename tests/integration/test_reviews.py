"""Reviews: by whom, of what, and who sees them when."""

from datetime import timedelta
from functools import partial

import pytest

from domain.errors import NotEnrolledThere, ReviewChanged
from domain.review import ReviewState
from storage import guardians, reviews, shown_reviews
from storage.database import Database
from storage.forgetting_parent import forget_parent
from storage.reviews import Review
from storage.shown_reviews import Rating
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.gardens import Family, add_garden, add_group, add_seats
from tests.integration.rows import add_parent, add_territory

STAFF = 77


class Garden:
    """A kindergarten, and so many parents whose children go there."""

    def __init__(self, tx: Transaction, parents: int = 1) -> None:
        self.territory = add_territory(tx)
        self.id = add_garden(tx, self.territory, "Амина")
        self.other = add_garden(tx, self.territory, "Әлия")
        self.seats = add_seats(tx, self.territory, add_group(tx, self.id), parents + 5)
        self.families = [Family(tx, self.territory) for _ in range(parents)]
        for family, seat_id in zip(self.families, self.seats, strict=False):
            family.claims(tx, seat_id, "enrolled")
        self.parents = [family.parent for family in self.families]

    def own(self, tx: Transaction, which: int = 0) -> Review | None:
        return reviews.own(tx, self.parents[which], self.id)

    def written(self, tx: Transaction, stars: int = 5, text: str = "Жақсы", which: int = 0) -> Review:
        """A parent writes a review."""
        reviews.write(tx, self.parents[which], self.id, stars, text)
        found = self.own(tx, which)
        assert found is not None
        return found

    def passes(self, tx: Transaction, review: Review, *, show: bool = True) -> None:
        """Staff has looked at it."""
        reviews.decide(tx, review.id, review.written_at, show=show, staff_id=STAFF)

    def tells(self, tx: Transaction, which: int) -> None:
        """A parent writes a review, its text the parent's number; it is shown."""
        self.passes(tx, self.written(tx, 5, str(which), which))

    def shown(self, tx: Transaction) -> list[str]:
        return [each.text for each in shown_reviews.newest(tx, self.id, 99)]


async def test_a_review_is_seen_by_its_author_alone_until_staff_has_looked(database: Database) -> None:
    garden = await database.write(Garden)

    review = await database.write(garden.written)
    assert (review.state, review.stars, review.text) == (ReviewState.PENDING, 5, "Жақсы")
    assert await database.read(garden.shown) == []
    await database.write(lambda tx: garden.passes(tx, review))

    assert await database.read(garden.shown) == ["Жақсы"]
    own = await database.read(garden.own)
    assert own is not None
    assert own.state is ReviewState.SHOWN


async def test_a_refused_review_is_shown_to_nobody_and_its_author_knows(database: Database) -> None:
    garden = await database.write(Garden)
    review = await database.write(garden.written)

    await database.write(lambda tx: garden.passes(tx, review, show=False))

    assert await database.read(garden.shown) == []
    own = await database.read(garden.own)
    assert own is not None
    assert own.state is ReviewState.REFUSED


async def test_a_second_review_takes_the_place_of_the_first_and_is_looked_at_anew(
    database: Database, clock: SetClock
) -> None:
    garden = await database.write(Garden)
    first = await database.write(garden.written)
    await database.write(lambda tx: garden.passes(tx, first))
    clock.advance(timedelta(days=1))

    second = await database.write(lambda tx: garden.written(tx, 2, ""))

    assert (second.id, second.stars, second.text, second.state) == (first.id, 2, "", ReviewState.PENDING)
    assert second.written_at == first.written_at + timedelta(days=1)
    assert await database.read(garden.shown) == []


async def test_what_was_written_anew_while_staff_looked_is_not_let_through(
    database: Database, clock: SetClock
) -> None:
    garden = await database.write(Garden)
    seen = await database.write(garden.written)
    clock.advance(timedelta(seconds=1))
    await database.write(lambda tx: garden.written(tx, 1, "Басқа"))

    with pytest.raises(ReviewChanged):
        await database.write(lambda tx: garden.passes(tx, seen))

    assert await database.read(garden.shown) == []


@pytest.mark.parametrize("shown", [True, False])
async def test_what_is_decided_is_decided_once(database: Database, shown: bool) -> None:
    garden = await database.write(Garden)
    review = await database.write(garden.written)
    await database.write(lambda tx: garden.passes(tx, review, show=shown))

    with pytest.raises(ReviewChanged):
        await database.write(lambda tx: garden.passes(tx, review, show=not shown))


async def test_what_never_was_cannot_be_decided(database: Database, clock: SetClock) -> None:
    with pytest.raises(ReviewChanged):
        await database.write(lambda tx: reviews.decide(tx, 7, clock.at, show=True, staff_id=STAFF))


@pytest.mark.parametrize("state", ["held", "applied", "referred", "expired", "declined", "revoked"])
async def test_only_a_contract_lets_a_parent_speak(database: Database, state: str) -> None:
    def claimed(tx: Transaction) -> tuple[Garden, int]:
        garden = Garden(tx, 0)
        family = Family(tx, garden.territory)
        family.claims(tx, garden.seats[0], state)
        return garden, family.parent

    garden, parent = await database.write(claimed)

    with pytest.raises(NotEnrolledThere):
        await database.write(lambda tx: reviews.write(tx, parent, garden.id, 5, ""))


async def test_enrolled_in_one_kindergarten_is_not_enrolled_in_another(database: Database) -> None:
    garden = await database.write(Garden)

    with pytest.raises(NotEnrolledThere):
        await database.write(lambda tx: reviews.write(tx, garden.parents[0], garden.other, 5, ""))


async def test_the_other_parent_has_a_review_of_their_own(database: Database) -> None:
    def joined(tx: Transaction) -> tuple[Garden, int]:
        garden = Garden(tx)
        other = add_parent(tx)
        guardians.join(tx, other, garden.families[0].child, "agreed", tx.now)
        garden.written(tx)
        reviews.write(tx, other, garden.id, 3, "Басқаша")
        return garden, other

    garden, other = await database.write(joined)

    mine = await database.read(garden.own)
    theirs = await database.read(lambda tx: reviews.own(tx, other, garden.id))
    assert mine is not None
    assert theirs is not None
    assert (mine.text, theirs.text) == ("Жақсы", "Басқаша")


async def test_a_rating_counts_what_is_shown_and_nothing_else(database: Database) -> None:
    garden = await database.write(lambda tx: Garden(tx, 4))

    def rate(tx: Transaction) -> dict[int, Rating]:
        for which, stars in enumerate((5, 4, 4, 1)):
            review = garden.written(tx, stars, "", which)
            if which < 3:
                garden.passes(tx, review)
        return shown_reviews.ratings(tx, [garden.id, garden.other])

    [(rated, rating)] = (await database.write(rate)).items()

    assert (rated, rating.number) == (garden.id, 3)
    assert rating.stars == pytest.approx(13 / 3)


async def test_pages_of_reviews_follow_one_another_both_ways(database: Database, clock: SetClock) -> None:
    garden = await database.write(lambda tx: Garden(tx, 5))
    for which in range(5):
        clock.advance(timedelta(minutes=which % 2))  # two of them at one instant
        await database.write(partial(garden.tells, which=which))

    def leaf(tx: Transaction) -> tuple[list[int], list[int]]:
        all_of_them = list(shown_reviews.newest(tx, garden.id, 99))
        older: list[Review] = []
        page = shown_reviews.newest(tx, garden.id, 2)
        while page:
            older += page
            page = shown_reviews.newest(tx, garden.id, 2, page[-1])
        newer, page = [all_of_them[-1]], shown_reviews.newer(tx, garden.id, 2, all_of_them[-1])
        while page:
            newer = [*page, *newer]
            page = shown_reviews.newer(tx, garden.id, 2, page[0])
        return [each.id for each in older], [each.id for each in newer]

    older, newer = await database.read(leaf)

    assert older == newer
    assert len(set(older)) == 5


async def test_staff_sees_what_waits_in_its_territories_oldest_first(
    database: Database, clock: SetClock
) -> None:
    garden = await database.write(lambda tx: Garden(tx, 2))
    await database.write(lambda tx: garden.written(tx, 5, "бірінші", 0))
    clock.advance(timedelta(minutes=1))
    await database.write(lambda tx: garden.written(tx, 5, "екінші", 1))

    waiting = await database.read(lambda tx: reviews.waiting(tx, [garden.territory], 9))

    assert [(each.kindergarten, each.review.text) for each in waiting] == [
        ("Амина", "бірінші"),
        ("Амина", "екінші"),
    ]
    assert await database.read(lambda tx: reviews.waiting(tx, [garden.territory + 1], 9)) == []
    assert await database.read(lambda tx: reviews.waiting(tx, [], 9)) == []


async def test_a_parent_can_take_the_review_away(database: Database) -> None:
    garden = await database.write(Garden)
    review = await database.write(garden.written)
    await database.write(lambda tx: garden.passes(tx, review))

    removed = [
        await database.write(lambda tx: reviews.remove(tx, garden.parents[0], garden.id)) for _ in range(2)
    ]

    assert removed == [True, False]
    assert await database.read(garden.shown) == []


async def test_with_a_parent_who_is_erased_the_reviews_go(database: Database) -> None:
    garden = await database.write(lambda tx: Garden(tx, 2))
    for which in (0, 1):
        await database.write(partial(garden.tells, which=which))

    await database.write(lambda tx: forget_parent(tx, garden.parents[0]))

    assert await database.read(garden.shown) == ["1"]
