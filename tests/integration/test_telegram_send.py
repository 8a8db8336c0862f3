"""Screens of ours as a person sees them in Telegram, and what comes of refusals."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.send import TelegramSender
from bot.conversation.port import TryLater, Undeliverable, Unreachable
from bot.conversation.reply import Ask, Button, Operation, Outgoing, Pin, Screen
from tests.fakes import bot_api_faults as faults
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.bot_api_chat import Chat

MENU = Screen(
    "Таңдаңыз:",
    title="🧒 Мәзір",
    rows=((Button("Кезекті тексеру", "check"),), (Button("Сайт", url="https://example.org"),)),
)


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def sender(server: BotApi) -> AsyncIterator[TelegramSender]:
    api = TelegramApi(TOKEN, server.url)
    yield TelegramSender(api)
    await api.close()


@pytest.fixture
def chat(server: BotApi) -> Chat:
    return server.chat(42)


async def show(sender: TelegramSender, screen: Screen, *, remove_keyboard: bool = False) -> str:
    outgoing = Outgoing(Operation.SEND, screen, remove_keyboard=remove_keyboard)
    shown = await sender.send("42", outgoing, 1)
    assert shown is not None
    return shown


async def test_a_screen_is_shown_with_a_bold_title_and_its_buttons(
    sender: TelegramSender, chat: Chat
) -> None:
    shown = await show(sender, MENU)

    assert chat.screen.text == "🧒 Мәзір\n\nТаңдаңыз:"
    assert chat.screen.bold == ("🧒 Мәзір",)
    assert chat.screen.rows == (("Кезекті тексеру",), ("Сайт",))
    assert shown == str(chat.screen.message_id)


async def test_markup_in_a_text_stays_text_and_links_get_no_preview(
    sender: TelegramSender, chat: Chat, server: BotApi
) -> None:
    await show(sender, Screen("<b>a</b> *b* _c_ https://example.org"))

    assert chat.screen.text == "<b>a</b> *b* _c_ https://example.org"
    assert chat.screen.bold == ()
    assert server.called("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}


async def test_a_picture_is_the_preview_above_the_text(
    sender: TelegramSender, chat: Chat, server: BotApi
) -> None:
    shown = await show(sender, replace(MENU, picture="https://kezek.example/kindergartens/pictures/7.jpg"))

    assert chat.screen.picture == "https://kezek.example/kindergartens/pictures/7.jpg"
    assert server.called("sendMessage")[0]["link_preview_options"]["show_above_text"] is True
    await sender.send("42", Outgoing(Operation.EDIT, Screen("Екінші"), shown), 2)
    assert chat.screen.picture is None


@pytest.mark.parametrize(
    "reason",
    ["Bad Request: WEBPAGE_URL_INVALID", "Bad Request: WEBPAGE_CURL_FAILED", "Bad Request: wrong HTTP URL"],
)
async def test_a_picture_that_cannot_be_fetched_does_not_keep_the_words_back(
    sender: TelegramSender, chat: Chat, server: BotApi, reason: str
) -> None:
    server.breaks("sendMessage", faults.refused(400, reason))

    await show(sender, replace(MENU, picture="http://localhost:8080/kindergartens/pictures/7.jpg"))

    assert chat.screen.text == "🧒 Мәзір\n\nТаңдаңыз:"
    assert chat.screen.picture is None


async def test_a_place_on_the_map_is_shown_as_one(sender: TelegramSender, chat: Chat) -> None:
    pin = Pin(43.3012, 68.2611, "Амина", "Саттарханов даңғылы, 18")

    shown = await show(sender, Screen("Амина\nhttps://…", pin=pin))

    assert (chat.screen.place, chat.screen.text) == ((43.3012, 68.2611), "Амина\nСаттарханов даңғылы, 18")
    assert shown == str(chat.screen.message_id)


async def test_a_place_without_an_address_has_its_coordinates(sender: TelegramSender, chat: Chat) -> None:
    await show(sender, Screen("Амина", pin=Pin(43.3, 68.25, "Амина")))

    assert chat.screen.text == "Амина\n43.300000, 68.250000"


async def test_a_place_takes_the_keyboard_away_that_it_answers(sender: TelegramSender, chat: Chat) -> None:
    await show(sender, Screen("?", ask=Ask.LOCATION, ask_label="Орным"))
    assert chat.keyboard

    await show(sender, Screen("Амина", pin=Pin(43.3, 68.25, "Амина")), remove_keyboard=True)

    assert chat.keyboard == ()


async def test_a_place_is_never_put_in_place_of_a_text(sender: TelegramSender, chat: Chat) -> None:
    shown = await show(sender, MENU)

    placed = Outgoing(Operation.EDIT, Screen("Амина", pin=Pin(43.3, 68.25, "Амина")), shown)
    await sender.send("42", placed, 2)

    assert len(chat.messages) == 2


async def test_an_edit_takes_the_place_of_the_former_screen(sender: TelegramSender, chat: Chat) -> None:
    shown = await show(sender, MENU)

    edited = await sender.send("42", Outgoing(Operation.EDIT, Screen("Екінші"), shown), 2)

    assert edited == shown
    assert [(seen.text, seen.rows) for seen in chat.messages] == [("Екінші", ())]


async def test_an_edit_that_changes_nothing_is_no_error(sender: TelegramSender, chat: Chat) -> None:
    shown = await show(sender, MENU)

    edited = await sender.send("42", Outgoing(Operation.EDIT, MENU, shown), 2)

    assert edited == shown
    assert len(chat.messages) == 1


@pytest.mark.parametrize("target", ["999", None, "not a number"])
async def test_an_edit_of_what_is_gone_is_sent_anew(
    sender: TelegramSender, chat: Chat, target: str | None
) -> None:
    await show(sender, MENU)

    edited = await sender.send("42", Outgoing(Operation.EDIT, Screen("Екінші"), target), 2)

    assert edited == str(chat.screen.message_id)
    assert [seen.text for seen in chat.messages] == ["🧒 Мәзір\n\nТаңдаңыз:", "Екінші"]


async def test_a_message_of_the_person_is_deleted(sender: TelegramSender, chat: Chat) -> None:
    update = await chat.says("a secret")

    await sender.send("42", Outgoing(Operation.DELETE, target=str(update["message"]["message_id"])), 1)

    assert chat.messages == ()


@pytest.mark.parametrize("target", ["999", None])
async def test_deleting_what_is_gone_is_no_error(
    sender: TelegramSender, chat: Chat, target: str | None
) -> None:
    assert await sender.send("42", Outgoing(Operation.DELETE, target=target), 1) is None


async def test_a_screen_that_asks_for_the_phone_has_all_its_buttons_on_the_keyboard(
    sender: TelegramSender, chat: Chat, server: BotApi
) -> None:
    screen = Screen(
        "Нөміріңіз?",
        rows=((Button("Артқа", "back"), Button("Сайт", url="https://example.org")),),
        ask=Ask.PHONE,
        ask_label="Нөмірімді жіберу",
        hint="7 701 …",
    )

    await show(sender, screen)

    assert chat.keyboard == (("Нөмірімді жіберу",), ("Артқа",))
    assert chat.screen.text == "Нөміріңіз?\n\nСайт: https://example.org"
    assert (await chat.taps("Нөмірімді жіберу"))["message"]["contact"]["user_id"] == 42


async def test_an_edit_to_a_screen_that_asks_is_sent_anew(sender: TelegramSender, chat: Chat) -> None:
    shown = await show(sender, MENU)
    screen = Screen("Қайдасыз?", ask=Ask.LOCATION, ask_label="Орнымды жіберу")

    anew = await sender.send("42", Outgoing(Operation.EDIT, screen, shown), 2)

    assert anew == str(chat.screen.message_id) != shown
    assert chat.keyboard == (("Орнымды жіберу",),)


@pytest.mark.parametrize("screen", [Screen("Рақмет"), MENU], ids=["without buttons", "with buttons"])
async def test_the_keyboard_goes_and_leaves_no_trace(
    sender: TelegramSender, chat: Chat, screen: Screen
) -> None:
    await show(sender, Screen("?", ask=Ask.PHONE, ask_label="Жіберу"))

    await show(sender, screen, remove_keyboard=True)

    assert chat.keyboard == ()
    assert len(chat.messages) == 2
    assert chat.screen.rows == tuple(tuple(button.label for button in row) for row in screen.rows)


async def test_the_keyboard_goes_with_an_edit_too(sender: TelegramSender, chat: Chat) -> None:
    shown = await show(sender, MENU)
    await show(sender, Screen("?", ask=Ask.PHONE, ask_label="Жіберу"))

    outgoing = Outgoing(Operation.EDIT, Screen("Екінші"), shown, remove_keyboard=True)
    await sender.send("42", outgoing, 3)

    assert chat.keyboard == ()
    assert [seen.text for seen in chat.messages] == ["Екінші", "?"]


async def test_a_text_over_the_limit_is_cut_and_not_lost(sender: TelegramSender, chat: Chat) -> None:
    await show(sender, Screen("ә" * 4096, title="т"))

    assert len(chat.screen.text) == 4096
    assert chat.screen.text.endswith("әә…")


async def test_too_many_requests_are_put_off_for_as_long_as_was_asked(
    sender: TelegramSender, chat: Chat, server: BotApi
) -> None:
    server.breaks("sendMessage", faults.too_many_requests(7))

    with pytest.raises(TryLater) as raised:
        await show(sender, MENU)

    assert raised.value.after == timedelta(seconds=7)


@pytest.mark.parametrize(
    "fault",
    [
        faults.SERVER_ERROR,
        faults.BAD_GATEWAY,
        faults.HANG_UP,
        faults.GARBAGE,
        faults.ODD,
        faults.refused(401, "Unauthorized"),
        faults.refused(404, "Not Found"),
    ],
)
@pytest.mark.parametrize("operation", list(Operation))
async def test_passing_faults_are_tried_later(
    sender: TelegramSender, chat: Chat, server: BotApi, fault: faults.Fault, operation: Operation
) -> None:
    shown = await show(sender, MENU)
    method = {"send": "sendMessage", "edit": "editMessageText", "delete": "deleteMessage"}[operation.value]
    server.breaks(method, fault)

    with pytest.raises(TryLater) as raised:
        await sender.send("42", Outgoing(operation, MENU, shown), 2)

    assert raised.value.after is None
    assert TOKEN not in f"{raised.value} {raised.value.__cause__}"


async def test_silence_ends_in_a_time_out(chat: Chat, server: BotApi) -> None:
    api = TelegramApi(TOKEN, server.url, wait_seconds=0.05)
    server.breaks("sendMessage", faults.SILENCE)

    with pytest.raises(TryLater, match="TimeoutError"):
        await TelegramSender(api).send("42", Outgoing(Operation.SEND, MENU), 1)
    await api.close()


async def test_a_server_that_is_not_there_is_tried_later() -> None:
    api = TelegramApi(TOKEN, "http://127.0.0.1:9")

    with pytest.raises(TryLater):
        await TelegramSender(api).send("42", Outgoing(Operation.SEND, MENU), 1)
    await api.close()


async def test_who_blocked_the_bot_or_never_wrote_is_unreachable(sender: TelegramSender, chat: Chat) -> None:
    chat.blocks()

    with pytest.raises(Unreachable):
        await show(sender, MENU)
    with pytest.raises(Unreachable):
        await sender.send("43", Outgoing(Operation.SEND, MENU), 1)


async def test_a_deleted_account_is_unreachable(sender: TelegramSender, chat: Chat, server: BotApi) -> None:
    server.breaks("sendMessage", faults.refused(403, "Forbidden: user is deactivated"))

    with pytest.raises(Unreachable):
        await show(sender, MENU)


async def test_what_telegram_will_never_take_is_undeliverable(sender: TelegramSender, chat: Chat) -> None:
    with pytest.raises(Undeliverable):
        await show(sender, Screen(" "))
    with pytest.raises(Undeliverable):
        await sender.send("42", Outgoing(Operation.SEND), 1)


async def test_many_messages_go_out_side_by_side(sender: TelegramSender, server: BotApi) -> None:
    chats = [server.chat(number) for number in range(1, 101)]

    await asyncio.gather(
        *(
            sender.send(str(each.id), Outgoing(Operation.SEND, Screen(f"{each.id}")), each.id)
            for each in chats
        )
    )

    assert [each.screen.text for each in chats] == [f"{each.id}" for each in chats]
