"""The own password, asked again before something dangerous: a session alone is not enough for that."""

from functools import partial

from bot.ports.password_errand import COMPARE
from bot.web.console import sign_in_tries
from bot.web.console.fields import FieldFault, FieldWrong
from bot.web.console.visit import Visit
from domain.errors import OwnPasswordWrong
from storage import staff_logins
from storage.transaction import Transaction

PASSWORD, LONGEST = "password", 200


async def require_own_password(visit: Visit) -> str:
    """The stored hash for which what was typed is right.

    Raises FieldWrong, OwnPasswordWrong, TooManyTries.
    """
    typed = visit.form.raw(PASSWORD)
    if not typed:
        raise FieldWrong(PASSWORD, FieldFault.MISSING)
    if len(typed) > LONGEST:
        raise OwnPasswordWrong
    hashed = await visit.write(partial(_count, visit))
    answer = await visit.house.console.passwords.run({"do": COMPARE, "password": typed, "hash": hashed})
    if hashed is None or answer["right_for"] != hashed:
        raise OwnPasswordWrong
    await visit.write(lambda tx: sign_in_tries.forgive_again(tx, visit.who.staff_id))
    return hashed


def _count(visit: Visit, tx: Transaction) -> str | None:
    sign_in_tries.count_again(tx, visit.who.staff_id, visit.house.console.real_now())
    stored = staff_logins.find_by_id(tx, visit.who.staff_id)
    return stored.password_hash if stored is not None else None
