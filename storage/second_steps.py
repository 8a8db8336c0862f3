"""The second step of signing in, as it is stored: a secret and recovery codes, sealed in one value.

It is on once a code was taken (`totp_used`): until then it is being set up, in one session, and nobody is
asked for it.
"""

from dataclasses import asdict, dataclass, field, replace

import orjson
from sqlalchemy import bindparam, select, update

from storage.dialects import parameters
from storage.tables import staff
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SecondStep:
    """`recovery` are codes while it is set up, and their hashes from then on.

    `session` is the hash of the session in which it is set up, in hexadecimals. `used` is the time step
    of the last code that was taken, None while it is set up.
    """

    secret: str = field(repr=False)
    recovery: tuple[str, ...] = field(repr=False)
    session: str = field(default="", repr=False)
    used: int | None = None


_FIND = select(staff.c.totp, staff.c.totp_used).where(
    staff.c.id == bindparam("staff_id"), staff.c.totp.is_not(None)
)
_HELD = _FIND.with_for_update()
_WRITE = (
    update(staff).where(staff.c.id == bindparam("staff_id")).values(parameters(staff, "totp", "totp_used"))
)


def find(tx: Transaction, staff_id: int) -> SecondStep | None:
    """Somebody's second step, on or being set up."""
    return _opened(tx, staff_id, tx.conn.execute(_FIND, {"staff_id": staff_id}).first())


def held(tx: Transaction, staff_id: int) -> SecondStep | None:
    """The same; nobody else takes a code until the transaction ends."""
    return _opened(tx, staff_id, tx.conn.execute(_HELD, {"staff_id": staff_id}).first())


def write(tx: Transaction, staff_id: int, step: SecondStep) -> None:
    """Keep it."""
    kept = asdict(replace(step, used=None))
    totp = tx.vault.seal_bytes("staff", staff_id, "totp", orjson.dumps(kept))
    tx.conn.execute(_WRITE, {"staff_id": staff_id, "totp": totp, "totp_used": step.used})


def remove(tx: Transaction, staff_id: int) -> None:
    """Nobody is asked for it any more."""
    tx.conn.execute(_WRITE, {"staff_id": staff_id, "totp": None, "totp_used": None})


def _opened(tx: Transaction, staff_id: int, row: tuple[bytes, int | None] | None) -> SecondStep | None:
    if row is None:
        return None
    kept = orjson.loads(tx.vault.open_bytes("staff", staff_id, "totp", row[0]))
    return SecondStep(kept["secret"], tuple(kept["recovery"]), kept["session"], row[1])
