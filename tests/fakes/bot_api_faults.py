"""What can go wrong between a bot and the Bot API."""

from dataclasses import dataclass
from enum import Enum

from tests.fakes.bot_api_rules import Refusal


class Break(Enum):
    """How an answer fails to come as one."""

    SILENCE = "no answer at all"
    HANG_UP = "the connection is closed"
    GARBAGE = "a page of a proxy, with status 200"
    ODD = "valid JSON that is no answer of the Bot API"


@dataclass(frozen=True)
class Fault:
    """One fault. `late`: the method takes effect first, only its answer is lost."""

    what: Break | Refusal
    late: bool = False


SILENCE = Fault(Break.SILENCE)
HANG_UP = Fault(Break.HANG_UP)
GARBAGE = Fault(Break.GARBAGE)
ODD = Fault(Break.ODD)
LOST_ANSWER = Fault(Break.HANG_UP, late=True)
SERVER_ERROR = Fault(Refusal(500, "Internal Server Error"))
BAD_GATEWAY = Fault(Refusal(502, "Bad Gateway"))


def too_many_requests(seconds: int) -> Fault:
    """429: wait so long."""
    return Fault(Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds))


def refused(code: int, description: str) -> Fault:
    """Any other answer that is not ok."""
    return Fault(Refusal(code, description))
