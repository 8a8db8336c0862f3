"""The code words of the open data as people read them."""

from bot.texts import Texts


def queue_kind(t: Texts, code: str) -> str:
    """Which of the two queues."""
    return t("correctional") if code == "correctional" else t("general")


def seat_kind(t: Texts, code: str) -> str:
    """What kind of seat."""
    return t("permanent") if code == "vacant" else t("temporary") if code == "temporary" else code


def cause(t: Texts, code: str | None) -> str:
    """Why a seat came back; None: it was newly free."""
    match code:
        case None:
            return t("newly free")
        case "declined" | "taken_back" | "withdrawn":
            return t("given up by a family")
        case "expired":
            return t("a referral was not used in time")
        case "refused_at_desk":
            return t("refused at the kindergarten")
        case "revoked":
            return t("a referral was taken back")
        case "turned_down":
            return t("an application was declined")
        case _:
            return t("came back")


def state(t: Texts, code: str) -> str:
    """To whom a bulletin is open."""
    match code:
        case "look_only":
            return t("to look at")
        case "for_the_first":
            return t("for the first of the queue")
        case "open_to_everyone":
            return t("open to everyone")
        case "full":
            return t("no seat left")
        case _:
            return t("recalled")


def status(t: Texts, code: str) -> str:
    """What became of a referral."""
    match code:
        case "valid":
            return t("valid")
        case "enrolled":
            return t("contract signed")
        case "declined":
            return t("given up")
        case "expired":
            return t("not used in time")
        case "refused_at_desk":
            return t("refused at the kindergarten")
        case _:
            return t("taken back by the department")
