"""What a store works with: one connection inside one transaction, and its `now`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from storage.clock import Clock
from storage.types import Instant
from storage.vault import Vault

Dialect = Literal["sqlite", "postgresql"]

SERVER_TIME = func.clock_timestamp(type_=Instant())
_ASK_SERVER = select(SERVER_TIME)


class Transaction:
    """One transaction. It is committed by the door it came through, never by a store.

    `rules_read` are the policies that were read in it, by territory: they are asked for again and again.

    `now` is read once, when first asked for: a caller takes its locks first, so that whoever
    waited for a lock does not decide by a time from before the wait.
    """

    __slots__ = ("_bell", "_callbacks", "_clock", "_now", "conn", "dialect", "rules_read", "vault")

    def __init__(self, conn: Connection, vault: Vault, dialect: Dialect, clock: Clock) -> None:
        self.conn = conn
        self.vault = vault
        self.dialect: Dialect = dialect
        self._clock = clock
        self._now: datetime | None = None
        self._callbacks: list[Callable[[], None]] | None = None
        self._bell: Callable[[], None] | None = None
        self.rules_read: dict[int, Any] = {}

    @property
    def now(self) -> datetime:
        """The instant this transaction decides by; on PostgreSQL from the server's clock."""
        if self._now is None:
            asks = self.dialect == "postgresql"
            server_time = self.conn.execute(_ASK_SERVER).scalar_one() if asks else None
            self._now = self._clock.read(server_time)
        return self._now

    def now_from(self, server_time: datetime | None) -> datetime:
        """`now`, from a server's time that a locking statement has brought along.

        Without effect once `now` was read; None asks as usual. Saves a round trip a turn.
        """
        if self._now is None and server_time is not None:
            self._now = self._clock.read(server_time)
        return self.now

    def ask_server_time(self) -> datetime | None:
        """What the database server's clock shows; None where there is no server."""
        if self.dialect != "postgresql":
            return None
        shown: datetime = self.conn.execute(_ASK_SERVER).scalar_one()
        return shown

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Call `callback` on the event loop once this transaction is durable; never otherwise."""
        if self._callbacks is None:
            self._callbacks = []
        self._callbacks.append(callback)

    def hang(self, bell: Callable[[], None]) -> None:
        """Let `bell` be what is rung for this transaction."""
        self._bell = bell

    def ring(self) -> None:
        """Something was written that nobody has in hand: let whoever delivers look, once it is durable."""
        if self._bell is not None:
            self.after_commit(self._bell)
            self._bell = None

    @property
    def callbacks(self) -> list[Callable[[], None]]:
        """What was registered with `after_commit`, in that order."""
        return self._callbacks or []
