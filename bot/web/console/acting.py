"""Doing what a form asks for: in one transaction, once, with an entry in the audit."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

from aiohttp import web

from bot.flows.staff_entry import Audited
from bot.web.console.guard import ONCE
from bot.web.console.visit import Visit
from storage import staff_forms
from storage.transaction import Transaction

_NUMBER = re.compile(r"[A-Za-z0-9_-]{16}")


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, and the page that it leads to."""

    audited: Audited
    leads_to: str


Deed = Callable[[Transaction], Done]


class SentBefore(web.HTTPSeeOther):
    """To where a form led that comes again: nothing was done this time, whatever a lost try has begun."""


async def act(visit: Visit, deed: Deed) -> NoReturn:
    """Do it and lead on. A form that was sent before does nothing: raises SentBefore.

    A deed that refuses undoes everything, its own form too, which can be sent again.
    """
    key = staff_forms.key_of(visit.who.id_hash, form_number(visit))
    leads_to, before = await visit.write(partial(_once, visit, key, deed))
    raise SentBefore(leads_to) if before else web.HTTPSeeOther(leads_to)


def form_number(visit: Visit) -> str:
    """The form's own number, by which it is known when it comes again. Raises HTTPBadRequest for none."""
    number = visit.form.raw(ONCE)
    if not _NUMBER.fullmatch(number):
        raise web.HTTPBadRequest
    return number


def _once(visit: Visit, key: bytes, deed: Deed, tx: Transaction) -> tuple[str, bool]:
    """Where it leads, and whether it was sent before."""
    before = staff_forms.begin(tx, key, visit.house.console.real_now())
    if before is not None:
        return before, True
    done = deed(tx)
    staff_forms.finish(tx, key, done.leads_to)
    visit.audit(tx, done.audited)
    return done.leads_to, False
