"""What somebody gets when a request fails: a page or JSON in plain words, never a traceback."""

import traceback

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from jinja2 import Environment

from bot.web.json_answers import json_answer
from bot.web.page_language import page_language
from bot.web.parts import PARTS
from bot.web.translate import Translate
from storage.errors import StorageError

LOG = structlog.get_logger()
KEPT_HEADERS = ("Allow", "Retry-After")
STORAGE_RETRY_SECONDS = "30"


def failures(pages: Environment) -> Middleware:
    """A middleware that turns errors into answers."""

    @web.middleware
    async def answer_failures(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            if error.status < 400:
                raise
            kept = {name: error.headers[name] for name in KEPT_HEADERS if name in error.headers}
            return _answer(request, pages, error.status, kept)
        except StorageError as error:
            LOG.warning("storage_not_answering", error=type(error).__name__)
            return _answer(request, pages, 503, {"Retry-After": STORAGE_RETRY_SECONDS})
        except Exception as error:  # noqa: BLE001  the last resort of every request
            LOG.error("request_failed", error=type(error).__name__, where=_where(error))
            return _answer(request, pages, 500, {})

    return answer_failures


def _where(error: Exception) -> list[str]:
    """The places of the code, without messages: those may quote what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]


def _answer(
    request: web.Request, pages: Environment, status: int, headers: dict[str, str]
) -> web.StreamResponse:
    if "text/html" in request.headers.get("Accept", ""):
        language = page_language(request)
        t = request.app[PARTS].texts(language)
        for_staff = request.path.startswith("/console/")
        template = pages.get_template("error.html")
        page = template.render(t=t, lang=language, words=_words(t, status), for_staff=for_staff)
        answer = web.Response(text=page, content_type="text/html", status=status)
    else:
        answer = json_answer({"error": status}, status=status)
    answer.headers.update({"Cache-Control": "no-store", **headers})
    return answer


def _words(t: Translate, status: int) -> str:
    match status:
        case 404 | 405:
            return t("There is no such page here.")
        case 429 | 503:
            return t("We can't answer at the moment. Please try again in a minute.")
        case 400 | 403 | 413:
            return t("This request could not be taken.")
    return t("Something went wrong on our side. Please try again.")
