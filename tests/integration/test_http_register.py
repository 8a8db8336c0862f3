"""A register behind HTTP, played by a small server."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
import stamina
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.ports.embedded_register import made_up_person
from bot.ports.http_register import HttpRegister
from bot.ports.state_register import PersonUnknown, RegisterDown
from domain.iin import Iin, Sex, make_iin


@dataclass
class FakeRegister:
    """Gives its answers one after the other, the last one for ever; remembers what it was asked."""

    answers: list[web.Response] = field(default_factory=list)
    asked: list[object] = field(default_factory=list)
    url: str = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return web.Response(status=answer.status, body=answer.body, content_type="application/json")


@pytest.fixture
async def fake() -> AsyncIterator[FakeRegister]:
    """A register on a free port."""
    register = FakeRegister()
    app = web.Application()
    app.router.add_post("/api/lookup", register.handle)
    async with TestServer(app) as server:
        register.url = str(server.make_url("/api/"))
        yield register


@pytest.fixture
def client(fake: FakeRegister) -> HttpRegister:
    """The client under test."""
    return HttpRegister(fake.url)


@pytest.fixture(autouse=True)
def _no_pauses() -> Iterator[None]:
    """Tries follow each other at once."""
    with stamina.set_testing(True, attempts=3):
        yield


@pytest.fixture
def iin() -> Iin:
    """Somebody's IIN."""
    made = make_iin(date(2021, 3, 14), Sex.MALE, 12)
    assert made is not None
    return made


async def test_a_person_is_read(fake: FakeRegister, client: HttpRegister, iin: Iin) -> None:
    person = made_up_person(iin)
    fake.answers = [web.json_response(person.to_data())]

    found = await client.lookup(iin)

    assert found == person
    assert fake.asked == [{"iin": iin.digits}]


async def test_nobody_is_not_asked_for_again(fake: FakeRegister, client: HttpRegister, iin: Iin) -> None:
    fake.answers = [web.Response(status=404)]

    with pytest.raises(PersonUnknown):
        await client.lookup(iin)

    assert len(fake.asked) == 1


async def test_a_passing_fault_is_tried_again(fake: FakeRegister, client: HttpRegister, iin: Iin) -> None:
    person = made_up_person(iin)
    fake.answers = [web.Response(status=503), web.json_response(person.to_data())]

    found = await client.lookup(iin)

    assert (found, len(fake.asked)) == (person, 2)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"{}", b'{"iin": 5}', b'{"iin": "123"}'],
)
async def test_garbage_is_an_outage(fake: FakeRegister, client: HttpRegister, iin: Iin, body: bytes) -> None:
    fake.answers = [web.Response(body=body)]

    with pytest.raises(RegisterDown):
        await client.lookup(iin)


async def test_somebody_else_than_was_asked_for_is_an_outage(
    fake: FakeRegister, client: HttpRegister, iin: Iin
) -> None:
    other = make_iin(date(2020, 1, 2), Sex.FEMALE, 8)
    assert other is not None
    fake.answers = [web.json_response(made_up_person(other).to_data())]

    with pytest.raises(RegisterDown):
        await client.lookup(iin)


async def test_nobody_listening_is_an_outage(iin: Iin) -> None:
    with pytest.raises(RegisterDown):
        await HttpRegister("http://127.0.0.1:1").lookup(iin)
