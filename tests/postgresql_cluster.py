"""A PostgreSQL server of our own: fsync as usual, gone with all it held, and it can be made to crash."""

import asyncio
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from tests.processes import as_user, free_port, give_to, listens, wait_until

USER = "postgres"
_LONGEST_STOP = 30


class Cluster:
    """A server that runs. `url` names the database that every server has."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder, self._port = programs, folder, free_port()
        self.url = f"postgresql+asyncpg://{USER}@127.0.0.1:{self._port}/postgres"
        made = [f"{programs}/initdb", "-D", f"{folder}/data", "-U", USER, "-A", "trust", "-E", "UTF8"]
        subprocess.run(as_user(USER, made), check=True, capture_output=True, cwd="/")
        self._server = self._started()

    def crash(self, how: signal.Signals) -> None:
        """End it without a word to anybody: SIGKILL, or SIGQUIT, which is `pg_ctl stop -m immediate`."""
        first_line = (self._folder / "data" / "postmaster.pid").read_text().partition("\n")[0]
        os.kill(int(first_line), how)
        self._server.wait(_LONGEST_STOP)

    def start(self) -> None:
        """Let it recover and take connections again."""
        self._server = self._started()

    def stop(self) -> None:
        """End it for good."""
        command = [f"{self._programs}/pg_ctl", "-D", f"{self._folder}/data", "-m", "immediate", "stop"]
        subprocess.run(as_user(USER, command), check=True, capture_output=True, cwd="/")
        self._server.wait(_LONGEST_STOP)

    def _started(self) -> subprocess.Popen[bytes]:
        command = [f"{self._programs}/postgres", "-D", f"{self._folder}/data", "-p", str(self._port)]
        command += ["-k", str(self._folder)]
        # Processes of a server that was killed may still hold its memory: then the new one ends at once.
        while (server := self._tried(as_user(USER, command))).poll() is not None:
            time.sleep(0.05)
        return server

    def _tried(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/")
        wait_until(lambda: listens(self._port) or server.poll() is not None)
        return server


def answers(url: str) -> bool:
    """Whether a server takes connections there, and lets databases be made."""

    async def ask() -> bool:
        try:
            conn = await asyncpg.connect(url.replace("+asyncpg", ""), timeout=3)
        except (OSError, asyncpg.PostgresError, TimeoutError):
            return False
        try:
            # Being let in is not enough: the tests make databases of their own.
            return bool(await conn.fetchval("SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"))
        finally:
            await conn.close()

    return asyncio.run(ask())


@contextmanager
def own_cluster(programs: Path) -> Iterator[Cluster]:
    """A server, started from these programs, that takes connections."""
    with tempfile.TemporaryDirectory(prefix="kezek-postgresql-") as folder:
        give_to(USER, Path(folder))
        cluster = Cluster(programs, Path(folder))
        try:
            wait_until(lambda: answers(cluster.url))
            yield cluster
        finally:
            cluster.stop()
