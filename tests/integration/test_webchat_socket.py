"""The web chat's socket against a conversation that remembers."""

from collections.abc import Sequence

import pytest
from aiohttp import WSServerHandshakeError

from bot.conversation.incoming import Address, Incoming, Press, SharedLocation, Text
from bot.conversation.reply import Button, Screen
from bot.web.hub import PAGES_OF_A_CHAT
from storage.errors import StorageFull, StorageUnavailable
from tests.fakes.web_conversation import echo
from tests.fakes.web_site import running_site


def menu(incoming: Incoming) -> Sequence[Screen]:
    """One screen with two buttons, whatever was said."""
    return [Screen("What next?", title="Menu", rows=((Button("Check", "check"), Button("Help", "help")),))]


async def test_a_message_is_taken_with_its_name_its_language_and_where_it_came_from() -> None:
    async with running_site() as site, site.visitor() as visitor:
        chat = await visitor.is_recognised()
        page = await visitor.opens_page()
        await page.greets(language="ru")

        name = await page.says("hello")
        taken = await page.hears("taken")

        assert (taken["id"], taken["message"], taken["duplicate"]) == (name, "1", False)
        assert site.conversation.taken == [
            Incoming(
                Address("webchat", chat),
                f"{chat}:{name}",
                Text("hello"),
                language_hint="ru",
                network_address="127.0.0.1",
            )
        ]


async def test_the_page_sees_its_message_and_the_answer_before_the_acknowledgement() -> None:
    async with running_site() as site, site.page() as page:
        name = await page.says("hello")
        await page.hears("taken")

        shown = [item for frame in page.heard if frame["t"] == "messages" for item in frame["items"]]

        assert shown == [
            {
                "id": "1",
                "mine": True,
                "day": "2026-11-20",
                "time": "16:20",
                "text": "hello",
                "client_id": name,
            },
            {
                "id": "2",
                "mine": False,
                "day": "2026-11-20",
                "time": "16:20",
                "text": "heard: hello",
                "language": "en",
            },
        ]


async def test_nothing_is_acknowledged_before_the_turn_is_committed() -> None:
    async with running_site() as site, site.page() as page:
        site.conversation.gate.clear()
        await page.says("hello")
        async with site.visitor() as other:
            # Somebody else's round trip: by then the server has surely read the message.
            await other.is_recognised()
        heard_before_the_commit = [frame["t"] for frame in page.heard]

        site.conversation.gate.set()
        await page.hears("taken")

        assert heard_before_the_commit == ["begin"]


async def test_a_message_sent_twice_has_one_effect_and_its_reply_is_shown_again() -> None:
    async with running_site() as site, site.page() as page:
        await page.says("hello", name="the-same-name")
        await page.hears("taken")
        page.heard.clear()

        await page.says("hello", name="the-same-name")
        taken = await page.hears("taken")

        assert taken["duplicate"] is True
        assert len(site.conversation.taken) == 1
        assert (await page.sees("heard: hello"))["id"] == "2"


async def test_a_pressed_button_is_shown_by_its_label() -> None:
    async with running_site(menu) as site, site.page() as page:
        await page.sends(t="press", id="press-number-1", action="check", label="Check", under="2")
        await page.hears("taken")

        assert site.conversation.taken[0].content == Press("check", "2")
        assert (await page.sees("Check"))["mine"] is True


async def test_a_screen_comes_with_its_title_and_its_rows() -> None:
    async with running_site(menu) as site, site.page() as page:
        await page.says("menu")

        shown = await page.sees("What next?")

        assert shown["title"] == "Menu"
        assert shown["rows"] == [[{"label": "Check", "action": "check"}, {"label": "Help", "action": "help"}]]


async def test_a_shared_location_is_taken_as_a_point() -> None:
    async with running_site() as site, site.page() as page:
        await page.sends(t="location", id="location-1", latitude=43.3, longitude=68)
        await page.hears("taken")

        assert site.conversation.taken[0].content == SharedLocation(43.3, 68.0)


