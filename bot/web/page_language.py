"""In which language a page is shown."""

from aiohttp import web

from bot.texts import DEFAULT_LANGUAGE, LANGUAGES


def page_language(request: web.Request) -> str:
    """`?lang=`, else what the browser likes best of ours, else Kazakh."""
    asked = request.query.get("lang", "")
    if asked in LANGUAGES:
        return asked
    liked = (_liked(part) for part in request.headers.get("Accept-Language", "").split(","))
    ours = [(weight, language) for weight, language in liked if language in LANGUAGES and weight > 0]
    # max takes the first of equals: browsers name the best first.
    return max(ours, key=lambda one: one[0], default=(0.0, DEFAULT_LANGUAGE))[1]


def _liked(part: str) -> tuple[float, str]:
    """`ru-KZ;q=0.8` → (0.8, "ru")."""
    tag, _, weight = part.strip().partition(";q=")
    try:
        return float(weight or "1"), tag[:2].lower()
    except ValueError:
        return 0.0, tag
