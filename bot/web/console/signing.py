"""Signing in and out, and the language of the pages."""

from functools import partial

from aiohttp import web

from bot import signed_in_nowhere
from bot.ports.password_errand import COMPARE
from bot.texts import LANGUAGES
from bot.web.console.entering import Tried, begin, begin_half, count_try, lead_in, note, note_lock
from bot.web.console.own_paths import own_path
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May
from bot.web.console.stepping import to_second_step
from bot.web.console.trouble import Trouble
from bot.web.console.visit import Visit
from bot.web.visitor import from_own_page
from domain.errors import TooManyTries
from storage import staff_logins, staff_sessions
from storage.centre import duty
from storage.transaction import Transaction

LONGEST_LOGIN, LONGEST_PASSWORD = 64, 200


async def form(visit: Visit) -> web.Response:
    """The form. Whoever is signed in already is led on."""
    if visit.session is not None:
        raise web.HTTPSeeOther(own_path(visit.request.query.get("next", "")))
    return _form(visit, own_path(visit.request.query.get("next", "")))


async def sign_in(visit: Visit) -> web.Response:
    """Look at login and password. An unknown login gets the answer of a wrong password."""
    sent = visit.form
    target = own_path(sent.raw("next"))
    if not (
        from_own_page(visit.request) and visit.house.cookies.is_own_form(visit.request, sent.raw("mark"))
    ):
        return _form(visit, target, Trouble(visit.t("Please try once more."), status=403))
    login, password = sent.raw("login").strip().lower(), sent.raw("password")
    if not (login and password):
        return _form(visit, target, Trouble(visit.t("Please type login and password."), status=422))
    # Nobody is called with a zero, and PostgreSQL takes none in a text.
    if len(login) > LONGEST_LOGIN or len(password) > LONGEST_PASSWORD or "\0" in login:
        return _refused(visit, target)
    try:
        tried = await visit.write(partial(count_try, visit, login))
    except TooManyTries as often:
        words = visit.t("Too many tries. Try again after {time}.", time=visit.t.time(often.again_at))
        return _form(visit, target, Trouble(words, status=429))
    return await _tried(visit, tried, password, target)


async def sign_out(visit: Visit) -> web.Response:
    """End the session here and at the browser."""
    await visit.write(partial(_end, visit))
    leading = web.HTTPSeeOther(f"{ROOT}sign-in?done=signed-out&lang={visit.t.language}")
    visit.house.cookies.sign_out(leading)
    raise leading


async def speak(visit: Visit) -> web.Response:
    """Show the pages in another language from now on."""
    language = visit.form.raw("language")
    if language in LANGUAGES:
        await visit.write(lambda tx: staff_logins.speak(tx, visit.who.staff_id, language))
    raise web.HTTPSeeOther(own_path(visit.form.raw("to")))


async def _tried(visit: Visit, tried: Tried, password: str, target: str) -> web.Response:
    stored = tried.stored
    hashed = stored.password_hash if stored is not None else None
    # Also for nobody and for a lock: the time it takes tells nothing.
    answer = await visit.house.console.passwords.run({"do": COMPARE, "password": password, "hash": hashed})
    now = visit.house.console.real_now()
    if stored is None or tried.is_locked or answer["right_for"] != hashed or stored.is_password_over(now):
        await visit.write(partial(note_lock, visit, tried))
        return _refused(visit, target)
    enter = begin_half if stored.has_second_step else begin
    token = await visit.write(partial(enter, visit, stored))
    if token is None:
        return _refused(visit, target)
    if stored.has_second_step:
        raise to_second_step(visit, token, target)
    raise lead_in(visit, stored, token, target)


def _form(
    visit: Visit, target: str, trouble: Trouble | None = None, *, refused: bool = False
) -> web.Response:
    cookies = visit.house.cookies
    tied_to = cookies.form_of(visit.request)
    login = visit.fields.raw("login")[:LONGEST_LOGIN] if visit.fields is not None else ""
    mark = cookies.mark_of(tied_to)
    answer = visit.page("sign_in", trouble=trouble, target=target, mark=mark, login=login, refused=refused)
    cookies.keep_form(answer, tied_to)
    return answer


def _refused(visit: Visit, target: str) -> web.Response:
    return _form(visit, target, Trouble(visit.t("Login or password is wrong."), status=403), refused=True)


def _end(visit: Visit, tx: Transaction) -> None:
    token = visit.house.cookies.token_of(visit.request)
    if token is not None:
        staff_sessions.end(tx, token)
    duty.end(tx, [visit.who.staff_id])
    signed_in_nowhere.let_go(tx, visit.house.console.real_now())
    note(tx, visit, visit.who.staff_id, "signed_out")


PAGES = (
    Page("GET", "sign-in", form, May.SIGN_IN),
    Page("POST", "sign-in", sign_in, May.SIGN_IN),
    Page("POST", "sign-out", sign_out, May.COME_IN),
    Page("POST", "language", speak, May.COME_IN),
)
