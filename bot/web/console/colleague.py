"""One of the staff, and what an admin does with their login."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot import managing_staff
from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from bot.web.console import sign_in_tries
from bot.web.console.acting import Done, act
from bot.web.console.fields import FieldWrong
from bot.web.console.login_trouble import login_trouble
from bot.web.console.own_password import require_own_password
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May
from bot.web.console.role_words import role_names
from bot.web.console.trouble import Trouble
from bot.web.console.visit import Visit
from domain.errors import Refused
from storage import open_sessions, staff_rights, staff_within
from storage.open_sessions import OpenSession
from storage.staff_within import Colleague
from storage.transaction import Transaction

Deed = Callable[[Transaction, Officer, int], Audited]


@dataclass(frozen=True, slots=True)
class _Known:
    person: Colleague
    rights: Sequence[str]
    sessions: Sequence[OpenSession]


async def colleague(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """Rights, sessions, lock, second step."""
    known = await visit.read(partial(_known, visit))
    return visit.page(
        "colleague",
        trouble=trouble,
        known=known,
        roles=role_names(visit.t),
        now=visit.house.console.real_now(),
    )


async def unlock(visit: Visit) -> web.Response:
    """After too many wrong passwords."""
    return await _do(visit, managing_staff.unlock, "unlocked")


async def end_sessions(visit: Visit) -> web.Response:
    """Everywhere."""
    really = visit.house.console.real_now()
    return await _do(visit, partial(managing_staff.end_sessions, really=really), "colleague-out")


async def second_step_off(visit: Visit) -> web.Response:
    """The admin's own password is asked for: with a stolen session nobody opens other logins."""
    return await _do(visit, managing_staff.second_step_off, "colleague-step-off", asks_password=True)


async def shut_out(visit: Visit) -> web.Response:
    """Take the login away, until it is given back."""
    really = visit.house.console.real_now()
    return await _do(visit, partial(managing_staff.shut_out, really=really), "shut-out")


async def let_in(visit: Visit) -> web.Response:
    """Give it back. The password is asked for, as above."""
    return await _do(visit, managing_staff.let_in, "let-in", asks_password=True)


async def _do(visit: Visit, deed: Deed, done: str, *, asks_password: bool = False) -> web.Response:
    await visit.read(partial(person_of, visit))
    try:
        if asks_password:
            await require_own_password(visit)
        await act(visit, partial(_done, visit, deed, done))
    except (Refused, FieldWrong) as error:
        return await colleague(visit, login_trouble(visit.t, error))


def _done(visit: Visit, deed: Deed, done: str, tx: Transaction) -> Done:
    person = person_of(visit, tx)
    audited = deed(tx, visit.officer, person.id)
    if deed is managing_staff.unlock:
        sign_in_tries.forgive_all(tx, person.login)
    return Done(audited, f"{ROOT}staff/{person.id}?done={done}")


def person_of(visit: Visit, tx: Transaction) -> Colleague:
    """Whom the page is about. Raises HTTPNotFound for whoever is not this admin's to look after."""
    now = visit.house.console.real_now()
    person = staff_within.find(tx, visit.id("staff"), visit.reach(tx), now)
    if person is None:
        raise web.HTTPNotFound
    return person


def _known(visit: Visit, tx: Transaction) -> _Known:
    person = person_of(visit, tx)
    rights = staff_rights.names(tx, [person.id], visit.t.language)
    sessions = open_sessions.of_staff(tx, person.id, visit.house.console.real_now())
    return _Known(person, rights.get(person.id, []), sessions)


PAGES = (
    Page("GET", "staff/{staff}", colleague, May.MANAGE_STAFF),
    Page("POST", "staff/{staff}/unlock", unlock, May.MANAGE_STAFF),
    Page("POST", "staff/{staff}/end-sessions", end_sessions, May.MANAGE_STAFF),
    Page("POST", "staff/{staff}/second-step-off", second_step_off, May.MANAGE_STAFF),
    Page("POST", "staff/{staff}/shut-out", shut_out, May.MANAGE_STAFF),
    Page("POST", "staff/{staff}/let-in", let_in, May.MANAGE_STAFF),
)
