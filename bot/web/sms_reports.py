"""POST /sms/report: the SMS gateway tells what became of the texts it took.

    Authorization: Bearer {KEZEK_SMS_TOKEN}
    {"id": "gw-7", "state": "delivered"} or {"id": …, "state": "failed", "error": "absent"}, or a list of them

`id` is the name under which the gateway took the text, or the one we gave it where it told none of its own.
Other states are passed over. The same report may come again, and in any order.

    200  taken
    401  another token
    400  not of this form
    404  {"unknown": ["gw-8"]}: these are not known, or not yet; the others are taken. To be told again later.
"""

import hmac
from functools import partial
from typing import Any

import orjson
from aiohttp import web

from bot.notifiers import sms_reports
from bot.notifiers.sms_reports import Report
from bot.web.json_answers import json_answer
from bot.web.parts import WebParts
from storage.database import Database

PATH = "/sms/report"
MOST = 500
"""Reports in one request."""
_LONGEST_NAME, _LONGEST_ERROR = 160, 64


class BadReport(Exception):
    """Not of the form above."""


class SmsReports:
    """The handler of /sms/report."""

    def __init__(self, parts: WebParts, token: str) -> None:
        self._database: Database = parts.files.database
        self._expected = f"Bearer {token}".encode()

    def routes(self) -> list[web.RouteDef]:
        """Where it is."""
        return [web.post(PATH, self.take)]

    async def take(self, request: web.Request) -> web.Response:
        """Take reports, each in a transaction of its own."""
        said = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(said, self._expected):
            raise web.HTTPUnauthorized
        try:
            reports = _read(await request.read())
        except BadReport:
            raise web.HTTPBadRequest from None
        unknown = [
            each.name
            for each in reports
            if not await self._database.write(partial(sms_reports.take, report=each))
        ]
        return json_answer({"unknown": unknown}, status=404) if unknown else json_answer({})


def _read(body: bytes) -> list[Report]:
    try:
        said: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise BadReport from None
    many = said if isinstance(said, list) else [said]
    if len(many) > MOST:
        raise BadReport
    return [report for each in many if (report := _one(each)) is not None]


def _one(said: Any) -> Report | None:
    match said:
        case {"id": str(name), "state": "delivered"} if 0 < len(name) <= _LONGEST_NAME:
            return Report(name, "delivered")
        case {"id": str(name), "state": "failed", **more} if 0 < len(name) <= _LONGEST_NAME:
            return Report(name, "failed", str(more.get("error") or "failed")[:_LONGEST_ERROR])
        case {"id": str(name), "state": str()} if 0 < len(name) <= _LONGEST_NAME:
            return None
        case _:
            raise BadReport
