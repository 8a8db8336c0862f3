"""The demo's staff: a kindergarten's secretary, the education department, the contact centre."""

import hmac
from base64 import b32encode
from dataclasses import dataclass, field
from hashlib import sha256

from bot import passwords
from bot.demo.country import CITY
from bot.texts import LANGUAGES
from storage import staff, territories
from storage.transaction import Transaction

AMINA = "turkistan-amina"
"""The kindergarten of the worked case."""
_SPEAKS = {"operator-two": ("kk", "ru")}
_PEOPLE = (
    ("amina", "kindergarten"),
    ("department", "department"),
    ("operator", "operator"),
    ("operator-two", "operator"),
    ("admin", "admin"),
)


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """Somebody who can log in to the console."""

    login: str
    role: str
    password: str = field(repr=False)


def demo_staff(secret_key: str) -> tuple[DemoStaff, ...]:
    """Secretary, officer, two operators, admin. The passwords are the same at each start of a demo."""
    return tuple(DemoStaff(login, role, _password(secret_key, login)) for login, role in _PEOPLE)


def write_staff(tx: Transaction, people: tuple[DemoStaff, ...]) -> None:
    """Write them down, the secretary with her house and the others with the city."""
    house, city = staff.find_kindergarten(tx, AMINA), territories.find_by_code(tx, CITY)
    assert house is not None
    assert city is not None
    for each in people:
        in_a_house = each.role == "kindergarten"
        staff.add(
            tx,
            login=each.login,
            password_hash=passwords.hashed(each.password),
            role=each.role,
            language="kk",
            territories=() if in_a_house else (city,),
            kindergartens=(house,) if in_a_house else (),
            at=tx.now,
            speaks=_SPEAKS.get(each.login, tuple(LANGUAGES)),
        )


def _password(secret_key: str, login: str) -> str:
    digest = hmac.digest(secret_key.encode(), f"demo staff {login}".encode(), sha256)
    letters = b32encode(digest).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, 12, 4))
