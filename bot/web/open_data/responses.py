"""An answer as HTTP has it: others may keep it for the rest of its minute, then ask whether it changed."""

from datetime import UTC
from email.utils import format_datetime
from math import ceil

from aiohttp import web

from bot.web.open_data.cache import Answer

TYPES = {"html": "text/html", "json": "application/json", "csv": "text/csv"}


def kept(
    request: web.Request, kind: str, answer: Answer, seconds_left: float, name: str | None = None
) -> web.Response:
    """The answer, or that it was not modified. `name`: to be saved as a file of that name."""
    headers = headers_of(answer, seconds_left)
    if name is not None:
        headers |= saved_as(name)
    if _is_known(request, answer):
        return web.Response(status=304, headers=headers)
    return web.Response(body=answer.body, content_type=TYPES[kind], charset="utf-8", headers=headers)


def headers_of(answer: Answer, seconds_left: float) -> dict[str, str]:
    """What caches go by. The tag is a weak one: the instant at which it was read may differ."""
    return {
        "ETag": f'W/"{answer.tag}"',
        "Last-Modified": format_datetime(answer.last_modified.astimezone(UTC), usegmt=True),
        "Cache-Control": f"public, max-age={max(1, ceil(seconds_left))}",
        "Vary": "Accept, Accept-Language",
        "Access-Control-Allow-Origin": "*",
    }


def saved_as(name: str) -> dict[str, str]:
    """A file to be saved, not shown."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _is_known(request: web.Request, answer: Answer) -> bool:
    tags = request.if_none_match
    if tags is not None:
        return any(tag.value in {answer.tag, "*"} for tag in tags)
    since = request.if_modified_since
    return since is not None and answer.last_modified <= since
