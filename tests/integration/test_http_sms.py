"""The SMS gateway over HTTP, against a small one of the tests' own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.conversation.port import TryLater, Undeliverable, Unreachable
from bot.conversation.reply import Operation, Outgoing, Screen
from bot.ports.http_sms import LONGEST_WAIT, HttpSms

PHONE = "+77010000042"
CODE = Outgoing(Operation.SEND, Screen("Kezek: 123456"))


class Gateway:
    """Answers as it is told and remembers what it was asked."""

    def __init__(self, status: int = 200, body: str = "{}", wait: str | None = None) -> None:
        self.status, self.body = status, body
        self.headers = {"Retry-After": wait} if wait is not None else {}
        self.asked: list[tuple[str | None, Any]] = []

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/send", self._send)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/send"
        finally:
            await runner.cleanup()

    async def _send(self, request: web.Request) -> web.Response:
        self.asked.append((request.headers.get("Authorization"), await request.json()))
        return web.Response(status=self.status, text=self.body, headers=self.headers)


async def test_a_text_is_handed_over_with_phone_token_and_an_id_that_stays_the_same() -> None:
    gateway = Gateway(body='{"id": "gw-7"}')

    async with gateway.listening() as url:
        names = [await HttpSms(url, "a-token").send(PHONE, CODE, 77) for _ in range(2)]

    assert names == ["gw-7", "gw-7"]
    assert gateway.asked == [("Bearer a-token", {"to": PHONE, "text": "Kezek: 123456", "id": "77"})] * 2


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("7", timedelta(seconds=7)),
        ("99999999999999999999", LONGEST_WAIT),
        *[(nothing, None) for nothing in ("0", "", "-1", "soon", "Fri, 27 Nov 2026 10:00:00 GMT", None)],
    ],
)
async def test_a_gateway_that_wants_to_be_left_alone_says_for_how_long(
    said: str | None, wait: timedelta | None
) -> None:
    async with Gateway(429, wait=said).listening() as url:
        with pytest.raises(TryLater) as refused:
            await HttpSms(url).send(PHONE, CODE, 77)

    assert refused.value.after == wait


@pytest.mark.parametrize("body", ["", "ok", "[]", "{}", '{"id": null}'])
async def test_of_a_gateway_that_gives_no_name_ours_is_the_name(body: str) -> None:
    async with Gateway(202, body).listening() as url:
        name = await HttpSms(url).send(PHONE, CODE, 77)

    assert name == "77"


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
async def test_what_may_pass_or_an_operator_can_mend_is_tried_again(status: int) -> None:
    async with Gateway(status).listening() as url:
        with pytest.raises(TryLater):
            await HttpSms(url).send(PHONE, CODE, 77)


async def test_nobody_listening_is_tried_again_and_the_address_is_not_told() -> None:
    async with Gateway().listening() as url:
        pass

    with pytest.raises(TryLater) as later:
        await HttpSms(f"{url}?key=secret").send(PHONE, CODE, 77)

    assert "secret" not in repr(later.value)


@pytest.mark.parametrize("status", [410, 422])
async def test_a_number_that_no_sms_reaches_is_dead(status: int) -> None:
    async with Gateway(status).listening() as url:
        with pytest.raises(Unreachable):
            await HttpSms(url).send(PHONE, CODE, 77)


@pytest.mark.parametrize("status", [301, 400, 413])
async def test_what_the_gateway_refuses_for_good_is_undeliverable(status: int) -> None:
    async with Gateway(status).listening() as url:
        with pytest.raises(Undeliverable):
            await HttpSms(url).send(PHONE, CODE, 77)
