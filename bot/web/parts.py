"""What the web server is put together from."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import CollectorRegistry

from bot.clock import DemoClock
from bot.conversation.port import TakesIncoming
from bot.uploads.kept_files import KeptFiles
from bot.uploads.links import FileLinks
from bot.web.chat_log import ChatLog
from bot.web.console.parts import ConsoleParts
from bot.web.demo_guide import DemoGuide
from bot.web.flood import Flood, MemoryFlood
from bot.web.health import Check
from bot.web.hub import Hub
from bot.web.translate import Translate


async def passes_nothing(_: datetime) -> None:
    """Where no clockwork runs nothing falls due on the way."""


@dataclass(frozen=True, slots=True)
class DemoParts:
    """What only the demo has.

    `settle` returns when the clockwork and the delivery have caught up with a moved clock; `pass_by` moves
    it to all that falls due on the way to a later instant, one after the other.
    `guide` makes the demo page's contents in a language; `sms` and `mail` list what would have
    been sent, newest last, as data for JSON.
    """

    clock: DemoClock
    settle: Callable[[], Awaitable[None]]
    sms: Callable[[], Iterable[Mapping[str, object]]]
    mail: Callable[[], Iterable[Mapping[str, object]]]
    guide: Callable[[str], DemoGuide]
    pass_by: Callable[[datetime], Awaitable[None]] = passes_nothing


@dataclass(frozen=True, slots=True)
class WebParts:
    """Everything the server needs, made elsewhere.

    `sms_token` is the SMS gateway's: with it, it reports what became of messages.
    `public_url` is where people reach us (`https://…` makes cookies Secure and trusts the proxy's
    word about addresses). `routes` are further paths of other rooms: webhooks, open data.
    """

    conversation: TakesIncoming
    log: ChatLog
    hub: Hub
    registry: CollectorRegistry
    readiness: Mapping[str, Check]
    texts: Callable[[str | None], Translate]
    secret_key: str
    files: KeptFiles
    links: FileLinks
    public_url: str = "http://localhost:8080"
    version: str = "0"
    flood: Flood = field(default_factory=MemoryFlood)
    telegram_webhook: Handler | None = None
    routes: Sequence[web.AbstractRouteDef] = ()
    demo: DemoParts | None = None
    console: ConsoleParts | None = None
    sms_token: str | None = field(default=None, repr=False)

    @property
    def behind_tls(self) -> bool:
        """People come by https, so a proxy of the operator stands in front of us."""
        return self.public_url.startswith("https://")


PARTS: web.AppKey[WebParts] = web.AppKey("parts", WebParts)
