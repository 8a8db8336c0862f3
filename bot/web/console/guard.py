"""Stands before every page of the console: who comes, whether they may, whether the form is ours."""

from collections.abc import Iterable
from functools import partial

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.texts import texts_in
from bot.web.console.fields import Fields, fields_of, fields_with_file
from bot.web.console.house import House
from bot.web.console.own_paths import own_path
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May, allows
from bot.web.console.visit import Visit
from bot.web.flood import (
    TOKENS_OF_AN_ADDRESS,
    VISITS_OF_A_SESSION,
    VISITS_OF_AN_ADDRESS,
    require_room,
)
from bot.web.page_language import page_language
from bot.web.visitor import from_own_page, network_address
from storage import staff_sessions
from storage.staff_sessions import NOTED_EVERY, Session

CSRF, ONCE = "csrf", "once"
NEW_PASSWORD = f"{ROOT}account/new-password"
"""Where whoever comes with a password that was made for them is led before anything else."""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    # Not "no-referrer": browsers would then hide the origin of our own forms from us.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), payment=(), usb=()",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}


def guarded_routes(house: House, pages: Iterable[Page]) -> list[web.RouteDef]:
    """Each page on its path, behind the guard."""
    return [web.route(page.method, ROOT + page.path, guarded(house, page)) for page in pages]


def guarded(house: House, page: Page) -> Handler:
    """A handler that draws the page for whoever may see it."""

    async def handle(request: web.Request) -> web.StreamResponse:
        session = await _let_in(house, request, by_itself=page.by_itself)
        language = request.query.get("lang") if session is None else session.language
        t = texts_in(language or page_language(request))
        visit = Visit(request, house, t, session, await _fields(request, page, session))
        try:
            response = await _admitted(visit, page)
        except web.HTTPNotFound:
            response = visit.page("message", status=404, title=t("There is no such page here."))
        except web.HTTPRedirection as leading:
            leading.headers.update(HEADERS)
            raise
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return handle


async def _admitted(visit: Visit, page: Page) -> web.StreamResponse:
    t = visit.t
    if page.may is None:
        return visit.page("message", status=403, title=t("This page is not open to anybody."))
    if page.may is May.SIGN_IN:
        return await page.draw(visit)
    if visit.session is None:
        raise web.HTTPSeeOther(_to_sign_in(visit))
    if visit.session.owes_password and page.may is not May.COME_IN:
        raise web.HTTPSeeOther(NEW_PASSWORD)
    if not allows(page.may, visit.session.role):
        return visit.page("message", status=403, title=t("This page is not for your role."))
    if page.method != "GET" and not is_own_form(visit):
        words = t("This form is out of date. Go back, load the page anew and try again.")
        return visit.page("message", status=403, title=words)
    return await page.draw(visit)


def is_own_form(visit: Visit) -> bool:
    """Whether a page of ours was given this form in this very session."""
    return from_own_page(visit.request) and visit.is_marked(CSRF, visit.who.csrf)


def _to_sign_in(visit: Visit) -> str:
    was_here = visit.house.cookies.token_of(visit.request) is not None
    asked = {"done": "session-over"} if was_here else {}
    if visit.request.method == "GET" and own_path(visit.request.path) != ROOT:
        asked["next"] = visit.request.path
    return str(visit.request.rel_url.with_path(f"{ROOT}sign-in").with_query(asked))


async def _fields(request: web.Request, page: Page, session: Session | None) -> Fields | None:
    if page.method == "GET":
        return None
    if not page.takes_file:
        return await fields_of(request)
    # A file is not even read for somebody who may not send it.
    may = session is not None and allows(page.may, session.role)
    return await fields_with_file(request) if may else Fields({})


async def _let_in(house: House, request: web.Request, *, by_itself: bool) -> Session | None:
    """The session of whoever comes, None for a stranger. Raises HTTPTooManyRequests.

    A contact centre is one address with many at work behind it: who is signed in is counted by the session.
    """
    flood, address = house.parts.flood, network_address(request)
    if house.cookies.token_of(request) is not None:
        await require_room(flood, f"tokens {address}", TOKENS_OF_AN_ADDRESS)
        session = await _session(house, request, by_itself=by_itself)
        if session is not None:
            await require_room(flood, f"session {session.id_hash.hex()}", VISITS_OF_A_SESSION)
            return session
    await require_room(flood, f"visits {address}", VISITS_OF_AN_ADDRESS)
    return None


async def _session(house: House, request: web.Request, *, by_itself: bool) -> Session | None:
    token = house.cookies.token_of(request)
    if token is None:
        return None
    database, now = house.console.database, house.console.real_now()
    session: Session | None = await database.read(lambda tx: staff_sessions.find(tx, token, now))
    if session is None or by_itself or session.seen_at > now - NOTED_EVERY:
        return session
    seen: Session = await database.write(partial(staff_sessions.seen, session=session, now=now))
    return seen
