"""What people do with phones and passwords again and again."""

from datetime import datetime

from storage import passwords
from storage.passwords import StoredPassword
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.inside import QUICK
from tests.conversation.made_up import ALDABEKOVS, Family
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed

PASSWORD, OTHER_PASSWORD = "алма ағашы 7", "Kok-tobe 2026!"
LOCKED = "Your cabinet is locked. Type its password to go on."
OPENED = "The cabinet is open."
WRONG = (
    "The password is not right. {number} try is left.",
    "The password is not right. {number} tries are left.",
)
ONCE_MORE = "Type it once more, so that no slip of the finger shuts you out."


async def has_password(
    house: House, family: Family, password: str = PASSWORD, at: datetime | None = None
) -> None:
    """The cabinet has had a password since before."""
    hashed = QUICK.hash(password)

    def write(tx: Transaction) -> None:
        passwords.write(tx, house.world.parent_of(family), hashed, at or tx.now)

    await house.write(write)


async def password_of(house: House, family: Family) -> StoredPassword | None:
    """What is kept of a family's password."""
    kept: StoredPassword | None = await house.write(
        lambda tx: passwords.of_parent(tx, house.world.parent_of(family))
    )
    return kept


async def is_set_to(house: House, family: Family, password: str) -> bool:
    """Whether this is the password of a family's cabinet."""
    kept = await password_of(house, family)
    return kept is not None and QUICK.verify(kept.hashed, password)


async def someone_in_a_locked_cabinet(house: House, kind: str, language: str = "en") -> Person:
    """A parent whose cabinet has a password, and whose account has not shown it."""
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    await has_password(house, ALDABEKOVS)
    return person


async def types_new_password(person: Person, password: str = PASSWORD) -> None:
    """The new password, and once more."""
    await person.says(password)
    await person.hears(ONCE_MORE)
    await person.says(password)


async def hears_tries_left(person: Person, number: int) -> None:
    """Wait for the refusal of a wrong password, with so many tries left."""
    words = person.t.many(*WRONG, number)
    await person.waits(lambda: words in person.sees, repr(words))
