"""What else an entry of the audit says, in words: as much of it as a reader can make something of.

Numbers that only the database knows (of a message, a group, a question) are in the CSV alone.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from bot.flows.privilege_words import name as privilege_name
from bot.texts import Texts
from bot.web.console.centre.audit_words import about_in_words, what_in_words
from bot.web.console.leavings import leavings
from bot.web.console.role_words import role_names
from storage.journal import by_staff

Data = Mapping[str, Any]
Names = Mapping[str, str]
_Told = Callable[[Texts, Any], str]

_KEPT_BACK = frozenset(
    {"application", "applications", "claim", "conversation", "group", "message", "referral", "request",
     "territory", "way"}
)  # fmt: skip
_TOLD: Mapping[str, _Told] = {
    "by": lambda t, value: _searched_by(t).get(value) or t("on the server by {who}", who=value),
    "found": lambda t, value: t("something was found") if value else t("nothing was found"),
    "shown": lambda t, value: _numbers(t).get(value, str(value)),
    "ended": lambda t, value: t("sessions ended: {number}", number=value),
    "wrong": lambda t, value: t("Wrong passwords in a row") + f": {value}",
    "seats": lambda t, value: t("seats: {number}", number=value),
    "before": lambda t, value: t("before: {value}", value=_dated(t, value)),
    "claims": lambda t, value: t("families concerned: {number}", number=value),
    "released_on": lambda t, value: t("empty from {day}", day=_dated(t, value)),
    "starts_on": lambda t, value: t("contract from {day}", day=_dated(t, value)),
    "last_day": lambda t, value: t("leaves {day}", day=_dated(t, value)),
    "through": lambda t, value: t("through {day}", day=_dated(t, value)),
    "since": lambda t, value: t("since {moment}", moment=_dated(t, value)),
    "until": lambda t, value: t("until {moment}", moment=_dated(t, value)),
    "why": lambda t, value: _reasons(t).get(value, str(value)),
    "privilege": lambda t, value: privilege_name(t, str(value)),
    "role": lambda t, value: role_names(t).get(value, str(value)),
    "phone_changed": lambda t, value: t("with a new phone") if value else "",
    "what": lambda t, value: what_in_words(t, str(value)),
    "who": lambda t, value: t("login: {login}", login=value),
}


def told_of(data: Data) -> set[str]:
    """Who is named in the facts, as `staff:1`: their logins are wanted by `facts_in_words`."""
    told = {str(data["about"])} if "about" in data else set()
    return told | ({_colleague(data)} if "to" in data else set())


def facts_in_words(t: Texts, data: Data, names: Names) -> str:
    """All of them in a row; of what an older version has written, the bare name and value."""
    told = [_fact(t, name, data, names) for name in data if name not in _KEPT_BACK]
    return " · ".join(each for each in told if each)


def _fact(t: Texts, name: str, data: Data, names: Names) -> str:
    if name == "to":
        return t("to {login}", login=names.get(_colleague(data), data[name]))
    if name == "about":
        return about_in_words(t, str(data[name]), names)
    if name in _TOLD:
        return _TOLD[name](t, data[name])
    return f"{name}: {data[name]}"


def _colleague(data: Data) -> str:
    return by_staff(data["to"])


def _dated(t: Texts, value: object) -> str:
    """A day or an instant as people write it; a number as it is."""
    with suppress(ValueError):
        return t.day(date.fromisoformat(str(value)))
    with suppress(ValueError):
        return t.moment(datetime.fromisoformat(str(value)))
    return str(value)


def _searched_by(t: Texts) -> Mapping[str, str]:
    return {"iin": t("by IIN"), "phone": t("by phone")}


def _numbers(t: Texts) -> Mapping[str, str]:
    return {
        "iin": t("the parent's IIN"),
        "document": t("the identity document"),
        "child_iin": t("the child's IIN"),
        "phone": t("the phone"),
    }


def _reasons(t: Texts) -> Mapping[str, str]:
    """Why a child leaves, or why a help by telephone was over."""
    ends = {"by_hand": t("by the operator"), "time": t("time was up"), "session": t("signed out")}
    return leavings(t) | ends
