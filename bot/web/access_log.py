"""One line for each request: what was asked and how it went, nothing about who."""

import hmac
import secrets
from hashlib import sha256

import structlog
from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from bot.web.telegram_webhook import WEBHOOK_PATH

LOG = structlog.get_logger()
# New with each process: tells visitors of a day apart, and nothing about them.
_KEY = secrets.token_bytes(16)


class AccessLog(AbstractAccessLogger):
    """The path is the route's own (`/static/{name}`): what was put into it may be personal."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Write the line; `time` is in seconds. An update that was taken is counted as a turn instead."""
        if response.status == 200 and request.path == WEBHOOK_PATH:
            return
        match = getattr(request, "match_info", None)
        resource = match.route.resource if match is not None else None
        LOG.info(
            "request",
            method=request.method,
            route=resource.canonical if resource is not None else None,
            status=response.status,
            milliseconds=round(time * 1000, 1),
            visitor=hmac.digest(_KEY, (request.remote or "").encode(), sha256).hex()[:8],
        )
