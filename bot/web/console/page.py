"""A page of the console: a path, what may be done there, and who draws it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.console.permission import May

if TYPE_CHECKING:
    from bot.web.console.visit import Visit

ROOT = "/console/"
Draws = Callable[["Visit"], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Page:
    """`path` below the root, "" the home page. Without a permission it is refused to everybody.

    `takes_file`: its form may have a file in it. `by_itself`: an open page asks for it, whether anybody is
    there or not, so that it keeps no session.
    """

    method: str
    path: str
    draw: Draws
    may: May | None = None
    takes_file: bool = False
    by_itself: bool = False