async def test_an_iin_is_shown_masked_once_it_is_taken() -> None:
    async with running_site(lambda _: [Screen("Thank you")]) as site, site.page() as page:
        name = await page.says("171009600123")
        await page.hears("taken")

        own = [
            item["text"]
            for frame in page.heard
            for item in frame.get("items", [])
            if item.get("client_id") == name
        ]
        assert own == ["••••••23"]


@pytest.mark.parametrize(
    ("fault", "reason", "words"),
    [
        (
            StorageFull(),
            "full",
            "We could not save your message: our storage is full. Nothing is lost, please try later.",
        ),
        (
            StorageUnavailable("gone"),
            "unavailable",
            "We can't save anything at the moment. Nothing is lost, please try again in a minute.",
        ),
        (
            RuntimeError("a slip"),
            "failed",
            "Something went wrong on our side. Your message was not taken, please send it again.",
        ),
    ],
)
async def test_what_could_not_be_kept_is_said_in_words_and_can_be_sent_again(
    fault: Exception, reason: str, words: str
) -> None:
    async with running_site() as site, site.page() as page:
        site.conversation.fault = fault
        name = await page.says("hello")
        refused = await page.hears("refused")
        site.conversation.fault = None

        await page.says("hello", name=name)
        taken = await page.hears("taken")

        assert refused == {"t": "refused", "id": name, "reason": reason, "text": words}
        assert taken["duplicate"] is False


async def test_a_text_of_4096_characters_is_taken_and_one_more_is_refused() -> None:
    async with running_site() as site, site.page() as page:
        await page.says("ң" * 4096)
        await page.hears("taken")

        name = await page.says("ң" * 4097)
        refused = await page.hears("refused")

        assert (refused["id"], refused["reason"]) == (name, "too_long")
        assert len(site.conversation.taken) == 1


@pytest.mark.parametrize(
    "frame",
    [
        {"t": "text", "id": "a-good-name", "text": "   "},
        {"t": "text", "id": "a-good-name", "text": 7},
        {"t": "press", "id": "a-good-name", "action": "x" * 65},
        {"t": "location", "id": "a-good-name", "latitude": 91, "longitude": 0},
        {"t": "sticker", "id": "a-good-name"},
    ],
)
async def test_what_can_not_be_read_is_refused_by_name_and_the_line_holds(frame: dict[str, object]) -> None:
    async with running_site() as site, site.page() as page:
        await page.sends(**frame)
        refused = await page.hears("refused")

        await page.says("still there")
        await page.hears("taken")

        assert (refused["id"], refused["reason"]) == ("a-good-name", "not_understood")
        assert len(site.conversation.taken) == 1


@pytest.mark.parametrize("frame", [{}, {"t": "text", "text": "no name"}, {"t": "older", "before": "x"}])
async def test_a_frame_without_a_name_is_refused_without_one(frame: dict[str, object]) -> None:
    async with running_site() as site, site.page() as page:
        await page.sends(**frame)

        refused = await page.hears("refused")

        assert (refused["id"], refused["reason"]) == (None, "not_understood")


async def test_the_thirty_first_message_of_a_minute_is_asked_to_wait() -> None:
    async with running_site() as site, site.page() as page:
        for _ in range(30):
            await page.says("quick")
            await page.hears("taken")

        await page.says("too quick")
        refused = await page.hears("refused")

        assert refused["reason"] == "too_fast"
        assert len(site.conversation.taken) == 30


async def test_a_page_that_comes_back_is_shown_what_it_has_missed() -> None:
    async with running_site() as site, site.visitor() as visitor:
        chat = await visitor.is_recognised()
        page = await visitor.opens_page()
        await page.greets()
        await page.says("hello")
        await page.hears("taken")
        await page.leaves()
        site.conversation.says(chat, Screen("while you were away"))

        again = await visitor.opens_page()
        frame = await again.greets(after="2")

        assert [item["text"] for item in frame["items"]] == ["while you were away"]


async def test_much_that_was_missed_comes_whole_and_in_order() -> None:
    async with running_site() as site, site.visitor() as visitor:
        chat = await visitor.is_recognised()
        for number in range(1, 101):
            site.conversation.says(chat, Screen(f"message {number}"))
        page = await visitor.opens_page()
        await page.sends(t="hello", after="10", language="en")

        await page.sees("message 100")

        shown = [item["id"] for frame in page.heard for item in frame["items"]]
        assert shown == [str(number) for number in range(11, 101)]


