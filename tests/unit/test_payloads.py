from datetime import UTC, datetime

from bot.conversation.limits import TELEGRAM, faults
from bot.conversation.payloads import decode, encode
from bot.conversation.reply import Button, Held, Operation, Outgoing, Pin, Screen


def test_what_is_kept_for_delivery_is_what_was_to_be_said() -> None:
    screen = Screen(
        "мәтін",
        title="Амина",
        rows=((Button("Мәзір", "menu"), Button("Сайт", url="https://example.org")),),
        picture="https://kezek.example/kindergartens/pictures/7.jpg",
    )
    held = Screen("орын", held=Held(17, datetime(2026, 11, 20, 11, 30, 0, 5, UTC), ("letgo:17", "hold:17")))
    for each in (screen, held, Screen("Амина", pin=Pin(43.3, 68.25, "Амина", "Тәуке хан, 7"))):
        outgoing = Outgoing(Operation.SEND, each, language="kk")

        assert decode(encode(outgoing)) == (outgoing, None)


def test_what_an_older_version_kept_is_still_said() -> None:
    raw = (
        b'{"operation":"send","language":"kk","screen":{"text":"a","title":null,"rows":[],"ask":null,'
        b'"ask_label":null,"typing":false,"hint":null,"sensitivity":"plain","fresh":false}}'
    )

    assert decode(raw)[0].screen == Screen("a")


def test_nothing_may_hang_under_a_place_on_the_map() -> None:
    screen = Screen("a", rows=((Button("b", "menu"),),), pin=Pin(43.3, 68.25, "Амина"))

    assert list(faults(screen, TELEGRAM)) == ["something hangs under a place on the map"]
