"""Notices about an application in words: registered, withdrawn, restored, paused, and its privileges.

The facts: `number`; `child`, the name, where it is known; `other`, true where the other parent did it;
`place` and `class`, where the application stands now; `privilege`, its code; `reason`, what the
department says to a refusal; `until`, an ISO instant.
"""

from collections.abc import Mapping

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.application_words import class_name
from bot.flows.notices.parts import (
    Facts,
    Notice,
    child,
    lines,
    moment,
    place,
    reason,
    to_application,
    which,
)
from bot.flows.privilege_words import name as privilege_name
from bot.texts import Texts
from domain.application import QueueClass
from domain.notice import Told


def _registered(t: Texts, data: Facts) -> str:
    if data.get("other"):
        return _lines(t, data, t("The other parent has applied for a kindergarten."), _is_registered(t, data))
    return _is_registered(t, data)


def _is_registered(t: Texts, data: Facts) -> str:
    if data.get("place") is None:
        return t(
            "Application № {number} is registered. It is on the stop-list for now.", number=data["number"]
        )
    return t(
        "Application № {number} is registered. Place in the queue: {place}.",
        number=data["number"],
        place=data["place"],
    )


def _withdrawn(t: Texts, data: Facts) -> str:
    number, until = data["number"], moment(t, data)
    if data.get("other"):
        first = t("The other parent has withdrawn application № {number}.", number=number)
    else:
        first = t("Application № {number} is withdrawn and lies in the archive.", number=number)
    return _lines(t, data, first, t("Until {moment} it can be restored with its old date.", moment=until))


def _restored(t: Texts, data: Facts) -> str:
    number = data["number"]
    if data.get("other"):
        first = t("The other parent has restored application № {number} from the archive.", number=number)
    else:
        first = t("Application № {number} is back from the archive.", number=number)
    second = (
        t("It has its old date.")
        if data.get("keeps_date")
        else t("It has a new date: the day of its return.")
    )
    return _lines(t, data, first, second, _stands(t, data))


def _paused(t: Texts, data: Facts) -> str:
    number = data["number"]
    if data.get("other"):
        first = t("The other parent has paused application № {number}.", number=number)
    else:
        first = t("Application № {number} is paused.", number=number)
    return _lines(t, data, first, t("Place and date stay; meanwhile no seats are offered."))


def _resumed(t: Texts, data: Facts) -> str:
    number = data["number"]
    if data.get("other"):
        first = t("The other parent has taken application № {number} out of its pause.", number=number)
    else:
        first = t("Application № {number} is not paused any more.", number=number)
    return _lines(t, data, first, t("Seats are offered to it again."))


def _received(t: Texts, data: Facts) -> str:
    first = t("The privilege “{privilege}” is being checked.", privilege=_privilege(t, data))
    return _lines(t, data, first, t("Until it is confirmed, the place stays as it is."), which(t, data))


def _confirmed(t: Texts, data: Facts) -> str:
    first = t("The privilege “{privilege}” is confirmed.", privilege=_privilege(t, data))
    return _lines(t, data, first, _class(t, data), _stands(t, data), which(t, data))


def _refused(t: Texts, data: Facts) -> str:
    first = t("The privilege “{privilege}” was not confirmed.", privilege=_privilege(t, data))
    last = t("The application keeps its date. If this is a mistake, write to the operator.")
    return _lines(t, data, first, reason(t, data), last, which(t, data))


def _lost(t: Texts, data: Facts) -> str:
    first = t("The privilege “{privilege}” is not confirmed any more.", privilege=_privilege(t, data))
    last = t("If this is a mistake, you can object until {moment}.", moment=moment(t, data))
    return _lines(t, data, first, _class(t, data), _stands(t, data), which(t, data), last)


def _dropped(t: Texts, data: Facts) -> str:
    privilege = _privilege(t, data)
    if data.get("other"):
        first = t("The other parent has given up the privilege “{privilege}”.", privilege=privilege)
    else:
        first = t("The privilege “{privilege}” is given up.", privilege=privilege)
    return _lines(t, data, first, _class(t, data), _stands(t, data), which(t, data))


def _lines(t: Texts, data: Facts, *said: str) -> str:
    return lines(*said, child(t, data))


def _class(t: Texts, data: Facts) -> str:
    return t("Class: {name}", name=class_name(t, QueueClass(data["class"]))) if "class" in data else ""


def _stands(t: Texts, data: Facts) -> str:
    """The place; or until when there is none; nothing where the application is out of the queue."""
    if data.get("stopped_until"):
        return t("It is on the stop-list until {moment}.", moment=moment(t, data, "stopped_until"))
    return place(t, data)


def _privilege(t: Texts, data: Facts) -> str:
    return privilege_name(t, data["privilege"])


def _to_privileges(t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Privileges"), action("privileges", data["application"])),),)


NOTICES: Mapping[Told, Notice] = {
    Told.REGISTERED: Notice(_registered, to_application),
    Told.WITHDRAWN: Notice(_withdrawn, to_application),
    Told.RESTORED: Notice(_restored, to_application),
    Told.PAUSED: Notice(_paused, to_application),
    Told.RESUMED: Notice(_resumed, to_application),
    Told.PRIVILEGE_RECEIVED: Notice(_received, to_application),
    Told.PRIVILEGE_CONFIRMED: Notice(_confirmed, to_application),
    Told.PRIVILEGE_REFUSED: Notice(_refused, _to_privileges),
    Told.PRIVILEGE_LOST: Notice(_lost, _to_privileges),
    Told.PRIVILEGE_DROPPED: Notice(_dropped, to_application),
}
