"""The servers and programs that some tests need, where this machine has them.

`python -m tests.services NAME` ends with 0 when NAME is there, with 1 when it is not.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

WHERE_POSTGRESQL_HIDES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
)
# The shell is Chromium without what a window needs: the same pages for half the processor time.
CHROMIUM_NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def postgresql_bin() -> Path | None:
    """The folder with initdb and postgres of the newest PostgreSQL, or None."""
    candidates = [
        folder
        for pattern in WHERE_POSTGRESQL_HIDES
        for folder in Path("/").glob(pattern.lstrip("/"))
        if (folder / "initdb").exists()
    ]
    if candidates:
        return max(candidates, key=_version)
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def redis_server() -> Path | None:
    """The redis-server program, or None."""
    found = shutil.which("redis-server")
    return Path(found) if found else None


def chromium() -> Path | None:
    """The Chromium (or Chrome) program, or None."""
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None


def _version(folder: Path) -> int:
    digits = "".join(filter(str.isdigit, folder.parent.name))
    return int(digits or 0)


SERVICES: dict[str, Callable[[], Path | None]] = {
    "postgresql": postgresql_bin,
    "redis": redis_server,
    "chromium": chromium,
}
"""Each is also the name of the pytest marker of the tests that need it."""


if __name__ == "__main__":
    sys.exit(0 if SERVICES[sys.argv[1]]() else 1)
