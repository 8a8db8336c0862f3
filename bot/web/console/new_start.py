"""A new start for whoever has forgotten the password: a one-time password, shown to the admin once."""

from datetime import datetime
from functools import partial

from aiohttp import web

from bot import managing_staff, passwords
from bot.managing_staff import MadePassword
from bot.ports.password_errand import HASH
from bot.web.console.acting import Done, SentBefore, act
from bot.web.console.colleague import colleague, person_of
from bot.web.console.fields import FieldWrong
from bot.web.console.login_trouble import login_trouble
from bot.web.console.own_password import require_own_password
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May
from bot.web.console.visit import Visit
from domain.errors import Refused
from storage.staff_within import Colleague
from storage.transaction import Transaction


async def new_start(visit: Visit) -> web.Response:
    """The admin's own password is asked for: with a stolen session nobody opens other logins.

    The password stands in the answer of the form that made it, and nowhere else: a form that comes again is
    led to the person's page, and the password is not seen a second time.
    """
    person = await visit.read(partial(person_of, visit))
    try:
        await require_own_password(visit)
        return await _given(visit, person)
    except (Refused, FieldWrong) as error:
        return await colleague(visit, login_trouble(visit.t, error))


async def _given(visit: Visit, person: Colleague) -> web.Response:
    password = passwords.made_up()
    answer = await visit.house.console.passwords.run({"do": HASH, "password": password})
    made = MadePassword(answer["hash"], visit.house.console.real_now())
    try:
        await act(visit, partial(_give, visit, made))
    except SentBefore:
        raise
    except web.HTTPSeeOther:
        return visit.page("new_start", person=person, password=password, until=made.good_until)


def _give(visit: Visit, made: MadePassword, tx: Transaction) -> Done:
    person, seen = person_of(visit, tx), _changed_at(visit)
    audited = managing_staff.new_start(tx, visit.officer, person.id, made, seen)
    return Done(audited, f"{ROOT}staff/{person.id}?done=new-start")


def _changed_at(visit: Visit) -> datetime | None:
    """Since when the password is the one that the page knew of. Raises HTTPBadRequest for what is no time."""
    said = visit.form.raw("changed")
    try:
        return datetime.fromisoformat(said) if said else None
    except ValueError:
        raise web.HTTPBadRequest from None


PAGES = (Page("POST", "staff/{staff}/new-start", new_start, May.MANAGE_STAFF),)
