"""The second step of signing in: a code, asked for after the password; till then nothing is open."""

from dataclasses import replace
from functools import partial

from aiohttp import web

from bot import second_step
from bot.texts import texts_in
from bot.web.console import sign_in_tries
from bot.web.console.entering import begin, lead_in
from bot.web.console.guard import CSRF
from bot.web.console.own_paths import own_path
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble
from bot.web.console.visit import Visit
from bot.web.visitor import from_own_page
from domain.errors import TooManyTries
from storage import half_sessions, staff_logins
from storage.half_sessions import Half
from storage.staff_logins import StoredLogin
from storage.transaction import Transaction

HERE = f"{ROOT}sign-in/code"
Entered = tuple[StoredLogin, str]


def to_second_step(visit: Visit, token: str, target: str) -> web.HTTPSeeOther:
    """Lead whoever gave the right password there; `target` is the page behind it."""
    leading = web.HTTPSeeOther(str(visit.request.rel_url.with_path(HERE).with_query(next=target)))
    visit.house.cookies.half_in(leading, token)
    return leading


async def form(visit: Visit) -> web.Response:
    """Ask for the code. Whoever has not given the password is led to where it is asked for."""
    half = await _half(visit)
    return _form(visit, half, own_path(visit.request.query.get("next", "")))


async def enter(visit: Visit) -> web.Response:
    """Look at the code; a right one opens the console, under another name of the session."""
    half, target = await _half(visit), own_path(visit.form.raw("next"))
    if not (from_own_page(visit.request) and visit.is_marked(CSRF, half.csrf)):
        return _form(visit, half, target, Trouble(visit.t("Please try once more."), status=403))
    try:
        entered = await visit.write(partial(_enter, visit, half))
    except TooManyTries:
        raise await _start_again(visit, half) from None
    if entered is None:
        t = texts_in(half.language)
        words = t("This code is not right, or it was used already.")
        return _form(visit, half, target, Trouble(words, "code", 403))
    raise lead_in(visit, *entered, target)


def _enter(visit: Visit, half: Half, tx: Transaction) -> Entered | None:
    now, stored = visit.house.console.real_now(), staff_logins.find_by_id(tx, half.staff_id)
    known = visit.house.known.mark_of(visit.request, stored)
    sign_in_tries.count_step(tx, half, now, known)
    if stored is None or not second_step.is_made(tx, half.staff_id, visit.form.raw("code"), now):
        return None
    if not half_sessions.end(tx, half):
        return None
    token = begin(visit, stored, tx)
    return (stored, token) if token is not None else None


async def _half(visit: Visit) -> Half:
    token = visit.house.cookies.half_of(visit.request)
    now = visit.house.console.real_now()
    half = await visit.read(partial(half_sessions.find, token=token, now=now)) if token else None
    if half is None:
        raise _to_password(visit)
    return half


async def _start_again(visit: Visit, half: Half) -> web.HTTPSeeOther:
    await visit.write(lambda tx: half_sessions.end(tx, half))
    return _to_password(visit)


def _to_password(visit: Visit) -> web.HTTPSeeOther:
    asked = {"done": "step-over"} if visit.house.cookies.half_of(visit.request) else {}
    leading = web.HTTPSeeOther(str(visit.request.rel_url.with_path(f"{ROOT}sign-in").with_query(asked)))
    visit.house.cookies.half_over(leading)
    return leading


def _form(visit: Visit, half: Half, target: str, trouble: Trouble | None = None) -> web.Response:
    spoken = replace(visit, t=texts_in(half.language))
    return spoken.page("sign_in_code", trouble=trouble, target=target, half=half)


PAGES = (
    Page("GET", "sign-in/code", form, May.SIGN_IN),
    Page("POST", "sign-in/code", enter, May.SIGN_IN),
)
