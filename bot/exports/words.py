"""Words of the export's page for what the cabinet has no screen of its own for."""

from datetime import datetime

from bot.texts import Texts


def moment(t: Texts, instant: datetime | None) -> str | None:
    """An instant as people read it; None stays None."""
    return t.moment(instant) if instant is not None else None


def stamp(t: Texts, instant: datetime) -> str:
    """Day and time below one another: for the narrow first column of a table."""
    return f"{t.day(instant)}\n{t.time(instant)}"


def yes(t: Texts, instant: datetime | None) -> str:
    """Whether, and since when, something is so."""
    return t("yes, {moment}", moment=t.moment(instant)) if instant is not None else t("no")


def joined_how(t: Texts, how: str) -> str:
    """What made somebody a child's parent here."""
    match how:
        case "register":
            return t("the state register names you")
        case "agreed":
            return t("the other parent agreed")
        case _:
            return t("you applied for the child")


def claim_state(t: Texts, state: str) -> str:
    """How far a seat had come."""
    match state:
        case "held":
            return t("held")
        case "applied":
            return t("sent to the kindergarten")
        case "referred":
            return t("referral issued")
        case "enrolled":
            return t("contract signed")
        case "expired":
            return t("not used in time")
        case "revoked":
            return t("taken back by the department")
        case "declined" | "let_go" | "taken_back":
            return t("given up")
        case _:
            return t("over")


def document_state(t: Texts, state: str) -> str:
    """What became of a document."""
    match state:
        case "accepted" | "confirmed":
            return t("accepted")
        case "refused" | "rejected":
            return t("refused")
        case _:
            return t("received")


def joining_state(t: Texts, state: str) -> str:
    """What became of a request to be a child's parent."""
    match state:
        case "asked" | "invited":
            return t("not answered yet")
        case "agreed":
            return t("agreed to")
        case "declined":
            return t("declined")
        case _:
            return t("over")


def size(t: Texts, number_of_bytes: int) -> str:
    """How large something is."""
    if number_of_bytes < 1024 * 1024:
        return t("{size} KB", size=max(1, round(number_of_bytes / 1024)))
    return t("{size} MB", size=round(number_of_bytes / 1024 / 1024))
