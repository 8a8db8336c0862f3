"""The errand of kind "referral_paper": a valid referral as a PDF, sealed and stored like a document.

Two at once in one process. Done twice it leaves one blob: its name follows from the file's id. What
became of a paper nobody keeps: an hour later it is tidied up, and printed anew when it is asked for.
"""

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any

from bot.conversation.errand import ErrandFailed
from bot.conversation.turn import Turn
from bot.papers.kept_file import file_in, keep
from bot.papers.printing import on_paper
from bot.papers.referral_links import ReferralLinks
from storage.database import Database
from storage.errors import StorageError
from storage.file_rows import REFERRAL_PAPER, NewFile
from storage.ids import new_id
from storage.referral_papers import paper
from storage.sealed_files import SealedFiles

PAPER = REFERRAL_PAPER
"""The errand's kind, and that of the file."""

PATIENCE = timedelta(minutes=1)
"""How long it is tried again while the file store is down."""

_PDF = "application/pdf"
_AT_ONCE = 2


def ask(turn: Turn, referral_id: int) -> None:
    """Ask for the paper of a referral for whoever is signed in here; several can be under way at once."""
    request = {"parent": turn.person.parent_id, "referral": referral_id, "file_id": new_id()}
    turn.side_errand(PAPER, patience=PATIENCE, **request)


class PaperErrand:
    """The runner. What it answers: whose paper of which referral, and its file.

    There is no file for a referral that is over, is another's, or is not there.
    """

    # An errand's lease is 30 seconds: after that another worker would begin the same.
    patience = timedelta(seconds=28)

    def __init__(self, database: Database, sealed: SealedFiles, links: ReferralLinks) -> None:
        self._database = database
        self._sealed = sealed
        self._links = links
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """Print it, unless it is not valid any more. Raises ErrandFailed."""
        parent_id, referral_id = request["parent"], request["referral"]
        told = {"parent": parent_id, "referral": referral_id}
        reading = partial(paper, parent_id=parent_id, referral_id=referral_id)
        try:
            found = await self._database.read(reading)
            if found is None or found.end is not None:
                return told
            async with self._slots:
                content = await asyncio.to_thread(on_paper, found, self._links)
            return {**told, "file": await keep(self._sealed, request["file_id"], content)}
        except StorageError:
            raise ErrandFailed from None


def file_of(answer: dict[str, Any]) -> NewFile | None:
    """The file that an answer tells of, to be written down in the turn that takes it; None: there is none."""
    return file_in(answer, PAPER, _PDF)
