"""Reading everything that is kept about a parent, a bounded piece at a time, past all who write meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from storage import file_rows, journal, look_up, notices, profiles, sendings
from storage.database import Database
from storage.documents import Document
from storage.file_rows import StoredFile
from storage.journal import Entry
from storage.kept import alerts, applications, children, claims, person, said
from storage.kept.alerts import KeptAlert
from storage.kept.applications import KeptApplication
from storage.kept.claims import KeptClaim
from storage.look_up import Found
from storage.notices import Notice
from storage.queue_places import PlaceNow, place_of
from storage.sendings import Proof
from storage.transaction import Transaction

PIECE = 200
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A document that was sent, and its file; None where its file is gone meanwhile."""

    document: Document
    file: StoredFile | None
    of_extension: bool = False


@dataclass(frozen=True, slots=True)
class OneApplication:
    """An application as it is kept, and as it is shown."""

    kept: KeptApplication
    claims: Sequence[KeptClaim]
    found: Found = field(repr=False)
    place: PlaceNow | None
    sent: Sequence[Sent]


@dataclass(frozen=True, slots=True)
class Everything:
    """All but the log of the conversations, which is read while it is written down."""

    parent_id: int
    made_at: datetime
    about: Data = field(repr=False)
    photo: StoredFile | None
    applications: Sequence[OneApplication]
    notices: Sequence[Notice] = field(repr=False)
    proofs: Mapping[int, Proof] = field(repr=False)
    journal: Sequence[Entry] = field(repr=False)
    conversations: Sequence[int]
    alerts: Sequence[KeptAlert]


async def gather(database: Database, parent_id: int) -> Everything:
    """Read it. Raises StorageError, VaultError; LookupError where there is no such parent any more."""
    made_at, about, photo, ids, talks = await database.read(partial(_first, parent_id=parent_id))
    each = [
        await database.read(partial(_application, application_id=one, parent_id=parent_id)) for one in ids
    ]
    told = await _notices(database, parent_id)
    return Everything(
        parent_id=parent_id,
        made_at=made_at,
        about=about,
        photo=photo,
        applications=each,
        notices=told,
        proofs=await _proofs(database, told),
        journal=await _journal(database, parent_id),
        conversations=talks,
        alerts=await database.read(partial(alerts.of_parent, parent_id=parent_id)),
    )


def _first(tx: Transaction, parent_id: int) -> tuple[datetime, Data, StoredFile | None, list[int], list[int]]:
    who = person.person(tx, parent_id)
    if who["iin"] is None and who["document"] is None:
        raise LookupError(parent_id)
    about: Data = {
        "person": who,
        "phones": person.phones(tx, parent_id),
        "accounts": person.accounts(tx, parent_id),
        "helpers": person.helpers(tx, parent_id),
        "children": children.children(tx, parent_id),
        "joinings": children.joinings(tx, parent_id),
        "suspensions": children.suspensions(tx, parent_id),
        **person.others(tx, parent_id),
    }
    photo_id = profiles.read(tx, parent_id).photo_file_id
    photo = file_rows.find(tx, photo_id) if photo_id is not None else None
    return tx.now, about, photo, applications.ids(tx, parent_id), said.conversations(tx, parent_id)


def _application(tx: Transaction, application_id: int, parent_id: int) -> OneApplication:
    kept = applications.application_of(tx, application_id, parent_id)
    taken = claims.of_application(tx, application_id)
    own = kept.data["sent_by"] == "you"
    sent = [_sent(tx, each) for each in kept.documents]
    sent += [_sent(tx, each, of_extension=True) for one in taken for each in one.documents if own]
    return OneApplication(
        kept,
        taken,
        look_up.by_id(tx, application_id, parent_id)[0],
        place_of(tx, application_id),
        sent,
    )


def _sent(tx: Transaction, document: Document, *, of_extension: bool = False) -> Sent:
    return Sent(document, file_rows.find(tx, document.file_id), of_extension)


async def _notices(database: Database, parent_id: int) -> list[Notice]:
    found: list[Notice] = []
    while True:
        last = found[-1] if found else None
        piece = await database.read(partial(notices.page, parent_id=parent_id, limit=PIECE, before=last))
        found += piece
        if len(piece) < PIECE:
            return found


async def _proofs(database: Database, told: Sequence[Notice]) -> dict[int, Proof]:
    found: dict[int, Proof] = {}
    for first in range(0, len(told), PIECE):
        ids = [each.id for each in told[first : first + PIECE]]
        found |= await database.read(partial(sendings.proofs, notice_ids=ids))
    return found


async def _journal(database: Database, parent_id: int) -> list[Entry]:
    found: list[Entry] = []
    while True:
        last = found[-1].id if found else None
        piece = await database.read(partial(journal.page, parent_id=parent_id, limit=PIECE, before=last))
        found += piece
        if len(piece) < PIECE:
            return found
