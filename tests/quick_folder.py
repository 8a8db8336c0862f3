"""Where databases lie whose tests ask nothing of the disk: in memory, where this machine has room there.

A commit then waits for no disk. What survives a killed process survives there, too.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

MEMORY = Path("/dev/shm")
ROOM_BYTES = 512 * 1024 * 1024


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder of one's own, gone with what is in it."""
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM_BYTES
    with TemporaryDirectory(prefix="kezek-test-", dir=MEMORY if has_room else None) as folder:
        yield Path(folder)
