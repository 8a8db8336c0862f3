"""One request to the console, by somebody who may make it."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from aiohttp import web

from bot.department.officer import LONGEST_REASON, SHORTEST_REASON, Officer
from bot.flows.apply.instruction import language_name
from bot.flows.staff_entry import Audited
from bot.texts import LANGUAGES, Texts
from bot.web.console.done import words_of_done
from bot.web.console.fields import Fields
from bot.web.console.house import House
from bot.web.console.ids import id_in
from bot.web.console.places import places_of
from bot.web.console.trouble import Trouble
from bot.web.visitor import network_address
from storage import audit, staff_reach
from storage.staff_reach import Reach
from storage.staff_sessions import Session
from storage.transaction import Transaction

MOST_TYPED = 4 * LONGEST_REASON
"""Characters that a form may send of a reason, before its spaces are tidied."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Visit:
    """`session` is None for a stranger, `fields` None where nothing was sent."""

    request: web.Request
    house: House
    t: Texts
    session: Session | None
    fields: Fields | None

    @property
    def who(self) -> Session:
        """Whoever is signed in; only for pages that are not open to strangers."""
        assert self.session is not None
        return self.session

    @property
    def milliseconds_left(self) -> int:
        """How long the session goes on if nothing more is asked for; only for whoever is signed in."""
        return max(0, (self.who.ends_at - self.house.console.real_now()) // timedelta(milliseconds=1))

    @property
    def form(self) -> Fields:
        """What was sent; only for pages that take forms."""
        assert self.fields is not None
        return self.fields

    def is_marked(self, field: str, mark: str) -> bool:
        """Whether a form carries that mark; looked at in the same time whatever it carries."""
        return hmac.compare_digest(self.form.raw(field).encode(), mark.encode())

    @property
    def reason(self) -> str:
        """What a parent is to read, as it was typed. Raises FieldWrong."""
        return self.form.text("reason", MOST_TYPED)

    @property
    def officer(self) -> Officer:
        """As journals and the audit name whoever is signed in."""
        return Officer(self.who.staff_id, self.who.role)

    @property
    def address(self) -> str:
        """From where, for limits and the audit."""
        return network_address(self.request)

    def id(self, name: str) -> int:
        """A number out of the path. Raises HTTPNotFound for what can be no id."""
        found = id_in(self.request.match_info[name])
        if found is None:
            raise web.HTTPNotFound
        return found

    def reach(self, tx: Transaction) -> Reach:
        """How far the rights reach, read in the transaction that uses them."""
        return staff_reach.of(tx, self.who.staff_id, self.who.role)

    def territories(self, tx: Transaction) -> frozenset[int]:
        """Those that are within reach, read likewise."""
        return staff_reach.territories_of(tx, self.who.staff_id, self.who.role)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Read from the database."""
        result: T = await self.house.console.database.read(work)
        return result

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Write to the database."""
        result: T = await self.house.console.database.write(work)
        return result

    def audit(self, tx: Transaction, entry: Audited) -> None:
        """Append what was done from here."""
        audit.append(
            tx,
            at=tx.now,
            actor=entry.actor,
            what=entry.what,
            about=entry.about,
            data=entry.data,
            from_where=self.address,
        )

    def page(
        self, template: str, *, trouble: Trouble | None = None, status: int | None = None, **values: Any
    ) -> web.Response:
        """A page drawn in the visitor's language; with a trouble what was sent stands in its form again."""
        session = self.session
        html = self.house.pages.get_template(f"console/{template}.html").render(
            t=self.t,
            lang=self.t.language,
            languages=LANGUAGES,
            who=session,
            csrf=session.csrf if session else "",
            left=self.milliseconds_left if session else None,
            once=lambda: secrets.token_urlsafe(12),
            places=lambda: places_of(self.who.role),
            path=self.request.path,
            done=words_of_done(self.t, self.request.query.get("done", "")),
            trouble=trouble,
            shortest_reason=SHORTEST_REASON,
            longest_reason=LONGEST_REASON,
            sent=self.fields.raw if self.fields else lambda _: "",
            language_name=partial(language_name, self.t),
            **values,
        )
        return web.Response(
            text=html, content_type="text/html", status=status or (trouble.status if trouble else 200)
        )
