"""Why a seat came back, in words: what a kindergarten did is not put down to a family."""

from datetime import UTC, date, datetime

import pytest

from bot.flows.seats.bulletin_words import seat_kind
from bot.texts import texts_in
from bot.web.open_data.words import cause
from domain.application import QueueKind
from domain.seat_list import SeatList
from domain.taking import Offer
from storage.seats.bulletins import Bulletin

T = texts_in("en")
AT = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)


def came_back(code: str) -> Bulletin:
    """A bulletin of a seat that came back so."""
    offer = Offer(
        bulletin_id=1,
        queue_kind=QueueKind.GENERAL,
        territory_id=1,
        birth_years=frozenset({2023}),
        language="kk",
    )
    return Bulletin(
        id=1,
        offer=offer,
        seat_list=SeatList(publish_at=AT, opens_at=AT, priority_ends_at=AT),
        list_id=1,
        group_id=1,
        group="Күн",
        group_kind="day",
        kindergarten_id=1,
        kindergarten="Амина",
        ownership="state",
        address=None,
        latitude=None,
        longitude=None,
        total=1,
        free=1,
        seat_kind="vacant",
        cause=code,
        released_on=date(2026, 11, 20),
        published_by_role="kindergarten",
        recalled_at=None,
        recall_reason=None,
    )


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("declined", "given up by a family"),
        ("taken_back", "given up by a family"),
        ("withdrawn", "given up by a family"),
        ("turned_down", "an application was declined"),
        ("expired", "a referral was not used in time"),
        ("revoked", "a referral was taken back"),
    ],
)
def test_a_seat_that_came_back_says_why_in_the_chat_and_in_the_open_data(code: str, why: str) -> None:
    assert cause(T, code) == why
    assert seat_kind(T, came_back(code)) == f"came back: {why}"
