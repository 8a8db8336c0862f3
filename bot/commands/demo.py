"""`kezek demo`: a whole city in one process."""

from datetime import UTC, datetime
from pathlib import Path

from bot import logs
from bot.commands.failure import WRONG_USE, CommandFailed
from bot.demo.options import DemoOptions
from bot.settings import load_settings
from domain.local_time import ZONE
from domain.policy_terms import ReferralMode

EARLIEST = datetime(2012, 1, 1, tzinfo=UTC)
LATEST = datetime(2099, 1, 1, tzinfo=UTC)


def run(at: str | None, port: int, keep: Path | None, referrals: str) -> None:
    """Run the demo until told to stop. Raises WrongSettings, CommandFailed for a wrong time."""
    starts_at = None if at is None else instant_of(at)
    options = DemoOptions(at=starts_at, port=port, keep=keep, referrals=ReferralMode(referrals))
    # Each turn's line would bury the addresses and logins that the demo prints.
    logs.configure(quiet_unless_asked(load_settings().log_level.value))
    from bot.app import run_demo
    from bot.demo.city import DemoBroken

    try:
        run_demo(options)
    except DemoBroken as broken:
        raise CommandFailed(f"--keep: {broken.note} can't be read; choose another folder") from None


def instant_of(text: str) -> datetime:
    """A time as it is typed: without a zone it is the territory's. Raises CommandFailed."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZONE)
        instant = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise CommandFailed(
            f"--at: {text!r} is no time; it is written like 2026-11-20T16:20", exit_code=WRONG_USE
        ) from None
    if not EARLIEST <= instant < LATEST:
        raise CommandFailed(
            f"--at: the demo plays between {EARLIEST.year} and {LATEST.year}", exit_code=WRONG_USE
        )
    return instant


def quiet_unless_asked(level: str) -> str:
    """The level, but at least `warning`, unless somebody wants to see everything."""
    return "warning" if level == "info" else level
