"""`python -m benchmarks [NAME…]`: run these benches, or all.

Each prints its table and, last, one line of JSON: {"bench": name, "ratio": …, …}.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

import orjson

from benchmarks.broken import BenchBroken

BENCHES = {
    "turn-sqlite": "benchmarks.turn",
    "turn-postgresql": "benchmarks.turn",
    "rush-sqlite": "benchmarks.rush",
    "rush-postgresql": "benchmarks.rush",
    "place-sqlite": "benchmarks.place",
    "place-postgresql": "benchmarks.place",
    "opening-sqlite": "benchmarks.opening",
    "opening-postgresql": "benchmarks.opening",
    "drain-sqlite": "benchmarks.drain",
    "drain-postgresql": "benchmarks.drain",
    "pace": "benchmarks.pace",
    "wire-sqlite": "benchmarks.wire",
    "wire-postgresql": "benchmarks.wire",
    "console": "benchmarks.console",
    "live-sqlite": "benchmarks.live",
    "live-postgresql": "benchmarks.live",
    "start": "benchmarks.start",
}
"""Each bench and its module, whose `run(name)` prints a table and returns what the JSON line says."""


def main(names: Sequence[str]) -> int:
    """Run the named benches; the exit code: 0, 1 when one could not be run, 2 for an unknown name."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no such bench: {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    return max([_run(name) for name in names or BENCHES])


def _run(name: str) -> int:
    try:
        told = import_module(BENCHES[name]).run(name)
    except BenchBroken as broken:
        print(f"{name}: {broken.why}", file=sys.stderr)
        return 1
    print(orjson.dumps(told).decode(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
