"""What all pages of the console share."""

from dataclasses import dataclass

from jinja2 import Environment

from bot.web.console.cookies import ConsoleCookies
from bot.web.console.known_browsers import KnownBrowsers
from bot.web.console.parts import ConsoleParts
from bot.web.parts import WebParts


@dataclass(frozen=True, slots=True)
class House:
    """Made once for a server."""

    parts: WebParts
    console: ConsoleParts
    pages: Environment
    cookies: ConsoleCookies
    known: KnownBrowsers
