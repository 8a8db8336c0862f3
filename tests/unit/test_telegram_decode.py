"""From an update to an incoming message."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.decode import MalformedUpdate, decode, press_to_answer
from bot.conversation.incoming import (
    Address,
    Content,
    Incoming,
    Press,
    SharedFile,
    SharedLocation,
    SharedPhone,
    Text,
    Unsupported,
)

PERSON = {"id": 42, "is_bot": False, "first_name": "Person", "language_code": "ru"}
CHAT = {"id": 42, "type": "private"}


def message(**content: Any) -> dict[str, Any]:
    head = {"message_id": 7, "from": PERSON, "chat": CHAT, "date": 1_561_540_740}
    return {"update_id": 100, "message": {**head, **content}}


def press(**changed: Any) -> dict[str, Any]:
    shown = {"message_id": 9, "chat": CHAT, "date": 1_561_540_740, "text": "?"}
    query = {"id": "5", "from": PERSON, "message": shown, "chat_instance": "1", "data": "menu"}
    return {"update_id": 101, "callback_query": {**query, **changed}}


def content_of(update: dict[str, Any]) -> Content | None:
    incoming = decode(update)
    return None if incoming is None else incoming.content


def test_a_text_comes_with_where_it_is_from_and_nothing_personal() -> None:
    incoming = decode(message(text="/start"))

    assert incoming == Incoming(
        address=Address("telegram", "42"),
        external_id="100",
        content=Text("/start"),
        message_id="7",
        language_hint="ru",
    )


def test_a_press_names_its_action_and_the_message_it_hangs_under() -> None:
    incoming = decode(press())

    assert incoming == Incoming(
        address=Address("telegram", "42"),
        external_id="101",
        content=Press("menu", "9"),
        language_hint="ru",
    )
    assert press_to_answer(press()) == "5"


def test_a_press_under_a_message_too_old_to_be_told_still_works() -> None:
    inaccessible = {"message_id": 9, "chat": CHAT, "date": 0}

    assert content_of(press(message=inaccessible)) == Press("menu", "9")


@pytest.mark.parametrize(
    ("contact", "extra", "vouched"),
    [
        ({"user_id": 42}, {}, True),
        ({"user_id": 43}, {}, False),
        ({}, {}, False),
        ({"user_id": 42}, {"forward_origin": {"type": "user"}}, False),
    ],
    ids=["one's own", "somebody else's", "of nobody on Telegram", "passed on"],
)
def test_only_the_phone_of_the_sender_is_vouched_for(
    contact: dict[str, Any], extra: dict[str, Any], vouched: bool
) -> None:
    update = message(contact={"phone_number": "77010000042", "first_name": "P", **contact}, **extra)

    assert content_of(update) == SharedPhone("77010000042", vouched)


def test_a_location_is_a_point_also_when_it_is_a_venue() -> None:
    point = {"latitude": 43.3, "longitude": 68}

    assert content_of(message(location=point)) == SharedLocation(43.3, 68.0)
    assert content_of(message(location=point, venue={"title": "x"})) == SharedLocation(43.3, 68.0)


def test_of_a_photo_the_largest_size_is_taken_whatever_stands_under_it() -> None:
    small = {"file_id": "small", "width": 90, "height": 67, "file_size": 1000}
    large = {"file_id": "large", "width": 1280, "height": 960, "file_size": 90_000}

    photo = message(photo=[small, large, {**small, "file_id": "middle"}], caption="x")

    assert content_of(photo) == SharedFile("large", "photo", size=90_000)


@pytest.mark.parametrize(
    ("document", "content"),
    [
        (
            {"file_name": "Анықтама.pdf", "mime_type": "application/pdf", "file_size": 7},
            SharedFile("d", "document", "Анықтама.pdf", 7),
        ),
        ({"mime_type": "image/heic"}, SharedFile("d", "document")),
        ({"file_name": "a\0b.jpg"}, SharedFile("d", "document", "ab.jpg")),
    ],
)
def test_a_document_of_any_kind_is_a_file(document: dict[str, Any], content: Content) -> None:
    assert content_of(message(document={"file_id": "d", **document})) == content


@pytest.mark.parametrize(
    "file", [{"photo": [{"file_id": "p"}]}, {"document": {"file_id": 7}}, {"document": {}}]
)
def test_a_file_that_can_not_be_fetched_is_malformed(file: dict[str, Any]) -> None:
    with pytest.raises(MalformedUpdate):
        decode(message(**file))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"sticker": {}}, "sticker"),
        ({"voice": {}}, "voice"),
        ({"animation": {"file_id": "a"}, "document": {"file_id": "a"}}, "animation"),
        ({"photo": []}, "other"),
        ({"hologram": {}}, "other"),
    ],
)
def test_what_cannot_be_read_is_still_an_incoming(content: dict[str, Any], kind: str) -> None:
    assert content_of(message(**content)) == Unsupported(kind)


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "edited_message": message(text="x")["message"]},
        {"update_id": 1, "channel_post": {"message_id": 1, "chat": {"id": -100, "type": "channel"}}},
        {"update_id": 1, "my_chat_member": {}},
        message(text="x", chat={"id": -5, "type": "group"}),
        message(text="x", **{"from": {**PERSON, "is_bot": True}}),
        message(pinned_message={}),
        press(data=None, game_short_name="chess"),
        press(message=None, inline_message_id="abc"),
        press(message={"message_id": 1, "chat": {"id": -5, "type": "supergroup"}}),
    ],
)
def test_what_is_not_for_us_is_nothing(update: dict[str, Any]) -> None:
    assert decode(update) is None


@pytest.mark.parametrize(
    "update",
    [
        None, [], "text", 5, {}, {"update_id": "1"}, {"update_id": True},
        {"update_id": 1, "message": {}}, {"update_id": 1, "message": []},
        message(text=5), message(text="x", chat={"id": "42", "type": "private"}),
        message(contact={}), message(location={"latitude": "north", "longitude": 1}),
        press(data=5), {"update_id": 1, "callback_query": "press"},
    ],
)  # fmt: skip
def test_what_is_no_update_is_malformed(update: Any) -> None:
    with pytest.raises(MalformedUpdate):
        decode(update)


def test_the_hint_of_the_language_is_without_its_country() -> None:
    update = message(text="x", **{"from": {**PERSON, "language_code": "en-GB"}})
    incoming = decode(update)

    assert incoming is not None
    assert incoming.language_hint == "en"


def test_without_a_language_there_is_no_hint() -> None:
    incoming = decode(message(text="x", **{"from": {"id": 42, "is_bot": False, "first_name": "P"}}))

    assert incoming is not None
    assert incoming.language_hint is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "type", "text", "from", "chat", "data", "message", "contact", "message_id"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(["message", "callback_query"]), json_values)
def test_no_json_whatever_breaks_the_decoding(kind: str, value: Any) -> None:
    update = {"update_id": 1, kind: value}

    try:
        result = decode(update)
    except MalformedUpdate:
        result = None

    assert result is None or isinstance(result, Incoming)
    press_to_answer(update)


def test_a_text_of_any_letters_stays_as_it_is() -> None:
    text = "Әлем 😀 \u202eabc\u202c <b>&amp;</b> \x07"

    assert content_of(orjson.loads(orjson.dumps(message(text=text)))) == Text(text)


def test_a_nul_that_no_database_keeps_is_dropped() -> None:
    assert content_of(message(text="a\0b")) == Text("ab")
