"""Is the process alive, is it ready, what does it count: /healthz, /readyz, /metrics."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, exposition

from bot.web.json_answers import json_answer

# A probe of an orchestrator waits some seconds; a part that is slower than this is not ready.
CHECK_SECONDS = 2.0
LOG = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. `facts` are shown to whoever asks: nothing secret, nothing personal."""

    ok: bool
    facts: Mapping[str, object] = field(default_factory=dict)


Check = Callable[[], Awaitable[Finding]]


async def find(name: str, check: Check) -> Finding:
    """What a check found; a check that fails or hangs found that the part isn't ready."""
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check()
    except TimeoutError:
        return Finding(ok=False, facts={"error": "timeout"})
    except Exception as error:  # noqa: BLE001  whatever a part does, the answer names the part
        LOG.warning("readiness_check_failed", part=name, error=type(error).__name__)
        return Finding(ok=False, facts={"error": type(error).__name__})


def health_routes(
    version: str, readiness: Mapping[str, Check], registry: CollectorRegistry
) -> list[web.RouteDef]:
    """The three paths for operators and their machines."""

    async def healthz(_: web.Request) -> web.Response:
        return json_answer({"status": "alive", "version": version})

    async def readyz(_: web.Request) -> web.Response:
        findings = await asyncio.gather(*(find(name, check) for name, check in readiness.items()))
        parts = {
            name: {"ok": found.ok, **found.facts} for name, found in zip(readiness, findings, strict=True)
        }
        ready = all(found.ok for found in findings)
        body = {"status": "ready" if ready else "not ready", "parts": parts}
        return json_answer(body, status=200 if ready else 503)

    async def metrics(request: web.Request) -> web.Response:
        encode, content_type = exposition.choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(registry), headers={"Content-Type": content_type})

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)]
