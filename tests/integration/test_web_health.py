"""What operators and their machines ask: health, readiness, metrics."""

import asyncio

import pytest
from prometheus_client import CollectorRegistry, Counter

from bot.web import health
from bot.web.health import Check, Finding
from tests.fakes.web_site import running_site


async def fine() -> Finding:
    """All is well."""
    return Finding(ok=True, facts={"schema": "0001"})


async def behind() -> Finding:
    """Something is not as it should be."""
    return Finding(ok=False, facts={"skew_seconds": 3.2})


async def broken() -> Finding:
    """Something fails."""
    raise ConnectionError("postgresql://user:password@host")


async def hangs() -> Finding:
    """Something never answers."""
    await asyncio.Event().wait()
    return Finding(ok=True)


async def test_a_process_that_lives_says_so_and_its_version() -> None:
    async with (
        running_site(version="1.2.3") as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/healthz") as answer,
    ):
        assert (answer.status, await answer.json()) == (200, {"status": "alive", "version": "1.2.3"})


async def test_a_process_is_ready_when_every_part_is() -> None:
    async with (
        running_site(readiness={"database": fine, "redis": fine}) as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/readyz") as answer,
    ):
        assert answer.status == 200
        assert await answer.json() == {
            "status": "ready",
            "parts": {
                "database": {"ok": True, "schema": "0001"},
                "redis": {"ok": True, "schema": "0001"},
            },
        }


@pytest.mark.parametrize(
    ("check", "found"),
    [
        (behind, {"ok": False, "skew_seconds": 3.2}),
        (broken, {"ok": False, "error": "ConnectionError"}),
        (hangs, {"ok": False, "error": "timeout"}),
    ],
)
async def test_one_part_that_is_not_ready_makes_the_whole_not_ready(
    check: Check, found: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "CHECK_SECONDS", 0.05)

    async with (
        running_site(readiness={"database": fine, "clock": check}) as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/readyz") as answer,
    ):
        body = await answer.json()

    assert answer.status == 503
    assert (body["status"], body["parts"]["clock"]) == ("not ready", found)


async def test_what_is_counted_can_be_read() -> None:
    registry = CollectorRegistry()
    Counter("kezek_turns", "Turns", registry=registry).inc(3)

    async with (
        running_site(registry=registry) as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/metrics") as answer,
    ):
        assert answer.status == 200
        assert "kezek_turns_total 3.0" in await answer.text()
