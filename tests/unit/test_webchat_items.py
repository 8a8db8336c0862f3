from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.reply import Held, Pin, Screen
from bot.web.chat_log import Said
from bot.web.webchat_items import item

AT = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)


def shown(screen: Screen, left: timedelta | None = None) -> dict[str, object]:
    said = Said(7, AT, mine=False, text=screen.text, kind="screen", screen=screen, language="kk", left=left)
    return item(said)


def test_a_place_on_the_map_comes_as_a_card_with_a_link() -> None:
    pin = Pin(43.3012, 68.2611, "Амина", "Саттарханов даңғылы, 18")

    card = shown(Screen("Амина", pin=pin))["pin"]

    assert card == {
        "name": "Амина",
        "address": "Саттарханов даңғылы, 18",
        "url": "https://www.openstreetmap.org/?mlat=43.301200&mlon=68.261100#map=17/43.301200/68.261100",
    }


def test_a_place_without_an_address_shows_its_coordinates() -> None:
    card = shown(Screen("Амина", pin=Pin(-1.5, 68.25, "Амина")))["pin"]

    assert isinstance(card, dict)
    assert card["address"] == "-1.500000, 68.250000"


def test_a_picture_is_asked_for_from_where_the_page_came_from() -> None:
    screen = Screen("Амина", picture="https://kezek.example/kindergartens/pictures/7.jpg")

    assert shown(screen)["picture"] == "/kindergartens/pictures/7.jpg"


def test_of_what_a_screen_has_not_nothing_is_told() -> None:
    assert shown(Screen("Амина")).keys() & {"pin", "picture", "rows", "title", "held"} == set()


@pytest.mark.parametrize(
    ("left", "told"),
    [(timedelta(minutes=9, microseconds=1999), 540_001), (timedelta(), 0), (None, None)],
)
def test_of_a_held_seat_the_page_gets_what_is_left_never_more_than_there_is(
    left: timedelta | None, told: int | None
) -> None:
    held = shown(Screen("орын", held=Held(2**62, AT, ("letgo:1",))), left)["held"]

    assert held == {"claim": str(2**62), "left": told, "actions": ("letgo:1",)}
