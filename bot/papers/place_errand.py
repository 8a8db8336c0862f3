"""The errand of kind "place_picture": a place over time as a picture, sealed and stored like a document.

Two at once in one process. An hour later it is tidied up, and drawn anew when it is asked for.
"""

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from bot.conversation.errand import ErrandFailed
from bot.conversation.turn import Turn
from bot.papers.kept_file import file_in, keep
from bot.papers.place_picture import drawn, in_words, page
from bot.texts import texts_in
from domain.local_time import local_date
from domain.place_curve import Curve, curve_of, known_places
from domain.place_days import by_day
from storage import applications, place_journal
from storage.database import Database
from storage.errors import StorageError
from storage.file_rows import PLACE_PICTURE, NewFile
from storage.ids import new_id
from storage.sealed_files import SealedFiles
from storage.transaction import Transaction

PICTURE = PLACE_PICTURE
"""The errand's kind, and that of the file."""

PATIENCE = timedelta(minutes=1)
"""How long it is tried again while the file store is down."""

_PNG = "image/png"
_AT_ONCE = 2
_EVENTS = 3000
"""So many events of the queue are gone back over."""


class _Found(NamedTuple):
    number: int
    curve: Curve


def ask(turn: Turn, application_id: int) -> None:
    """Ask for the picture of an application of whoever is signed in here."""
    request = {"parent": turn.person.parent_id, "application": application_id, "file_id": new_id()}
    turn.side_errand(PICTURE, patience=PATIENCE, language=turn.t.language, **request)


class PlacePictureErrand:
    """The runner. What it answers: whose picture of which application, its file, the same in words.

    There is no file where no place is known.
    """

    # An errand's lease is 30 seconds: after that another worker would begin the same.
    patience = timedelta(seconds=28)

    def __init__(self, database: Database, sealed: SealedFiles) -> None:
        self._database = database
        self._sealed = sealed
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """Draw it. Raises ErrandFailed."""
        told = {"parent": request["parent"], "application": request["application"]}
        t = texts_in(request["language"])
        try:
            found = await self._database.read(partial(_find, application_id=request["application"]))
            if found is None:
                return told
            async with self._slots:
                content = await asyncio.to_thread(drawn, page(t, found.curve, found.number))
            file = await keep(self._sealed, request["file_id"], content)
        except StorageError:
            raise ErrandFailed from None
        return {**told, "file": file, "words": in_words(t, found.curve)}


def file_of(answer: dict[str, Any]) -> NewFile | None:
    """The file that an answer tells of, to be written down in the turn that takes it; None: there is none."""
    return file_in(answer, PICTURE, _PNG)


def _find(tx: Transaction, application_id: int) -> _Found | None:
    application = applications.find(tx, application_id)
    recent = place_journal.recent(tx, application_id, _EVENTS)
    known = known_places(by_day(recent.steps))
    if application is None or not known:
        return None
    return _Found(application.number, curve_of(known, local_date(tx.now)))
