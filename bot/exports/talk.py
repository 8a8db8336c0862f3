"""The log of the conversations, written down as it is read: however long it is, a piece at a time."""

from collections.abc import AsyncIterator
from functools import partial

from bot.exports import pages
from bot.exports.archive import Part
from bot.exports.files import TALK_DATA, TALK_PAGE
from bot.exports.gathering import Everything
from bot.exports.plain import head, in_a_line
from bot.texts import Texts
from storage.centre import steering
from storage.database import Database
from storage.kept import said
from storage.kept.said import Line

Piece = tuple[int, list[Line]]
_BEHIND_THE_SCENES = frozenset({"errand", steering.KIND})
"""Nobody said these."""


async def write_talk(part: Part, database: Database, t: Texts, everything: Everything) -> None:
    """Both files of it. Raises StorageError."""
    async with part.entry(TALK_DATA) as write:
        await write(in_a_line(head(everything.made_at, t.language))[:-1] + b',"messages":[')
        separator = b"\n"
        async for account, piece in _pieces(database, everything):
            await write(separator + b",\n".join(in_a_line(_plain(account, each)) for each in piece))
            separator = b",\n"
        await write(b"\n]}\n")
    before, after = pages.conversation(t, everything)
    async with part.entry(TALK_PAGE) as write:
        await write(before.encode())
        async for _, piece in _pieces(database, everything):
            await write(pages.lines(t, piece).encode())
        await write(after.encode())


async def _pieces(database: Database, everything: Everything) -> AsyncIterator[Piece]:
    """What was said, account by account. What is said meanwhile is in it, or is not."""
    for account, conversation_id in enumerate(everything.conversations, start=1):
        after = 0
        while piece := await database.read(
            partial(said.messages, conversation_id=conversation_id, after=after)
        ):
            yield account, [each for each in piece if each.kind not in _BEHIND_THE_SCENES]
            after = piece[-1].id


def _plain(account: int, each: Line) -> dict[str, object]:
    return {
        "at": each.at,
        "account": account,
        "channel": each.channel,
        "direction": each.direction,
        "kind": each.kind,
        "text": each.text,
    }
