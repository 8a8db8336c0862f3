"""JSON in answers and frames."""

import orjson
from aiohttp import web

_JSON = "application/json"


def json_answer(body: object, status: int = 200) -> web.Response:
    """An answer whose body is JSON, never kept by a cache."""
    return web.Response(
        body=orjson.dumps(body),
        status=status,
        content_type=_JSON,
        headers={"Cache-Control": "no-store"},
    )


def wants_json(request: web.Request) -> bool:
    """Whether a script asks, and no browser for a page."""
    return _JSON in request.headers.get("Accept", "")


def json_text(body: object) -> str:
    """JSON as text."""
    return orjson.dumps(body).decode()


def json_for_html(body: object) -> str:
    """JSON that may stand in a script element: nothing in it can end the element."""
    return json_text(body).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
