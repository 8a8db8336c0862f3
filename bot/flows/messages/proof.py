"""How a notice was sent: by which way, when, with what result. The parent's proof of notice."""

from collections.abc import Iterator, Sequence

from bot.conversation.payloads import decode
from bot.conversation.turn import Turn
from bot.flows.channel_names import channel_name
from bot.flows.phone_words import ending
from bot.texts import Texts
from domain.phone import Phone
from domain.ways import BY_SMS
from storage import sendings
from storage.notices import Notice
from storage.sendings import Proof, Sending

_ARRIVED, _LOST, _WAITS = "✓", "✕", "…"


def of_each(turn: Turn, notices: Sequence[Notice]) -> dict[int, str]:
    """In a few signs, for a list: `✓ Telegram · ✕ SMS`."""
    found = sendings.proofs(turn.tx, [each.id for each in notices])
    return {
        notice_id: " · ".join(f"{_sign(each)} {_where(turn.t, each)}" for each in proof.sendings)
        for notice_id, proof in found.items()
    }


def in_full(turn: Turn, notice: Notice) -> Iterator[str]:
    """The same in words; nothing for what only stood on the screen."""
    said = lines_of(turn.t, sendings.proofs(turn.tx, [notice.id])[notice.id])
    if said:
        yield "\n".join((turn.t("How it was sent:"), *said))


def lines_of(t: Texts, proof: Proof) -> list[str]:
    """A line for each way that was tried."""
    if proof.unsent is not None:
        return [t("It was not sent: it was not so any more.")]
    if proof.send_at is not None:
        return [t("It goes out on {moment}.", moment=t.moment(proof.send_at))]
    return [_line(t, each) for each in proof.sendings]


def _line(t: Texts, sending: Sending) -> str:
    return f"{_where(t, sending)}, {t.moment(sending.sent_at or sending.at)}: {_result(t, sending)}"


def _sign(sending: Sending) -> str:
    if sending.state == "pending":
        return _WAITS
    return _ARRIVED if sending.arrived else _LOST


def _where(t: Texts, sending: Sending) -> str:
    """The channel; of an SMS also by which digits its owner knows the number."""
    name = channel_name(t, sending.channel)
    number = decode(sending.payload)[1] if sending.channel == BY_SMS and sending.payload else None
    return f"{name} ··{ending(Phone(number))}" if number is not None else name


def _result(t: Texts, sending: Sending) -> str:
    match sending.state:
        case "pending":
            return t("on its way")
        case "read" if sending.read_at is not None:
            return t("read on {moment}", moment=t.moment(sending.read_at))
        case "delivered" if sending.delivered_at is not None:
            return t("arrived on {moment}", moment=t.moment(sending.delivered_at))
        case "sent" | "delivered" | "read":
            return t("sent")
        case _:
            return t("did not arrive")
