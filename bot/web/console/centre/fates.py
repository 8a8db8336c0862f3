"""What became of a message that went out: on its way, sent, arrived, read, or lost and why."""

from dataclasses import dataclass

from bot.texts import Texts
from storage.centre.log import Line
from storage.deliveries import TOO_LATE
from storage.notices_to_send import LOST_SENSE
from storage.settling import LOST
from storage.wiping import ERASED

_UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Fate:
    """`state` as the log has it, for its colour and for whoever compares; `words` for people."""

    state: str
    words: str

    @property
    def lost(self) -> bool:
        """It did not arrive, and won't."""
        return self.state in LOST


def fate_of(t: Texts, line: Line) -> Fate | None:
    """The fate of a line; None for what came in."""
    if line.sent is None:
        return None
    return Fate(line.sent, _words(t, line))


def _words(t: Texts, line: Line) -> str:
    why = reason(t, line.error or "")
    match line.sent:
        case "pending" if line.tries and line.error:
            return t("not sent yet, {why}; it is tried again", why=why)
        case "pending":
            return t("on its way")
        case "sent" if line.sent_at is not None:
            return t("sent {time}", time=t.time(line.sent_at))
        case "sent":
            return t("sent")
        case "delivered":
            return t("arrived {time}", time=t.time(line.delivered_at or line.sent_at or line.at))
        case "read":
            return t("read {time}", time=t.time(line.read_at or line.at))
        case "failed":
            return t("did not arrive: {why}", why=why)
        case _:
            return t("given up: {why}", why=why)


def reason(t: Texts, error: str) -> str:
    """Why a message did not arrive; what a channel says in its own words stays as it is."""
    if error.startswith(_UNREACHABLE):
        return t("nothing reaches this account any more")
    match error:
        case "":
            return t("nobody said why")
        case "no such channel here":
            return t("this channel is not switched on")
    known = {
        TOO_LATE: t("it would have come too late to be of use"),
        LOST_SENSE: t("it was not so any more"),
        ERASED: t("the parent had everything erased"),
    }
    return known.get(error, error)
