"""A state register behind HTTP.

    POST {KEZEK_REGISTER_URL}/lookup   {"iin": "…"}
    200  {"iin", "surname", "name", "patronymic", "birth_date": "2021-05-04", "sex": "male"|"female",
          "address", "privileges": ["large_family"], "parents": ["…"], "children": ["…"]}
    404  there is no such person

Patronymic, address, parents and children may be left out; the privileges may not, be they none: one
that is not named any more is lost. Anything else is an outage, a redirect, too: an IIN goes nowhere else.

The IIN goes in the body: an address ends up in logs of everybody in between.
"""

import aiohttp
import orjson
import stamina

from bot.ports.state_register import Person, PersonUnknown, RegisterDown
from domain.errors import IinRefused
from domain.iin import Iin

ONE_TRY = aiohttp.ClientTimeout(total=3)
TRIES = 3
ALL_TRIES_SECONDS = 9.0
LONGEST_ANSWER = 256 * 1024


class HttpRegister:
    """Asks a register at this address; a passing fault is tried again at once."""

    def __init__(self, url: str) -> None:
        self._url = f"{url.rstrip('/')}/lookup"

    async def lookup(self, iin: Iin) -> Person:
        """The person of this IIN. Raises PersonUnknown or RegisterDown."""
        async for attempt in stamina.retry_context(
            on=RegisterDown, attempts=TRIES, timeout=ALL_TRIES_SECONDS, wait_initial=0.1, wait_max=1.0
        ):
            with attempt:
                return await self._ask(iin)
        raise AssertionError("stamina ends with the last error")

    async def _ask(self, iin: Iin) -> Person:
        try:
            # Lookups are few: a connection each leaves nothing to be kept alive or closed.
            async with (
                aiohttp.ClientSession(timeout=ONE_TRY) as session,
                session.post(self._url, json={"iin": iin.digits}, allow_redirects=False) as response,
            ):
                if response.status == 404:
                    raise PersonUnknown
                if response.status != 200:
                    raise RegisterDown(response.status)
                body = await response.content.read(LONGEST_ANSWER)
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise RegisterDown(type(fault).__name__) from None
        return _person(body, iin)


def _person(body: bytes, asked: Iin) -> Person:
    """The person in an answer. Raises RegisterDown for garbage, and for somebody else than was asked for."""
    try:
        person = Person.from_data(orjson.loads(body))
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError, IinRefused) as fault:
        raise RegisterDown(type(fault).__name__) from None
    if person.iin != asked:
        raise RegisterDown("another person")
    return person
