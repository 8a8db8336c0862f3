"""The demo in one process: a city in a folder, a clock that can be moved, nothing from outside."""

import sys
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import Outside, Service, stop_on_signals
from bot.channels.mail.remembered import RememberedMail
from bot.clock import DemoClock, real_now
from bot.demo.city import DemoCity, prepare
from bot.demo.guide import guide, terminal_lines
from bot.demo.options import DemoOptions
from bot.ports.embedded_register import EmbeddedRegister
from bot.ports.sms import RememberedSms
from bot.settings import Role, Settings, TelegramMode, load_settings
from bot.web.parts import DemoParts
from domain.local_time import local
from storage.database import Database
from storage.keyring import Keyring
from storage.vault import Vault


def run_demo(options: DemoOptions) -> None:
    """The demo until it is told to stop. Raises StorageError, OSError."""
    import uvloop

    uvloop.run(_demo(options))


async def _demo(options: DemoOptions) -> None:
    async with AsyncExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(TemporaryDirectory(prefix="kezek-")))
        city = await prepare(folder, options.at or real_now(), options.referrals)
        settings = settings_of(options, city)
        clock = DemoClock(city.starts_at)
        vault = Vault(Keyring.from_secret(city.secret_key))
        database = await Database.open(city.url, vault, clock)
        stack.push_async_callback(database.close)
        sms, mail = RememberedSms(clock.read), RememberedMail(clock.read)
        outside = Outside(
            register=EmbeddedRegister(city.plan.register, clock.read),
            sms=sms,
            carrier=mail,
            demo=partial(_parts, city=city, clock=clock, sms=sms, mail=mail),
        )
        service = Service(settings, database, clock, city.secret_key, outside)
        await service.run(stop_on_signals(), partial(_tell, city, settings, options.at))


def settings_of(options: DemoOptions, city: DemoCity) -> Settings:
    """The demo's own; a messenger that the environment names comes along, nothing else does."""
    own: dict[str, object] = {
        "database_url": city.url,
        "files_url": city.files_url,
        "http_port": options.port,
        "redis_url": None,
        "register_url": None,
        "smtp_url": None,
        "mail_from": "Kezek <kezek@demo.example>",
        "roles": frozenset(Role),
    }
    settings = load_settings(**own)
    if settings.telegram_mode is TelegramMode.WEBHOOK:
        return settings
    # Only a webhook has to be reached from outside: everything else is at home here.
    return load_settings(**own, public_url=None)


def _parts(
    service: Service, city: DemoCity, clock: DemoClock, sms: RememberedSms, mail: RememberedMail
) -> DemoParts:
    return DemoParts(
        clock=clock,
        pass_by=partial(service.pass_by, clock),
        settle=partial(_settled, service),
        sms=lambda: [each.to_data() for each in sms.sent],
        mail=lambda: [each.to_data() for each in mail.sent],
        guide=partial(guide, city),
    )


async def _settled(service: Service) -> None:
    """What fell due is done; open pages count from the new time on, whatever they counted before."""
    await service.caught_up()
    service.hub.wake_all()


async def _tell(city: DemoCity, settings: Settings, asked: datetime | None) -> None:
    """Print where everything is, once it answers; and when it starts, if that is not what was asked for."""
    lines = list(terminal_lines(city, settings.public))
    if asked is not None and city.starts_at > asked:
        lines.append(f"This demo was left at {local(city.starts_at):%Y-%m-%d %H:%M}: it goes on from there.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
