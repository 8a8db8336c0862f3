"""How the demo is asked for on the command line."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.policy_terms import ReferralMode


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """`at`: the instant at which its clock starts, None for the present one.

    `keep`: the folder its database stays in; None for a temporary one that goes with the process.
    A folder that holds a demo already is gone on with. `referrals`: how they come about in a city that is
    made now; one that was kept stays as it is.
    """

    at: datetime | None = None
    port: int = 8080
    keep: Path | None = None
    referrals: ReferralMode = ReferralMode.ACTIVATED
