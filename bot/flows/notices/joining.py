"""Notices about a second parent, in words."""

from collections.abc import Mapping

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.notices.parts import Facts, Notice, child, lines, moment, to_operator
from bot.texts import Texts
from domain.notice import Told


def _asks(t: Texts, data: Facts) -> str:
    until = moment(t, data)
    return lines(
        t("Somebody asks to become the second parent of your child here."),
        *who_and_whose(t, data),
        t("Agree only if you know this person well: a second parent sees and does all that you can."),
        t("You can answer until {moment}.", moment=until),
    )


def _joined(t: Texts, data: Facts) -> str:
    first = (
        t("The other parent has added you as a parent of the child.")
        if data.get("invited")
        else t("The other parent has agreed: now you are a parent of the child here, too.")
    )
    return lines(first, *who_and_whose(t, data))


def _other_joined(t: Texts, data: Facts) -> str:
    if data.get("doubted"):
        first = t(
            "A second parent was joined to the child: the state register names that one as a parent, and "
            "does not name you. The education department will look at it."
        )
    elif data.get("by_register"):
        first = t("A second parent was joined to your child: the state register names you both.")
    else:
        first = t("The second parent whom you invited has come.")
    if_wrong = t("If you do not know this person, tell the operator at once.")
    return lines(first, *who_and_whose(t, data), if_wrong)


def _declined(t: Texts, data: Facts) -> str:
    return t(
        "The other parent did not agree to your joining the child. If that is wrong, the education "
        "department helps: bring the child's birth certificate."
    )


def who_and_whose(t: Texts, data: Facts) -> list[str]:
    """The other parent's short name and the child's, as far as they are known."""
    name = t("Parent: {name}", name=data["name"]) if data.get("name") else ""
    return [each for each in (name, child(t, data)) if each]


def _answers(t: Texts, data: Facts) -> tuple[Row, ...]:
    return (
        (Button(t("Agree"), action("joining", data["joining"], "agree")),),
        (Button(t("Decline"), action("joining", data["joining"], "decline")),),
    )


def _applications(t: Texts, _data: Facts) -> tuple[Row, ...]:
    return ((Button(t("My applications"), action("my")),),)


NOTICES: Mapping[Told, Notice] = {
    Told.SECOND_PARENT_ASKS: Notice(_asks, _answers),
    Told.SECOND_PARENT_JOINED: Notice(_joined, _applications),
    Told.SECOND_PARENT_DECLINED: Notice(_declined, to_operator),
    Told.OTHER_PARENT_JOINED: Notice(_other_joined, to_operator),
}
