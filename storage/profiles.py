"""What a parent's profile shows, and what of it is changed by hand [004]."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import bindparam, select, update

from domain.identity_document import IdentityDocument
from domain.iin import Iin, Sex
from domain.place_news import PlaceNews
from domain.ways import BY_MAIL
from storage.tables import application, parent
from storage.tables.people import STAFF
from storage.tables.queues import LIVE
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What is known of an e-mail address: a code sent there was typed; since when letters come back."""

    confirmed_at: datetime | None
    unreachable_at: datetime | None

    @property
    def reached(self) -> bool:
        """Letters arrive there, as far as is known."""
        return self.confirmed_at is not None and self.unreachable_at is None


@dataclass(frozen=True, slots=True)
class Profile:
    """One parent. Texts are empty and the rest None where nothing is known.

    `key` is the IIN, or the document of one who has none; `verified_at`: the state register said the
    names then, or staff saw the document (`by_staff`).
    """

    id: int
    key: Iin | IdentityDocument
    surname: str = field(repr=False)
    name: str = field(repr=False)
    patronymic: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    sex: Sex | None
    address: str = field(repr=False)
    email: str = field(repr=False)
    mail: Mailbox
    verified_at: datetime | None
    photo_file_id: int | None
    notice_way: str
    language: str
    place_news: PlaceNews
    by_staff: bool = False


_PRESENT = select(parent.c.id).where(
    parent.c.id.in_(bindparam("ids", expanding=True)), parent.c.erased_at.is_(None)
)
_ONE = select(parent).where(parent.c.id == bindparam("id"))


def read(tx: Transaction, parent_id: int) -> Profile:
    """The profile of a parent there is. Raises VaultError."""
    row = tx.conn.execute(_ONE, {"id": parent_id}).mappings().one()

    def opened(name: str) -> str:
        return "" if row[name] is None else tx.vault.open("parent", parent_id, name, row[name])

    born = opened("birth_date")
    return Profile(
        id=parent_id,
        key=Iin(opened("iin")) if row["iin"] is not None else IdentityDocument(opened("document")),
        surname=opened("surname"),
        name=opened("name"),
        patronymic=opened("patronymic"),
        birth_date=date.fromisoformat(born) if born else None,
        sex=Sex(row["sex"]) if row["sex"] else None,
        address=opened("address"),
        email=opened("email"),
        mail=Mailbox(row["email_confirmed_at"], row["email_unreachable_at"]),
        verified_at=row["verified_at"],
        photo_file_id=row["photo_file_id"],
        notice_way=row["notice_way"],
        language=row["language"],
        place_news=PlaceNews(row["place_news"]),
        by_staff=row["verified_by"] == STAFF,
    )


def present(tx: Transaction, parent_ids: Collection[int]) -> set[int]:
    """Those of these parents who have not been erased."""
    return set(tx.conn.execute(_PRESENT, {"ids": list(parent_ids)}).scalars())


def set_contact(
    tx: Transaction,
    parent_id: int,
    which: Literal["address", "email"],
    text: str,
    *,
    confirmed_at: datetime | None = None,
) -> None:
    """Write down the home address or the e-mail address; an empty text takes it out.

    `confirmed_at`: when a code was typed that had been sent to the e-mail address. Nothing that was known
    of the former one holds for it.
    """
    changed: dict[str, Any] = dict(_sealed(tx, parent_id, {which: text}))
    if which == "email":
        fresh = {"email_unreachable_at": None, "letters_ended_at": None}
        changed |= fresh | {"email_confirmed_at": confirmed_at}
    _change(tx, parent_id, changed)


def set_names(tx: Transaction, parent_id: int, surname: str, name: str, patronymic: str) -> bool:
    """Write down names that were typed. False: the register has said them meanwhile, nothing changes."""
    changed = _sealed(tx, parent_id, {"surname": surname, "name": name, "patronymic": patronymic})
    unverified = update(parent).where(parent.c.id == parent_id, parent.c.verified_at.is_(None))
    return tx.conn.execute(unverified.values(**changed)).rowcount == 1


def set_photo(tx: Transaction, parent_id: int, file_id: int | None) -> int | None:
    """Put a file in the place of the photo, or None; the file that was there and is not needed any more."""
    locked = select(parent.c.photo_file_id).where(parent.c.id == parent_id).with_for_update()
    before: int | None = tx.conn.execute(locked).scalar_one()
    _change(tx, parent_id, {"photo_file_id": file_id})
    return before if before != file_id else None


def set_notices(tx: Transaction, parent_id: int, *, way: str, language: str) -> None:
    """How and in which language a parent is told from now on; the live applications follow."""
    chosen = {"notice_way": way, "language": language}
    # Who chooses letters wants them again.
    again = {"letters_ended_at": None} if way == BY_MAIL else {}
    _change(tx, parent_id, chosen | again)
    own = update(application).where(application.c.parent_id == parent_id, LIVE)
    tx.conn.execute(own.values(**chosen))


def set_place_news(tx: Transaction, parent_id: int, chosen: PlaceNews) -> None:
    """How often a parent is told from now on that the place moved."""
    _change(tx, parent_id, {"place_news": chosen.value})


def _sealed(tx: Transaction, parent_id: int, texts: Mapping[str, str]) -> dict[str, bytes | None]:
    return {
        name: tx.vault.seal("parent", parent_id, name, text) if text else None for name, text in texts.items()
    }


def _change(tx: Transaction, parent_id: int, changed: Mapping[str, Any]) -> None:
    tx.conn.execute(update(parent).where(parent.c.id == parent_id).values(**changed))
