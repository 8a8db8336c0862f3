"""The log of a web chat out of real databases."""

from collections.abc import Callable

import pytest

from bot.conversation.payloads import encode
from bot.conversation.reply import Button, Operation, Outgoing, Screen
from bot.web.stored_chat_log import StoredChatLog
from storage import conversations, messages
from storage.database import Database
from storage.messages import OutgoingDraft
from storage.transaction import Transaction
from storage.wiping import wipe_said
from tests.fakes.clock import START

CHAT = "a-chat-of-22-characters"
MENU = Screen("What next?", title="Menu", rows=((Button("Check the queue", "check"),),))
Writes = Callable[[Transaction, int], object]


async def write(database: Database, writes: Writes, channel: str = "webchat") -> None:
    """Do something in the chat's conversation."""

    def turn(tx: Transaction) -> None:
        writes(tx, conversations.enter(tx, channel, CHAT).conversation_id)

    await database.write(turn)


def came(kind: str, text: str, name: str, channel: str = "webchat") -> Writes:
    """The person sent something, as the log has it."""

    def log(tx: Transaction, conversation_id: int) -> None:
        messages.log_incoming(tx, conversation_id, channel, f"{CHAT}:{name}", kind, text, START)

    return log


def went(outgoing: Outgoing, *, personal: bool = False, channel: str = "webchat") -> Writes:
    """We said something."""
    draft = OutgoingDraft(outgoing.operation.value, "screen", "masked", encode(outgoing), personal)

    def log(tx: Transaction, conversation_id: int) -> None:
        messages.log_outgoing(tx, conversation_id, channel, [draft], START)

    return log


async def test_a_chat_that_never_was_has_an_empty_log(database: Database) -> None:
    piece = await StoredChatLog(database).newest(CHAT, 30)

    assert (piece.said, piece.end) == ((), True)


async def test_both_sides_are_read_in_their_order(database: Database) -> None:
    await write(database, came("text", "••••••23", "name-1"))
    await write(database, went(Outgoing(Operation.SEND, MENU, language="ru")))

    own, ours = (await StoredChatLog(database).newest(CHAT, 30)).said

    assert (own.mine, own.text, own.client_id, own.at) == (True, "••••••23", "name-1", START)
    assert (ours.mine, ours.screen, ours.language) == (False, MENU, "ru")


async def test_what_is_sealed_is_opened_for_its_owner(database: Database) -> None:
    screen = Screen("Your place is 391")
    await write(database, went(Outgoing(Operation.SEND, screen), personal=True))

    (said,) = (await StoredChatLog(database).newest(CHAT, 30)).said

    assert said.screen == screen


async def test_what_goes_on_behind_the_scenes_is_not_shown(database: Database) -> None:
    await write(database, came("errand", "register answered", "errand-1"))
    await write(database, went(Outgoing(Operation.DELETE, target="17")))
    await write(database, went(Outgoing(Operation.SEND, Screen("code 123456")), channel="sms"))

    piece = await StoredChatLog(database).newest(CHAT, 30)

    assert piece.said == ()


async def test_a_press_that_is_logged_by_its_action_is_shown_by_its_label(database: Database) -> None:
    await write(database, went(Outgoing(Operation.SEND, MENU)))
    await write(database, came("press", "check", "press-1"))

    said = (await StoredChatLog(database).newest(CHAT, 30)).said

    assert said[-1].text == "Check the queue"


@pytest.mark.parametrize("limit", [1, 3, 10, 11])
async def test_reading_forward_and_backward_meets_every_message_once(database: Database, limit: int) -> None:
    for number in range(10):
        await write(database, came("text", f"message {number}", f"name-{number}"))
    log = StoredChatLog(database)
    whole = [f"message {number}" for number in range(10)]

    piece = await log.newest(CHAT, limit)
    backward = list(piece.said)
    while not piece.end:
        piece = await log.before(CHAT, backward[0].id, limit)
        backward = [*piece.said, *backward]
    piece = await log.after(CHAT, 0, limit)
    forward = list(piece.said)
    while not piece.end:
        piece = await log.after(CHAT, piece.last, limit)
        forward += piece.said

    assert [said.text for said in backward] == whole
    assert [said.text for said in forward] == whole


async def test_another_channel_with_the_same_address_is_another_conversation(database: Database) -> None:
    await write(database, came("text", "elsewhere", "name-1", "telegram"), channel="telegram")

    assert (await StoredChatLog(database).newest(CHAT, 30)).said == ()


async def test_of_what_was_erased_nothing_is_shown(database: Database) -> None:
    await write(database, came("text", "Менің атым Сәкен", "name-1"))
    await write(database, went(Outgoing(Operation.SEND, MENU), personal=True))
    await write(database, lambda tx, conversation_id: wipe_said(tx, conversation_id, 0, 10**6))
    await write(database, came("text", "сәлем", "name-2"))

    piece = await StoredChatLog(database).newest(CHAT, 30)

    assert [said.text for said in piece.said] == ["сәлем"]
