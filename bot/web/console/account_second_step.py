"""The own second step: set up with an app that makes codes, and turned off again."""

from functools import partial
from io import BytesIO

import segno
from aiohttp import web

from bot import one_time_codes, second_step
from bot.flows.staff_entry import Audited
from bot.web.console import sign_in_tries
from bot.web.console.account import HERE, account
from bot.web.console.acting import Done, act
from bot.web.console.fields import FieldWrong
from bot.web.console.login_trouble import CODE, login_trouble
from bot.web.console.own_password import require_own_password
from bot.web.console.page import Page
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble
from bot.web.console.visit import Visit
from domain.errors import Refused
from storage.second_steps import SecondStep
from storage.transaction import Transaction

SETTING_UP = f"{HERE}/second-step"
LONGEST_CODE = 40


async def setting_up(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """The secret, as a QR code and as letters, and the recovery codes: shown until it is confirmed."""
    found = await visit.read(partial(_found, visit))
    if found is None:
        return await account(visit, trouble)
    secret = " ".join(found.secret[start : start + 4] for start in range(0, len(found.secret), 4))
    return visit.page("second_step", trouble=trouble, secret=secret, recovery=found.recovery)


async def picture(visit: Visit) -> web.Response:
    """The QR code that an app reads, as SVG."""
    found = await visit.read(partial(_found, visit))
    if found is None:
        raise web.HTTPNotFound
    drawn = BytesIO()
    address = one_time_codes.address_of(found.secret, visit.who.login)
    segno.make(address, error="m").save(drawn, kind="svg", scale=5, border=4, light="#fff", omitsize=True)
    return web.Response(body=drawn.getvalue(), content_type="image/svg+xml")


async def begin(visit: Visit) -> web.Response:
    """Make a secret. The password is asked for: it would lock the owner out of a stolen session."""
    try:
        await require_own_password(visit)
        await act(visit, partial(_begin, visit))
    except (Refused, FieldWrong) as error:
        return await account(visit, login_trouble(visit.t, error))


async def confirm(visit: Visit) -> web.Response:
    """A code shows that the app has the secret: from now on it is asked for."""
    try:
        code = visit.form.text(CODE, LONGEST_CODE)
        await act(visit, partial(_confirm, visit, code))
    except (Refused, FieldWrong) as error:
        return await setting_up(visit, login_trouble(visit.t, error))


async def turn_off(visit: Visit) -> web.Response:
    """By the password and a code."""
    try:
        code = visit.form.text(CODE, LONGEST_CODE)
        await require_own_password(visit)
        await visit.write(partial(_count, visit))
        await act(visit, partial(_turn_off, visit, code))
    except (Refused, FieldWrong) as error:
        return await account(visit, login_trouble(visit.t, error))


def _found(visit: Visit, tx: Transaction) -> SecondStep | None:
    return second_step.being_set_up(tx, visit.who.staff_id, visit.who.id_hash)


def _begin(visit: Visit, tx: Transaction) -> Done:
    second_step.begin(tx, visit.who.staff_id, visit.who.id_hash)
    return Done(_audited(visit, "second_step_begun"), SETTING_UP)


def _confirm(visit: Visit, code: str, tx: Transaction) -> Done:
    now = visit.house.console.real_now()
    second_step.confirm(tx, visit.who.staff_id, visit.who.id_hash, code, now)
    return Done(_audited(visit, "second_step_on"), f"{HERE}?done=second-step-on")


def _turn_off(visit: Visit, code: str, tx: Transaction) -> Done:
    second_step.turn_off(tx, visit.who.staff_id, code, visit.house.console.real_now())
    sign_in_tries.forgive_code(tx, visit.who.staff_id)
    return Done(_audited(visit, "second_step_off"), f"{HERE}?done=second-step-off")


def _count(visit: Visit, tx: Transaction) -> None:
    # Counted by itself: a wrong code undoes all that the form has done.
    sign_in_tries.count_code(tx, visit.who.staff_id, visit.house.console.real_now())


def _audited(visit: Visit, what: str) -> Audited:
    return Audited(visit.officer.actor, what, visit.officer.actor, {})


PAGES = (
    Page("GET", "account/second-step", setting_up, May.BE_HERE),
    Page("GET", "account/second-step/picture", picture, May.BE_HERE),
    Page("POST", "account/second-step/begin", begin, May.BE_HERE),
    Page("POST", "account/second-step/confirm", confirm, May.BE_HERE),
    Page("POST", "account/second-step/off", turn_off, May.BE_HERE),
)
