"""All pages of the console, and the console put on its paths."""

from aiohttp import web
from jinja2 import Environment

from bot.web.console import (
    account,
    account_second_step,
    applications,
    bulletins,
    colleague,
    colleagues,
    groups,
    home,
    new_start,
    privileges,
    referral,
    referrals,
    reviews,
    signing,
    staying,
    stepping,
)
from bot.web.console.centre import (
    answers,
    assist,
    audit,
    beside_forms,
    chat,
    duty_form,
    here,
    inbox,
    line_forms,
    ready,
    revealing,
    search,
    stars,
    steering_forms,
)
from bot.web.console.cookies import ConsoleCookies
from bot.web.console.guard import guarded_routes
from bot.web.console.house import House
from bot.web.console.known_browsers import KnownBrowsers
from bot.web.console.live import stream
from bot.web.console.page import ROOT, Page
from bot.web.console.parts import ConsoleParts
from bot.web.parts import WebParts

PAGES: tuple[Page, ...] = (
    *signing.PAGES,
    *stepping.PAGES,
    *staying.PAGES,
    *account.PAGES,
    *account_second_step.PAGES,
    *colleagues.PAGES,
    *colleague.PAGES,
    *new_start.PAGES,
    *home.PAGES,
    *groups.PAGES,
    *bulletins.PAGES,
    *applications.PAGES,
    *referrals.PAGES,
    *referral.PAGES,
    *privileges.PAGES,
    *reviews.PAGES,
    *ready.PAGES,
    *answers.PAGES,
    *assist.PAGES,
    *chat.PAGES,
    *revealing.PAGES,
    *search.PAGES,
    *stars.PAGES,
    *audit.PAGES,
    *beside_forms.PAGES,
    *line_forms.PAGES,
    *steering_forms.PAGES,
    *inbox.PAGES,
    *here.PAGES,
    *duty_form.PAGES,
    *stream.PAGES,
)


def console_routes(parts: WebParts, console: ConsoleParts, pages: Environment) -> list[web.RouteDef]:
    """Where everything under /console/ is."""
    cookies = ConsoleCookies(parts.secret_key, secure=parts.behind_tls)
    known = KnownBrowsers(parts.secret_key, secure=parts.behind_tls)
    house = House(parts, console, pages, cookies, known)
    return [web.get(ROOT.rstrip("/"), _to_home), *guarded_routes(house, PAGES)]


async def _to_home(_: web.Request) -> web.Response:
    raise web.HTTPMovedPermanently(ROOT)
