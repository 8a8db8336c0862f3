"""What a chat's page asks for is found by indexes, however much is kept of other chats."""

from storage.centre import chat, labels, log, notes, whispers
from storage.centre.within import is_within_rights
from storage.database import Database
from storage.transaction import Transaction
from tests.integration.plans import plans
from tests.integration.rows import add_conversation

TABLES = ("conversation", "message", "delivery", "note", "label", "whisper", "staff_right")


def _page(tx: Transaction, conversation_id: int) -> None:
    """All that is kept of one conversation, as the page and its news ask for it."""
    is_within_rights(tx, conversation_id, 1)
    chat.find(tx, conversation_id)
    log.latest(tx, conversation_id, 61)
    log.before(tx, conversation_id, 2**40, 61)
    log.after(tx, conversation_id, 5, 61)
    log.is_answered_since(tx, conversation_id, 5, "staff:1")
    notes.of_conversation(tx, conversation_id)
    labels.of_conversation(tx, conversation_id)
    whispers.newest(tx, conversation_id, 5)


async def test_no_table_is_read_from_end_to_end(sqlite: Database) -> None:
    def work(tx: Transaction) -> list[str]:
        conversation_id = add_conversation(tx)
        every = plans(tx, lambda tx: _page(tx, conversation_id))
        assert len(every) == 9
        return [step for plan in every for step in plan.split("\n")]

    steps = await sqlite.write(work)

    assert [step for step in steps for name in TABLES if step == f"SCAN {name}"] == []
    log_steps = [step for step in steps if " message " in step]
    assert len(log_steps) == 4
    assert all("ix_message_conversation (conversation_id" in step for step in log_steps)
