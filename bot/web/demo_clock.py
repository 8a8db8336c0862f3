"""The demo's clock: read it, put it forward.

    GET  /demo/clock                             {"at": "2026-11-20T16:20:00+05:00", …}
    POST /demo/clock {"at": "2026-11-21T07:00"}  a time without a zone is the territory's
    POST /demo/clock {"advance": "PT10M"}

409 for going back, 400 for anything else that isn't a time. The answer comes when everything that
has fallen due is done.
"""

import re
from datetime import UTC, datetime, timedelta

import orjson
from aiohttp import web

from bot.clock import WouldGoBack
from bot.web.json_answers import json_answer
from bot.web.parts import DemoParts
from bot.web.visitor import from_own_page
from domain.local_time import ZONE, local

SPAN = re.compile(
    r"P(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?(?:(?P<seconds>\d{1,9})S)?)?"
)
# Beyond it the calendar of public holidays is guesswork.
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


class NotATime(Exception):
    """The body doesn't say to when or by how much."""


def clock_routes(demo: DemoParts) -> list[web.RouteDef]:
    """Where the clock is."""

    def shown() -> dict[str, object]:
        now = demo.clock.read()
        return {"at": local(now).isoformat(timespec="seconds"), "utc": now.isoformat(timespec="seconds")}

    async def read(_: web.Request) -> web.Response:
        return json_answer(shown())

    async def move(request: web.Request) -> web.Response:
        if "Origin" in request.headers and not from_own_page(request):
            return json_answer({"error": "this clock is moved by its own page"}, status=403)
        try:
            target = _target(await request.read(), demo.clock.read())
        except NotATime:
            return json_answer({"error": "not a time"}, status=400)
        except WouldGoBack:
            return json_answer({"error": "the clock does not go back", **shown()}, status=409)
        await demo.pass_by(target)
        demo.clock.move_on_to(target)
        await demo.settle()
        return json_answer(shown())

    return [web.get("/demo/clock", read), web.post("/demo/clock", move)]


def _target(body: bytes, now: datetime) -> datetime:
    """To when. Raises NotATime, WouldGoBack for what is past."""
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise NotATime from None
    match asked:
        case {"at": str(at), **rest} if not rest:
            target = instant_of(at)
        case {"advance": str(span), **rest} if not rest:
            target = now + min(span_of(span), LATEST - now + A_SECOND)
        case _:
            raise NotATime
    if target > LATEST:
        raise NotATime
    if target < now:
        raise WouldGoBack
    return target


def instant_of(text: str) -> datetime:
    """An ISO 8601 time; one without a zone is the territory's. Raises NotATime."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NotATime from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZONE)
    try:
        instant = moment.astimezone(UTC)
    except OverflowError:
        raise NotATime from None
    if instant > LATEST:
        raise NotATime
    return instant


def span_of(text: str) -> timedelta:
    """An ISO 8601 span in weeks, days, hours, minutes, seconds. Raises NotATime, WouldGoBack."""
    if text.startswith("-"):
        span_of(text[1:])
        raise WouldGoBack
    match = SPAN.fullmatch(text)
    parts = {unit: int(number) for unit, number in match.groupdict().items() if number} if match else {}
    if not parts or text.endswith("T"):
        raise NotATime
    return timedelta(**parts)
