"""Somebody of the staff with a browser: opens pages, fills in the forms that stand there, sends them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO

from aiohttp import ClientResponse, ClientSession, CookieJar, FormData

PASSWORD = "a password of the tests"
READ = frozenset({"text/html", "text/plain", "text/csv", "application/json", "image/svg+xml"})


@dataclass
class SeenForm:
    """A form on a page: where it goes, and what stands in its fields."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class SeenPage:
    """What came: the last answer after all redirects."""

    status: int
    path: str
    html: str
    text: str
    forms: list[SeenForm]

    def form(self, ending: str) -> SeenForm:
        """The form whose action ends so."""
        found = [each for each in self.forms if each.action.partition("?")[0].endswith(ending)]
        assert found, f"no form {ending} on {self.path} ({self.status}): {self.text}"
        return found[0]


class StaffBrowser:
    """One cookie jar."""

    def __init__(self, url: str, http: ClientSession) -> None:
        self.url = url
        self.http = http

    async def opens(self, path: str) -> SeenPage:
        """Open a page below /console/."""
        async with self.http.get(f"{self.url}/console/{path}") as answer:
            return await _seen(answer)

    async def sends(self, form: SeenForm, **fields: str | None) -> SeenPage:
        """Send a form with some fields filled in; None leaves a field out."""
        filled: dict[str, str | None] = {**form.fields, **fields}
        return await self.posts(
            form.action, {name: text for name, text in filled.items() if text is not None}
        )

    async def sends_file(self, form: SeenForm, name: str, kind: str, content: bytes) -> SeenPage:
        """Send a form with a file in its field `file`."""
        data = FormData(default_to_multipart=True)
        for each, text in form.fields.items():
            if each != "file":
                data.add_field(each, text)
        data.add_field("file", BytesIO(content), filename=name, content_type=kind)
        headers = {"Origin": self.url}
        async with self.http.post(f"{self.url}{form.action}", data=data, headers=headers) as answer:
            return await _seen(answer)

    async def posts(self, path: str, data: dict[str, str], origin: str | None = None) -> SeenPage:
        """Send whatever one likes."""
        headers = {"Origin": origin or self.url}
        async with self.http.post(f"{self.url}{path}", data=data, headers=headers) as answer:
            return await _seen(answer)

    async def signs_in(self, login: str, password: str = PASSWORD, then: str = "") -> SeenPage:
        """Fill in the sign-in form."""
        page = await self.opens(f"sign-in?lang=en&next=/console/{then}")
        return await self.sends(page.form("sign-in"), login=login, password=password)

    @property
    def cookies(self) -> dict[str, str]:
        """What the browser would show under /console/."""
        jar = self.http.cookie_jar
        return {each.key: each.value for each in jar}


@asynccontextmanager
async def staff_browser(url: str, language: str = "en") -> AsyncIterator[StaffBrowser]:
    """A browser that was never here."""
    headers = {"Accept": "text/html", "Accept-Language": language}
    async with ClientSession(cookie_jar=CookieJar(unsafe=True), headers=headers) as session:
        yield StaffBrowser(url, session)


async def _seen(answer: ClientResponse) -> SeenPage:
    # A stream of events never ends by itself; what is no text is not read.
    html = await answer.text() if answer.content_type in READ else ""
    reader = _Reader(answer.url.path)
    reader.feed(html)
    return SeenPage(
        answer.status, answer.url.path, html, " ".join(" ".join(reader.words).split()), reader.forms
    )


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._area: str | None = None
        self.forms: list[SeenForm] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append(SeenForm(given.get("action") or self._path))
        elif tag in ("input", "textarea", "select") and given.get("name") and self.forms:
            if given.get("type") == "checkbox" and "checked" not in given:
                return
            name = str(given["name"])
            self.forms[-1].fields[name] = given.get("value") or ""
            self._area = name if tag == "textarea" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.forms[-1].fields[self._area] += data
        else:
            self.words.append(data)
