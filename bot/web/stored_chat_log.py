"""The conversation log out of the database, as the web chat reads it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.conversation.payloads import decode
from bot.conversation.reply import Operation
from bot.web.chat_log import Piece, Said
from storage import receipts
from storage.database import Database
from storage.message_history import StoredMessage, conversation_of, history
from storage.seats import claims
from storage.transaction import Transaction
from storage.wiping import ERASED

CHANNEL = "webchat"
_BEHIND_THE_SCENES = frozenset({"errand", ERASED})


class StoredChatLog:
    """ChatLog over the database. What is sealed is opened: it is shown to its own owner only.

    Of another `channel` where somebody helps the owner before a page of the console.
    """

    def __init__(self, database: Database, channel: str = CHANNEL) -> None:
        self._database = database
        self._read = partial(_read, channel=channel)
        self._read_to = partial(_read_to, channel=channel)

    async def newest(self, chat: str, limit: int) -> Piece:
        """The last messages."""
        return await self._database.read(partial(self._read, chat=chat, limit=limit))

    async def after(self, chat: str, message_id: int, limit: int) -> Piece:
        """The first messages after one."""
        return await self._database.read(partial(self._read, chat=chat, limit=limit, after_id=message_id))

    async def seen(self, chat: str, message_id: int) -> None:
        """Notices that stand there are read."""
        await self._database.write(partial(self._read_to, chat=chat, message_id=message_id))

    async def before(self, chat: str, message_id: int, limit: int) -> Piece:
        """The last messages before one."""
        return await self._database.read(partial(self._read, chat=chat, limit=limit, before_id=message_id))

    async def left_of(self, claim_ids: Collection[int]) -> Mapping[int, timedelta | None]:
        """How long seats are held still, by the database's own clock."""
        return await self._database.read(partial(_left_of, claim_ids=claim_ids))


def _read_to(tx: Transaction, channel: str, chat: str, message_id: int) -> None:
    conversation_id = conversation_of(tx, channel, chat)
    if conversation_id is not None:
        receipts.read_down_to(tx, channel, conversation_id, message_id, tx.now)


def _read(
    tx: Transaction,
    channel: str,
    chat: str,
    limit: int,
    after_id: int | None = None,
    before_id: int | None = None,
) -> Piece:
    conversation_id = conversation_of(tx, channel, chat)
    if conversation_id is None:
        return Piece((), end=True)
    rows = history(tx, conversation_id, before_id=before_id, after_id=after_id, limit=limit, opened=True)
    # What the buttons of these screens say: a pressed one may stand in the log by its action.
    labels: dict[str, str] = {}
    shown = (_said(chat, row, labels) for row in rows if row.channel == channel)
    said = _with_what_is_left(tx, [one for one in shown if one is not None])
    return Piece(said, end=len(rows) < limit, last=rows[-1].id if rows else 0)


def _with_what_is_left(tx: Transaction, said: Sequence[Said]) -> tuple[Said, ...]:
    held = {each.id: each.screen.held.claim_id for each in said if each.screen and each.screen.held}
    left = _left_of(tx, held.values())
    return tuple(replace(each, left=left[held[each.id]]) if each.id in held else each for each in said)


def _left_of(tx: Transaction, claim_ids: Collection[int]) -> Mapping[int, timedelta | None]:
    found = claims.by_ids(tx, sorted(set(claim_ids)))
    return dict.fromkeys(claim_ids) | {each.id: each.hold.left(tx.now) for each in found}


def _said(chat: str, row: StoredMessage, labels: dict[str, str]) -> Said | None:
    """What the person gets to see of a row; None for what goes on behind the scenes."""
    if row.direction == "out":
        return _of_us(row, labels)
    if row.kind in _BEHIND_THE_SCENES:
        return None
    client_id = (row.external_id or "").removeprefix(f"{chat}:")
    text = labels.get(row.text, row.text) if row.kind == "press" else row.text
    return Said(row.id, row.at, mine=True, text=text, kind=row.kind, client_id=client_id)


def _of_us(row: StoredMessage, labels: dict[str, str]) -> Said | None:
    if row.payload is None:
        return None
    outgoing, _ = decode(row.payload)
    screen = outgoing.screen
    if screen is None or outgoing.operation is Operation.DELETE:
        return None
    labels.update((button.action, button.label) for button in screen.buttons)
    text, language = screen.text, outgoing.language
    return Said(row.id, row.at, mine=False, text=text, kind=row.kind, screen=screen, language=language)
