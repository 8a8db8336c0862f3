"""Reads pieces of the data sets, and makes whole answers of them: pages, JSON."""

from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment

from bot.texts import LANGUAGES, Texts, texts_in
from bot.web.open_data.cache import Answer, answer
from bot.web.open_data.pieces import Asked, Piece, of_whole
from bot.web.open_data.query import Query
from bot.web.open_data.sets import SETS, DataSet
from bot.web.open_data.snapshots import Snapshots
from bot.web.open_data.tables import in_json, told
from domain.local_time import ZONE
from storage.database import Database

PATH = "/open-data"
ROWS_OF_A_PAGE = 50
ROWS_OF_JSON = 500
VERSION = 1
"""Of the JSON: changes when a name goes or comes to mean something else, not when one is added."""


class Source:
    """What the handlers ask."""

    def __init__(self, database: Database, snapshots: Snapshots, pages: Environment) -> None:
        self._database = database
        self._snapshots = snapshots
        self._pages = pages

    async def asked(self, query: Query) -> Asked:
        """The query with what is needed to answer it. Raises StorageError."""
        return Asked(query, texts_in(query.language), await self._snapshots.named())

    async def piece(self, data: DataSet, asked: Asked, limit: int) -> Piece:
        """Some rows. Raises BadQuery, StorageError."""
        if (protocol := data.protocol) is not None:
            return await self._database.read(lambda tx: protocol(tx, asked, limit))
        everything = await self._snapshots.everything(data.name)
        assert data.whole is not None
        return of_whole(data.whole(everything, asked.rows), everything.as_of, asked, limit)

    async def json(self, data: DataSet, query: Query) -> Answer:
        """A page of JSON."""
        asked = await self.asked(query)
        piece = await self.piece(data, asked, ROWS_OF_JSON)
        head: dict[str, Any] = {
            "format": f"kezek-open-data-{data.name}",
            "version": VERSION,
            "as_of": piece.as_of,
            "time_zone": str(ZONE),
            "licence": licence(asked.t),
            "territory": query.territory,
        }
        if piece.span is not None:
            head |= {"from": piece.span[0], "to": piece.span[1]}
        head["next"] = None if piece.next is None else link(data, "json", query, after=piece.next)
        return answer(in_json(head, piece.rows), piece.as_of, told(piece.rows))

    async def page(self, data: DataSet, query: Query) -> Answer:
        """A page for people."""
        asked = await self.asked(query)
        piece = await self.piece(data, asked, ROWS_OF_A_PAGE)
        t, shown = asked.t, [each for each in data.columns if not each.for_programs]
        html = self._pages.get_template("open_data.html").render(
            t=t,
            lang=query.language,
            languages=LANGUAGES,
            path=f"{PATH}/{data.name}.html",
            kept=_kept(query),
            sets=SETS,
            data=data,
            query=query,
            piece=piece,
            columns=shown,
            rows=[[(each, each.text(t, row[each.name])) for each in shown] for row in piece.rows],
            territories=_choice(asked),
            more=None if piece.next is None else link(data, "html", query, after=piece.next),
            newest=link(data, "html", query) if query.after else None,
            csv=link(data, "csv", query),
            excel=link(data, "csv", query, excel="1"),
            json=link(data, "json", query),
            licence=licence(t),
        )
        return answer(html.encode(), piece.as_of, told(piece.rows) + html.partition("<main")[0].encode())

    def overview(self, language: str) -> bytes:
        """The front page of the open data."""
        t = texts_in(language)
        html = self._pages.get_template("open_data_overview.html").render(
            t=t, lang=language, languages=LANGUAGES, path=f"{PATH}/", sets=SETS, licence=licence(t)
        )
        return html.encode()

    def refusal(self, language: str, words: str) -> bytes:
        """The page that says what is wrong with a query."""
        html = self._pages.get_template("open_data_refusal.html").render(
            t=texts_in(language), lang=language, languages=LANGUAGES, path=f"{PATH}/", words=words
        )
        return html.encode()


def licence(t: Texts) -> str:
    """Under what the data may be used (ours)."""
    return t(
        "These data may be used, passed on and processed freely, for whatever purpose, when the source is "
        "named: Kezek, the date, and this page."
    )


def link(data: DataSet, ending: str, query: Query, **changed: str) -> str:
    """Where the same is to be had as something else."""
    return f"{PATH}/{data.name}.{ending}?{urlencode(_named(query) | changed)}"


def _named(query: Query) -> dict[str, str]:
    named = {
        "lang": query.language,
        "territory": query.territory,
        "from": None if query.since is None else query.since.isoformat(),
        "to": None if query.until is None else query.until.isoformat(),
    }
    return {name: value for name, value in named.items() if value is not None}


def _kept(query: Query) -> str:
    """What stands behind `lang` in the links to the other languages."""
    rest = {name: value for name, value in _named(query).items() if name != "lang"}
    if query.after is not None:
        rest["after"] = query.after
    return "".join(f"&{urlencode({name: value})}" for name, value in rest.items())


def _choice(asked: Asked) -> list[tuple[str, str, bool]]:
    """Territories to choose from: code, name, whether it is the chosen one."""
    chosen, language = asked.query.territory, asked.t.language
    choice = [
        (code, "\N{NO-BREAK SPACE}" * 3 * depth + territory.name(language), code == chosen)
        for depth, code, territory in asked.named.upper()
    ]
    if chosen is not None and not any(each[2] for each in choice):
        territory = asked.named.tree.get(asked.named.ids[chosen])
        choice.append((chosen, territory.name(language), True))
    return choice
