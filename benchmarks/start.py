"""Start: how long the command takes to answer, and the demo until it is ready."""

import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from statistics import median

from benchmarks.broken import BenchBroken
from benchmarks.figures import print_table
from benchmarks.programs import kezek, listening
from tests.processes import free_port, wait_until

MOST_SECONDS = {"help": 0.5, "demo": 10.0}
_HELPS, _DEMOS = 5, 3


def run(name: str) -> dict[str, object]:
    """Measure on all cores; a ratio is how much of the allowed time is taken. Raises BenchBroken."""
    _help_seconds()  # the first one warms the disk's cache
    seconds = {
        "help": median(_help_seconds() for _ in range(_HELPS)),
        "demo": median(_demo_seconds() for _ in range(_DEMOS)),
    }
    ratios = {what: each / MOST_SECONDS[what] for what, each in seconds.items()}
    words = {"help": "`kezek --help`", "demo": "`kezek demo` until `/readyz` says 200"}
    rows = [(words[what], each, MOST_SECONDS[what], ratios[what]) for what, each in seconds.items()]
    print_table(name, ("start", "seconds", "at most", "ratio"), rows)
    return {
        "bench": name,
        "ratio": round(max(ratios.values()), 2),
        **{f"{what}_seconds": round(each, 2) for what, each in seconds.items()},
    }


def _help_seconds() -> float:
    started = time.perf_counter()
    told = subprocess.run(kezek("--help"), stdout=subprocess.DEVNULL)
    if told.returncode:
        raise BenchBroken(f"kezek --help ended with {told.returncode}")
    return time.perf_counter() - started


def _demo_seconds() -> float:
    """A demo that has never been started before, in a folder of its own."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="kezek-bench-") as folder:
        started = time.perf_counter()
        with listening(kezek("demo", "--port", str(port), "--keep", folder), port):
            wait_until(lambda: _is_ready(port))
            return time.perf_counter() - started


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return False
