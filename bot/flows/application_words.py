"""An application in words: what anybody may see of it, and its parts."""

from bot.conversation.turn import Turn
from bot.texts import Texts
from domain.application import QueueClass, QueueKind, Status
from storage.look_up import Found
from storage.queue_places import PlaceNow


def describe(turn: Turn, found: Found, stands: PlaceNow | None, *, titled: bool = False) -> str:
    """Number, queue, place and size, date, status; without the number where the title says it."""
    t = turn.t
    lines = [t("Application № {number}", number=found.number)] if not titled else []
    lines.append(queue_name(t, found))
    lines.append(place_line(t, stands))
    lines.append(t("In the queue since {moment}", moment=t.moment(found.submitted_at)))
    lines.append(t("Status: {status}", status=status(t, found)))
    return "\n".join(lines)


def title(turn: Turn, found: Found) -> str:
    """The heading of a screen about one application."""
    return turn.t("Application № {number}", number=found.number)


def queue_name(t: Texts, found: Found) -> str:
    """Which queue it is: territory, kind, birth year."""
    name = found.territory_names[t.language]
    if found.queue_kind is QueueKind.CORRECTIONAL:
        return t("{territory}, correctional queue, born {year}", territory=name, year=found.birth_year)
    return t("{territory}, general queue, born {year}", territory=name, year=found.birth_year)


def place_line(t: Texts, place: PlaceNow | None) -> str:
    """The place and the size of the queue; or that there is none."""
    if place is None or place.place is None:
        return t("No place in the queue at present")
    return t("Place in the queue: {place} of {size}", place=place.place, size=place.size)


def status(t: Texts, found: Found) -> str:
    """The status, with until when or why."""
    match found.status:
        case Status.AWAITING_PLACE if found.paused_at is not None:
            return t("waiting for a place, paused")
        case Status.AWAITING_PLACE:
            return t("waiting for a place")
        case Status.APPLIED:
            return t("sent to a kindergarten, waiting for its answer")
        case Status.REFERRED:
            return t("referral issued")
        case Status.ENROLLED:
            return t("enrolled in a kindergarten")
        case Status.SUSPENDED if found.suspended_until is not None:
            return t("stop-list until {moment}", moment=t.moment(found.suspended_until))
        case Status.SUSPENDED:
            return t("stop-list")
        case Status.WITHDRAWN:
            return t("in the archive")
        case Status.AGED_OUT:
            return t("left the queue by age")


def class_name(t: Texts, queue_class: QueueClass) -> str:
    """The class of a queue in words."""
    match queue_class:
        case QueueClass.OUT_OF_QUEUE:
            return t("out of queue")
        case QueueClass.FIRST_PRIORITY:
            return t("first priority")
        case QueueClass.GENERAL:
            return t("general basis")
