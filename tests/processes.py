"""Starting a server for the tests and knowing when it answers."""

import os
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path

LONGEST_START = 30.0
"""Seconds a server may take until it answers."""


def free_port() -> int:
    """A TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def as_user(user: str, command: Sequence[str]) -> list[str]:
    """The command under another name where we are root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return list(command)
    quoted = " ".join(f"'{word}'" for word in command)
    return ["su", user, "-s", "/bin/sh", "-c", f"exec {quoted}"]


def give_to(user: str, folder: Path) -> None:
    """Hand the folder to that user where we are root."""
    if os.geteuid() == 0:
        import pwd

        owner = pwd.getpwnam(user)
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def wait_until(answers: Callable[[], bool], longest_seconds: float = LONGEST_START) -> None:
    """Return once `answers` does; TimeoutError when it takes too long."""
    end = time.monotonic() + longest_seconds
    while not answers():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


def listens(port: int) -> bool:
    """Whether something on this machine takes connections on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
