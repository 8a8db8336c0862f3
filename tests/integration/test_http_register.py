"""A register behind HTTP, played by a small server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date

import aiohttp
import pytest
import stamina
from aiohttp import web

from bot.ports.embedded_register import made_up_person
from bot.ports.http_register import HttpRegister
from bot.ports.state_register import PersonUnknown, RegisterDown
from domain.iin import Iin, Sex, make_iin
from tests.fakes.register_server import FakeRegister, serving

LONG = b'"' + b"x" * 300_000


@pytest.fixture
async def fake() -> AsyncIterator[FakeRegister]:
    """A register on a free port."""
    async with serving() as register:
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
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"iin": 5}',
        b'{"iin": "123"}',
        b"\xff\xfe",
        b"null",
        b'"' + b"x" * 300_000,
    ],
)
async def test_garbage_is_an_outage(fake: FakeRegister, client: HttpRegister, iin: Iin, body: bytes) -> None:
    fake.answers = [web.Response(body=body)]

    with pytest.raises(RegisterDown):
        await client.lookup(iin)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("parents", "910314300017"),
        ("parents", ["123"]),
        ("parents", [None]),
        ("parents", [{"iin": "910314300017"}]),
        ("parents", None),
        ("children", {}),
        ("privileges", "large_family"),
        ("privileges", None),
        ("privileges", [7]),
        ("birth_date", "2021-02-30"),
        ("birth_date", 20210314),
        ("sex", "M"),
        ("sex", None),
        ("surname", None),
        ("name", ["Асан"]),
        ("surname", "х" * 201),
        ("address", "х" * 501),
    ],
)
async def test_a_person_with_something_malformed_is_an_outage(
    fake: FakeRegister, client: HttpRegister, iin: Iin, field: str, value: object
) -> None:
    fake.answers = [web.json_response(made_up_person(iin).to_data() | {field: value})]

    with pytest.raises(RegisterDown):
        await client.lookup(iin)


@pytest.mark.parametrize("missing", ["iin", "surname", "name", "birth_date", "sex", "privileges"])
async def test_a_person_of_whom_something_is_left_out_is_an_outage(
    fake: FakeRegister, client: HttpRegister, iin: Iin, missing: str
) -> None:
    data = made_up_person(iin).to_data()
    del data[missing]
    fake.answers = [web.json_response(data)]

    with pytest.raises(RegisterDown):
        await client.lookup(iin)


async def test_what_not_everybody_has_may_be_left_out(
    fake: FakeRegister, client: HttpRegister, iin: Iin
) -> None:
    data = made_up_person(iin).to_data()
    for name in ("patronymic", "address", "parents", "children"):
        del data[name]
    fake.answers = [web.json_response(data)]

    found = await client.lookup(iin)

    assert found == replace(made_up_person(iin), patronymic="", address="")


async def test_somebody_without_any_name_is_an_outage(
    fake: FakeRegister, client: HttpRegister, iin: Iin
) -> None:
    fake.answers = [web.json_response(made_up_person(iin).to_data() | {"surname": " ", "name": ""})]

    with pytest.raises(RegisterDown):
        await client.lookup(iin)


async def test_what_contradicts_the_iin_is_handed_on_to_be_compared(
    fake: FakeRegister, client: HttpRegister, iin: Iin
) -> None:
    other = replace(made_up_person(iin), sex=Sex.FEMALE, birth_date=date(2021, 3, 15))
    fake.answers = [web.json_response(other.to_data())]

    assert await client.lookup(iin) == other


async def test_an_iin_is_not_sent_on_to_wherever_an_answer_points(
    fake: FakeRegister, client: HttpRegister, iin: Iin
) -> None:
    fake.answers = [web.Response(status=307, headers={"Location": f"{fake.url}lookup"})]

    with pytest.raises(RegisterDown):
        await client.lookup(iin)

    assert len(fake.asked) == 3


async def test_a_register_that_takes_too_long_is_an_outage(
    fake: FakeRegister, client: HttpRegister, iin: Iin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ports.http_register.ONE_TRY", aiohttp.ClientTimeout(total=0.05))
    fake.hold = asyncio.Event()
    fake.answers = [web.json_response(made_up_person(iin).to_data())]

    with pytest.raises(RegisterDown):
        await client.lookup(iin)

    fake.hold.set()


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
