"""What the console needs besides what all of the web has."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import real_now
from bot.ports.password_errand import PasswordErrand
from bot.web.console.live.feed import Feed
from storage.database import Database


@dataclass(frozen=True, slots=True)
class ConsoleParts:
    """`real_now` is the machine's clock, by which sessions and tries end; rules have the database's.

    Whoever makes a `feed` runs it, too; without one nothing is told live.
    """

    database: Database
    real_now: Callable[[], datetime] = real_now
    passwords: PasswordErrand = field(default_factory=PasswordErrand)
    feed: Feed | None = None
