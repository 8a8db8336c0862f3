"""The web server and the Bot API server, started when the first person comes through them."""

from contextlib import AsyncExitStack
from functools import cache
from itertools import count

from aiohttp.typedefs import Handler

from bot.channels.telegram.api import TelegramApi
from bot.ports.password_errand import PasswordErrand
from bot.settings import Settings, load_settings
from bot.telegram_part import telegram_part
from bot.texts import texts_in
from bot.uploads.kept_files import KeptFiles
from bot.web.console.parts import ConsoleParts
from bot.web.flood import MemoryFlood
from bot.web.parts import WebParts
from bot.web.server import build, run
from bot.web.stored_chat_log import StoredChatLog
from tests.conversation.inside import QUICK, SECRET_KEY, Inside
from tests.conversation.witness import Watched, Witness
from tests.fakes.bot_api import TOKEN, BotApi
from tests.processes import free_port

WEBHOOK_SECRET = "a-secret_of_the-webhook"


class Edges:
    """What people come through. The Bot API server and the address outlive a restart of the service."""

    def __init__(self, witness: Witness) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        self.bot_api: BotApi | None = None
        self._witness = witness
        self._outer = AsyncExitStack()
        self._web: AsyncExitStack | None = None

    async def close(self) -> None:
        """The last thing to stop."""
        await self._outer.aclose()

    async def open_again(self, inside: Inside) -> None:
        """After a restart: what had been open is open again."""
        if self._web is not None:
            self._web = None
            await self.open_web(inside)

    async def telegram(self, inside: Inside) -> BotApi:
        """The Bot API server, whose webhook is set to ours."""
        if self.bot_api is None:
            self.bot_api = await self._outer.enter_async_context(BotApi())
            if self._web is not None:
                await self._web.aclose()
                self._web = None
            await self.open_web(inside)
        return self.bot_api

    async def open_web(self, inside: Inside) -> None:
        """The web server, with the webhook where there is Telegram."""
        if self._web is not None:
            return
        self._web = await inside.stack.enter_async_context(AsyncExitStack())
        parts = WebParts(
            conversation=self._witness,
            log=StoredChatLog(inside.database),
            hub=inside.hub,
            registry=inside.registry,
            readiness={},
            texts=texts_in,
            secret_key=SECRET_KEY,
            files=KeptFiles(inside.database, inside.files),
            links=inside.links,
            public_url=self.url,
            flood=_patient_flood(),
            telegram_webhook=await self._webhook(inside),
            console=ConsoleParts(inside.database, passwords=PasswordErrand(QUICK)),
        )
        host, _, port = self.url.removeprefix("http://").partition(":")
        runner = await run(build(parts), host, int(port))
        self._web.push_async_callback(runner.cleanup)

    async def _webhook(self, inside: Inside) -> Handler | None:
        """The bot as the service makes it. Only the webhook is set here: the rest of the set-up is slow."""
        if self.bot_api is None:
            return None
        addresses = {"telegram_api_url": self.bot_api.url, "public_url": self.url}
        settings = _settings().model_copy(update=addresses)
        part = await telegram_part(settings, self._witness)
        assert part is not None
        assert part.webhook is not None
        inside.stack.push_async_callback(part.close)
        inside.senders["telegram"] = Watched(part.sender, self._witness)
        inside.fetchers["telegram"] = part.files
        api = TelegramApi(TOKEN, self.bot_api.url)
        target = {"url": f"{self.url}/telegram/webhook", "secret_token": WEBHOOK_SECRET}
        await api.call("setWebhook", target)
        await api.close()
        return part.webhook.handle


@cache
def _settings() -> Settings:
    """Read once: the environment is the same for every house."""
    return load_settings(
        telegram_token=TOKEN,
        telegram_mode="webhook",
        telegram_webhook_secret=WEBHOOK_SECRET,
        public_url="http://127.0.0.1",
    )


def _patient_flood() -> MemoryFlood:
    """Between two messages ten seconds seem to pass: the tests of the flood are elsewhere."""
    seconds = count(0, 10)
    return MemoryFlood(lambda: float(next(seconds)))
