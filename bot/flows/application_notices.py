"""Notices about an application in words: withdrawn, restored, paused, and its privileges.

The facts: `number`; `child`, the name, where it is known; `other`, true where the other parent did it;
`place` and `class`, where the application stands now; `privilege`, its code; `reason`, what the
department says to a refusal; `until`, an ISO instant.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.application_words import class_name
from bot.flows.privilege_words import name as privilege_name
from bot.texts import Texts
from domain.application import QueueClass
from domain.notice import Told

Facts = Mapping[str, Any]


def _withdrawn(t: Texts, data: Facts) -> str:
    number, until = data["number"], _until(t, data)
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
    return _lines(t, data, first, second, *_stands(t, data))


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
    return _lines(t, data, first, t("Until it is confirmed, the place stays as it is."), _which(t, data))


def _confirmed(t: Texts, data: Facts) -> str:
    first = t("The privilege “{privilege}” is confirmed.", privilege=_privilege(t, data))
    return _lines(t, data, first, *_class(t, data), *_stands(t, data), _which(t, data))


def _refused(t: Texts, data: Facts) -> str:
    first = t("The privilege “{privilege}” was not confirmed.", privilege=_privilege(t, data))
    why = [t("Reason: {reason}", reason=data["reason"])] if data.get("reason") else []
    last = t("The application keeps its date. If this is a mistake, write to the operator.")
    return _lines(t, data, first, *why, last, _which(t, data))


def _lost(t: Texts, data: Facts) -> str:
    first = t("The privilege “{privilege}” is not confirmed any more.", privilege=_privilege(t, data))
    last = t("If this is a mistake, you can object until {moment}.", moment=_until(t, data))
    return _lines(t, data, first, *_class(t, data), *_stands(t, data), _which(t, data), last)


def _dropped(t: Texts, data: Facts) -> str:
    privilege = _privilege(t, data)
    if data.get("other"):
        first = t("The other parent has given up the privilege “{privilege}”.", privilege=privilege)
    else:
        first = t("The privilege “{privilege}” is given up.", privilege=privilege)
    return _lines(t, data, first, *_class(t, data), *_stands(t, data), _which(t, data))


def _lines(t: Texts, data: Facts, *lines: str) -> str:
    child = [t("Child: {name}", name=data["child"])] if data.get("child") else []
    return "\n".join((*lines, *child))


def _which(t: Texts, data: Facts) -> str:
    return t("Application № {number}", number=data["number"])


def _class(t: Texts, data: Facts) -> list[str]:
    return [t("Class: {name}", name=class_name(t, QueueClass(data["class"])))] if "class" in data else []


def _stands(t: Texts, data: Facts) -> list[str]:
    """The place; or until when there is none; nothing where the application is out of the queue."""
    if data.get("stopped_until"):
        until = t.moment(datetime.fromisoformat(data["stopped_until"]))
        return [t("It is on the stop-list until {moment}.", moment=until)]
    return [t("Place in the queue: {place}", place=data["place"])] if data.get("place") else []


def _privilege(t: Texts, data: Facts) -> str:
    return privilege_name(t, data["privilege"])


def _until(t: Texts, data: Facts) -> str:
    return t.moment(datetime.fromisoformat(data["until"]))


def _to_application(t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Show the application"), action("own", data["application"])),),)


def _to_privileges(t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Privileges"), action("privileges", data["application"])),),)


WORDS: Mapping[Told, Callable[[Texts, Facts], str]] = {
    Told.WITHDRAWN: _withdrawn,
    Told.RESTORED: _restored,
    Told.PAUSED: _paused,
    Told.RESUMED: _resumed,
    Told.PRIVILEGE_RECEIVED: _received,
    Told.PRIVILEGE_CONFIRMED: _confirmed,
    Told.PRIVILEGE_REFUSED: _refused,
    Told.PRIVILEGE_LOST: _lost,
    Told.PRIVILEGE_DROPPED: _dropped,
}
BUTTONS: Mapping[Told, Callable[[Texts, Facts], tuple[Row, ...]]] = {
    Told.PRIVILEGE_LOST: _to_privileges,
    Told.PRIVILEGE_REFUSED: _to_privileges,
    **{kind: _to_application for kind in WORDS if kind not in (Told.PRIVILEGE_LOST, Told.PRIVILEGE_REFUSED)},
}
