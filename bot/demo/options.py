"""How the demo is asked for on the command line."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """`at`: the instant at which its clock starts, None for the present one.

    `keep`: the folder its database stays in; None for a temporary one that goes with the process.
    A folder that holds a demo already is gone on with.
    """

    at: datetime | None = None
    port: int = 8080
    keep: Path | None = None
