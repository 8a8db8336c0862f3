"""Notices about what the state register or the department says of people, in words.

`child` is the child's name, "" where it is unknown; without it the notice is about the parent who reads it.
`fields` are values of PersonField.
"""

from collections.abc import Mapping

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.notices.parts import Facts, Notice, to_operator
from bot.texts import Texts
from domain.notice import Told
from domain.person import PersonField


def _differs(t: Texts, data: Facts) -> str:
    what = ", ".join(field_name(t, PersonField(each)) for each in data["fields"])
    if "child" in data:
        first = t(
            "{child}: the data and the state register do not agree: {what}.", child=_child(t, data), what=what
        )
    else:
        first = t("Your data and the state register do not agree: {what}.", what=what)
    if _may_be_mistyped(data):
        return "\n".join((first, t("If you mistyped, correct it in your profile."), _looked_at(t)))
    return f"{first}\n{_looked_at(t)}"


def _may_be_mistyped(data: Facts) -> bool:
    """A name of the reader's own: the profile lets it be corrected, and it is compared at once."""
    names = {PersonField.SURNAME, PersonField.GIVEN_NAME, PersonField.PATRONYMIC}
    return "child" not in data and bool(names & {PersonField(each) for each in data["fields"]})


def _not_known(t: Texts, data: Facts) -> str:
    if "child" in data:
        first = t("{child}: the state register does not know this IIN.", child=_child(t, data))
    else:
        first = t("The state register does not know your IIN.")
    return f"{first}\n{_looked_at(t)}"


def _not_named(t: Texts, data: Facts) -> str:
    first = t("{child}: the state register names other parents than you.", child=_child(t, data))
    return f"{first}\n{_looked_at(t)}"


def _confirmed(t: Texts, data: Facts) -> str:
    if "child" in data:
        return t("{child}: the data is confirmed now. All is well.", child=_child(t, data))
    return t("Your data is confirmed now. All is well.")


def _looked_at(t: Texts) -> str:
    return t(
        "The education department will look at it, and you will be told. Applications, dates and places "
        "stay as they are, and seats can be taken. You need not do anything."
    )


def _child(t: Texts, data: Facts) -> str:
    return str(data["child"] or t("The child"))


def field_name(t: Texts, field: PersonField) -> str:
    """What can differ, as it stands in a list."""
    match field:
        case PersonField.SURNAME:
            return t("surname")
        case PersonField.GIVEN_NAME:
            return t("given name")
        case PersonField.PATRONYMIC:
            return t("patronymic")
        case PersonField.BIRTH_DATE:
            return t("date of birth")
        case PersonField.SEX:
            return t("sex")


def _profile_and_operator(t: Texts, data: Facts) -> tuple[Row, ...]:
    profile: tuple[Row, ...] = ((Button(t("Profile"), action("profile")),),)
    return (*(profile if _may_be_mistyped(data) else ()), *to_operator(t, data))


NOTICES: Mapping[Told, Notice] = {
    Told.REGISTER_DIFFERS: Notice(_differs, _profile_and_operator),
    Told.NOT_IN_REGISTER: Notice(_not_known, to_operator),
    Told.NOT_NAMED_IN_REGISTER: Notice(_not_named, to_operator),
    Told.DATA_CONFIRMED: Notice(_confirmed),
}
