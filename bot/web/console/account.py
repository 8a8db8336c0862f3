"""The own login: its password, and where it is signed in."""

from dataclasses import dataclass
from functools import partial
from typing import NoReturn

from aiohttp import web

from bot.flows.staff_entry import Audited
from bot.ports.password_errand import HASH
from bot.web.console.acting import Done, SentBefore, act
from bot.web.console.fields import FieldFault, FieldWrong
from bot.web.console.login_trouble import AGAIN, NEW, login_trouble
from bot.web.console.own_password import require_own_password
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble
from bot.web.console.visit import Visit
from domain.errors import AlreadyDecided, LoginInPassword, PasswordsDiffer, PasswordUnchanged, Refused
from domain.identity import LONGEST_PASSWORD, SHORTEST_PASSWORD, refuse_bad_password
from storage import open_sessions, staff_logins, staff_sessions
from storage.open_sessions import OpenSession
from storage.staff_logins import StoredLogin
from storage.transaction import Transaction

HERE = f"{ROOT}account"


@dataclass(frozen=True, slots=True)
class _Known:
    sessions: list[OpenSession]
    stored: StoredLogin | None


async def account(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """Password, second step, open sessions."""
    known = await visit.read(partial(_known, visit))
    return visit.page(
        "account",
        trouble=trouble,
        known=known,
        shortest=SHORTEST_PASSWORD,
        longest=LONGEST_PASSWORD,
    )


async def new_password(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """The form alone, for whoever has come with a password that was made for them."""
    if not visit.who.owes_password:
        raise web.HTTPSeeOther(HERE)
    return visit.page("new_password", trouble=trouble, shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)


async def change_password(visit: Visit) -> web.Response:
    """Another password. All other sessions end, this one goes on under another name."""
    try:
        before = await require_own_password(visit)
        hashed = await _hashed(visit, before)
        await _changed(visit, before, hashed)
    except (Refused, FieldWrong) as error:
        form = new_password if visit.who.owes_password else account
        return await form(visit, login_trouble(visit.t, error))


async def end_session(visit: Visit) -> web.Response:
    """End one of the own sessions."""
    try:
        await act(visit, partial(_end_one, visit))
    except Refused as error:
        return await account(visit, login_trouble(visit.t, error))


async def end_others(visit: Visit) -> web.Response:
    """End all own sessions but this one."""
    await act(visit, partial(_end_others, visit))


async def _changed(visit: Visit, before: str, hashed: str) -> NoReturn:
    tokens: list[str] = []
    try:
        await act(visit, partial(_change, visit, before, hashed, tokens))
    except SentBefore:
        raise
    except web.HTTPSeeOther as leading:
        for token in tokens:
            visit.house.cookies.sign_in(leading, token)
            stored = StoredLogin(visit.who.staff_id, visit.who.login, hashed)
            visit.house.known.remember(visit.request, leading, stored)
        raise


async def _hashed(visit: Visit, before: str) -> str:
    """The hash of the new password, which stands there twice. Raises what is wrong with it."""
    new, again = visit.form.raw(NEW), visit.form.raw(AGAIN)
    if not new:
        raise FieldWrong(NEW, FieldFault.MISSING)
    refuse_bad_password(new)
    visit.form.text(NEW, LONGEST_PASSWORD)
    if visit.who.login in new.casefold():
        raise LoginInPassword
    if new != again:
        raise PasswordsDiffer
    request = {"do": HASH, "password": new, "before": before}
    answer = await visit.house.console.passwords.run(request)
    if "hash" not in answer:
        raise PasswordUnchanged
    hashed: str = answer["hash"]
    return hashed


def _change(visit: Visit, before: str, hashed: str, tokens: list[str], tx: Transaction) -> Done:
    now = visit.house.console.real_now()
    if not staff_logins.change_password(tx, visit.who.staff_id, before, hashed, now):
        raise AlreadyDecided
    ended = open_sessions.end_all(tx, visit.who.staff_id, but=visit.who.id_hash)
    # A transaction may be tried again: the last try's token is the one that counts.
    tokens[:] = [staff_sessions.renew(tx, visit.who, now)]
    led_to = ROOT if visit.who.owes_password else HERE
    return Done(_audited(visit, "password_changed", ended=ended), f"{led_to}?done=password-changed")


def _end_one(visit: Visit, tx: Transaction) -> Done:
    sessions = open_sessions.of_staff(tx, visit.who.staff_id, visit.house.console.real_now())
    found = [each for each in sessions if each.name == visit.form.raw("session")]
    if not found or not open_sessions.end(tx, found[0]):
        raise AlreadyDecided
    return Done(_audited(visit, "session_ended", ended=1), f"{HERE}?done=session-ended")


def _end_others(visit: Visit, tx: Transaction) -> Done:
    ended = open_sessions.end_all(tx, visit.who.staff_id, but=visit.who.id_hash)
    return Done(_audited(visit, "sessions_ended", ended=ended), f"{HERE}?done=sessions-ended")


def _known(visit: Visit, tx: Transaction) -> _Known:
    who, now = visit.who.staff_id, visit.house.console.real_now()
    return _Known(list(open_sessions.of_staff(tx, who, now)), staff_logins.find_by_id(tx, who))


def _audited(visit: Visit, what: str, **data: int) -> Audited:
    return Audited(visit.officer.actor, what, visit.officer.actor, dict(data))


PAGES = (
    Page("GET", "account", account, May.BE_HERE),
    Page("GET", "account/new-password", new_password, May.COME_IN),
    Page("POST", "account/password", change_password, May.COME_IN),
    Page("POST", "account/sessions/end", end_session, May.BE_HERE),
    Page("POST", "account/sessions/end-others", end_others, May.BE_HERE),
)
