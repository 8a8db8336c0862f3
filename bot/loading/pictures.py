"""The pictures that a file names: fetched, drawn anew, and kept beside the people's files.

A picture is shown in place to everybody, so nothing of what was given is kept but what can be seen. All of
them are looked at before anything is written: a bad one is a fault of the file, like any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import aiohttp

from bot.loading.entries import FileEntries
from bot.loading.faults import Fault, FileRefused
from bot.loading.lines import Lines
from bot.uploads.errand import LooksAtFiles
from bot.uploads.verdict import LARGEST, Fit, Unfit
from storage import house_pictures, loading
from storage.database import Database
from storage.file_rows import NewFile
from storage.ids import new_id
from storage.sealed_files import SealedFiles

Drawn = Mapping[str, Fit]
"""By the code of the kindergarten."""

_PATIENCE = aiohttp.ClientTimeout(total=20)
_WRONG = {
    "too_large": f"is larger than {LARGEST // 2**20} MB",
    "wrong_kind": "is no JPEG, PNG or WebP",
    "not_what_its_name_says": "is not what its name says",
    "bomb": "would be huge to open",
    "too_small": "is smaller than 320 pixels",
    "too_dark": "is too dark to see anything",
    "gone": "can't be fetched",
}


class Gives(Protocol):
    """Where the bytes of a picture come from."""

    async def __call__(self, named: str) -> bytes:
        """What the file calls by this. Raises Unfit ("gone", "too_large")."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """What pictures are looked at with, and where they are kept."""

    gives: Gives
    looks: LooksAtFiles
    files: SealedFiles


async def draw(pictures: Pictures, entries: FileEntries, lines: Lines) -> Drawn:
    """Every picture that the file names, drawn anew. Raises FileRefused."""
    drawn: dict[str, Fit] = {}
    faults = []
    for index, entry in enumerate(entries.kindergarten):
        if entry.picture is None:
            continue
        try:
            content = await pictures.gives(entry.picture)
            drawn[entry.code] = await pictures.looks.look(content, entry.picture, "kindergarten")
        except Unfit as unfit:
            reason = f"the picture {_WRONG.get(unfit.fault, 'is broken')}"
            line = lines.of(("kindergarten", index, "picture"))
            faults.append(Fault(line, "kindergarten.picture", reason))
    if faults:
        raise FileRefused(tuple(faults))
    return drawn


async def keep(files: SealedFiles, database: Database, entries: FileEntries, drawn: Drawn) -> None:
    """Show them from now on; one that is shown already stays. Raises StorageError, FilesUnavailable."""
    ids = await database.read(loading.kindergarten_ids)
    named = {ids[each.code]: drawn.get(each.code) for each in entries.kindergarten}
    there = await database.read(partial(house_pictures.digests, kindergarten_ids=named))
    for kindergarten_id, fit in named.items():
        digest = None if fit is None else sha256(fit.content).digest()
        if there.get(kindergarten_id) == digest:
            continue
        new = None if fit is None else await _kept(files, fit)
        await database.write(partial(house_pictures.put, kindergarten_id=kindergarten_id, picture=new))


async def _kept(files: SealedFiles, fit: Fit) -> NewFile:
    file_id = new_id()
    sealed = await files.put(file_id, fit.content)
    return NewFile(
        id=file_id,
        kind=house_pictures.KIND,
        name="",
        content_type=fit.content_type,
        size=len(fit.content),
        sha256=sha256(fit.content).digest(),
        stored_as=sealed.stored_as,
        key_id=sealed.key_id,
    )


@dataclass(frozen=True, slots=True)
class BesideTheFile:
    """Pictures in the folder of the file that is loaded, or on the web."""

    folder: Path

    async def __call__(self, named: str) -> bytes:
        """As Gives says."""
        if named.startswith(("https://", "http://")):
            return await _fetched(named)
        try:
            with (self.folder / named).open("rb") as picture:
                return _no_more(picture.read(LARGEST + 1))
        except OSError:
            raise Unfit("gone") from None


async def _fetched(url: str) -> bytes:
    try:
        async with aiohttp.ClientSession(timeout=_PATIENCE) as session, session.get(url) as answer:
            if answer.status != 200:
                raise Unfit("gone")
            got = bytearray()
            async for some in answer.content.iter_any():
                got += some
                _no_more(got)
            return bytes(got)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        raise Unfit("gone") from None


def _no_more(content: bytes | bytearray) -> bytes:
    if len(content) > LARGEST:
        raise Unfit("too_large")
    return bytes(content)