async def test_older_messages_come_page_by_page_until_the_first() -> None:
    async with running_site() as site, site.visitor() as visitor:
        chat = await visitor.is_recognised()
        for number in range(1, 71):
            site.conversation.says(chat, Screen(f"message {number}"))
        page = await visitor.opens_page()

        pages = [await page.greets()]
        while not pages[-1]["first"]:
            await page.sends(t="older", before=pages[-1]["items"][0]["id"])
            pages.append(await page.hears("older"))

        ids = [[int(item["id"]) for item in frame["items"]] for frame in pages]
        assert ids == [list(range(41, 71)), list(range(11, 41)), list(range(1, 11))]


async def test_something_said_unasked_reaches_every_page_of_the_chat_and_no_other() -> None:
    async with running_site() as site, site.visitor() as visitor, site.page() as stranger:
        chat = await visitor.is_recognised()
        pages = [await visitor.opens_page(), await visitor.opens_page()]
        for page in pages:
            await page.greets()

        site.conversation.says(chat, Screen("your place has moved"))
        for page in pages:
            await page.sees("your place has moved")
        await stranger.says("hello")
        await stranger.hears("taken")

        seen = [item["text"] for frame in stranger.heard for item in frame.get("items", [])]
        assert seen == ["hello", "heard: hello"]


async def test_a_page_without_a_cookie_is_told_to_get_one() -> None:
    async with running_site() as site, site.visitor() as visitor:
        page = await visitor.opens_page()

        assert await page.is_closed_with() == 4401


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
async def test_a_page_of_somebody_else_is_not_let_in(origin: str) -> None:
    async with running_site() as site, site.visitor() as visitor:
        await visitor.is_recognised()

        with pytest.raises(WSServerHandshakeError) as refusal:
            await visitor.http.ws_connect(f"{site.url}/chat/ws", headers={"Origin": origin})

        assert refusal.value.status == 403


async def test_a_chat_may_be_open_in_so_many_windows_and_no_more() -> None:
    async with running_site() as site, site.visitor() as visitor:
        await visitor.is_recognised()
        pages = [await visitor.opens_page() for _ in range(PAGES_OF_A_CHAT)]
        for page in pages:
            await page.greets()

        one_more = await visitor.opens_page()

        assert await one_more.is_closed_with() == 1008
        assert site.parts.hub.open_pages == PAGES_OF_A_CHAT


async def test_a_server_that_stops_says_goodbye() -> None:
    async with running_site() as site, site.visitor() as visitor:
        await visitor.is_recognised()
        page = await visitor.opens_page()
        await page.greets()

        await site.server.close()

        assert await page.is_closed_with() == 1001


async def test_a_message_is_acknowledged_even_if_the_log_can_not_be_shown() -> None:
    async with running_site() as site, site.page() as page:
        site.conversation.log_fault = StorageUnavailable("gone")
        await page.says("hello")
        await page.hears("taken")
        site.conversation.log_fault = None

        site.parts.hub.wake(site.conversation.chats()[0])

        assert (await page.sees("heard: hello"))["id"] == "2"


async def test_a_page_whose_log_can_not_be_read_is_asked_to_come_again() -> None:
    async with running_site(echo) as site, site.visitor() as visitor:
        await visitor.is_recognised()
        site.conversation.log_fault = StorageUnavailable("gone")
        page = await visitor.opens_page()

        await page.sends(t="hello", after=None, language="en")

        assert await page.is_closed_with() == 1013


async def test_a_ping_is_answered() -> None:
    async with running_site() as site, site.page() as page:
        await page.sends(t="ping")

        assert await page.hears("pong") == {"t": "pong"}


async def test_what_a_page_was_shown_counts_as_seen_once_and_nothing_else_does() -> None:
    async with running_site() as site, site.page() as page:
        await page.says("hello")
        await page.hears("taken")

        for seen in ("99", "2", "2", "1"):
            await page.sends(t="seen", id=seen)
        await page.sends(t="ping")
        await page.hears("pong")

        assert site.conversation.seen_to == [2]
