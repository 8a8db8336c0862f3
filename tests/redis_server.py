"""A Redis server for the tests, of their own: in a temporary folder, on a free port."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.processes import free_port, listens, wait_until
from tests.services import redis_server as redis_program


@contextmanager
def redis_server(port: int | None = None) -> Iterator[str | None]:
    """The URL of a fresh server that keeps nothing, or None where there is no redis-server."""
    program = redis_program()
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="kezek-redis-") as folder:
        port = port or free_port()
        command = [str(program), "--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
        server = subprocess.Popen([*command, "--save", ""], stdout=subprocess.DEVNULL)
        try:
            wait_until(lambda: listens(port))
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(timeout=30)
