"""The HTTP server: puts pages, webhooks and health on their paths, with what all of them need."""

from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.web.access_log import AccessLog
from bot.web.chat_pages import SOCKETS, ChatPages, close_sockets
from bot.web.console.live.feed import Feed
from bot.web.console.routes import console_routes
from bot.web.demo_pages import demo_routes
from bot.web.failures import failures
from bot.web.file_downloads import FileDownloads
from bot.web.health import health_routes
from bot.web.house_pictures import HousePictures
from bot.web.letters_off import LettersOff
from bot.web.open_data.handlers import OpenData
from bot.web.parts import PARTS, WebParts
from bot.web.referral_check import ReferralCheck
from bot.web.security import guard
from bot.web.sms_reports import SmsReports
from bot.web.static_files import StaticFiles

TEMPLATES = Path(__file__).parent / "templates"
REQUEST_BYTES = 1024 * 1024
# How long requests under way may take to end once the process is told to stop.
STOP_SECONDS = 10.0


def build(parts: WebParts) -> web.Application:
    """The application; running it is another's job (`run` here, or a test's client)."""
    files = _static_files()
    pages = _pages()
    app = web.Application(middlewares=[failures(pages)], client_max_size=REQUEST_BYTES)
    app[PARTS] = parts
    app[SOCKETS] = set()
    app.router.add_get("/static/{fingerprint}/{name:.+}", files.serve)
    app.router.add_routes(ChatPages(parts, pages).routes())
    app.router.add_routes(FileDownloads(parts, pages).routes())
    app.router.add_routes(HousePictures(parts).routes())
    app.router.add_routes(ReferralCheck(parts, pages).routes())
    app.router.add_routes(LettersOff(parts, pages).routes())
    if parts.sms_token is not None:
        app.router.add_routes(SmsReports(parts, parts.sms_token).routes())
    app.router.add_routes(OpenData(parts, pages).routes())
    app.router.add_routes(health_routes(parts.version, parts.readiness, parts.registry))
    app.router.add_routes(parts.routes)
    if parts.telegram_webhook is not None:
        app.router.add_post("/telegram/webhook", parts.telegram_webhook)
    if parts.console is not None:
        app.router.add_routes(console_routes(parts, parts.console, pages))
    if parts.demo is not None:
        app.router.add_routes(demo_routes(parts.demo, parts.texts, pages))
    guard(app, parts.public_url)
    app.on_shutdown.append(close_sockets)
    if parts.console is not None and parts.console.feed is not None:
        app.on_shutdown.append(_ending(parts.console.feed))
    return app


async def run(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Start to listen; `await runner.cleanup()` stops gracefully. Raises OSError when the port is taken."""
    runner = web.AppRunner(app, access_log_class=AccessLog, shutdown_timeout=STOP_SECONDS)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner


def _ending(feed: Feed) -> Callable[[web.Application], Awaitable[None]]:
    """At the end of the process the pages that listen are let go, or their requests would never end."""

    async def end(_: web.Application) -> None:
        feed.end()

    return end


@cache
def _static_files() -> StaticFiles:
    return StaticFiles.read()


@cache
def _pages() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals["static"] = _static_files().url
    return pages
