"""Notices about phones, the password and accounts, in words.

Facts: `channel` a channel's name, `old` and `new` the last digits of numbers, `until`, `when` ISO instants;
`here` on the screen of an account that was signed out by it.
"""

from collections.abc import Mapping

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.channel_names import channel_name
from bot.flows.notices.parts import Facts, Notice, moment
from bot.texts import Texts
from domain.notice import Told


def _signed_in(t: Texts, data: Facts) -> str:
    entered = t(
        "An account entered your cabinet: {channel}, {moment}.",
        channel=channel_name(t, data["channel"]),
        moment=moment(t, data, "when"),
    )
    return "\n".join((entered, t("If that was not you, sign it out under Accounts and set a password.")))


def _password_removed(t: Texts, _data: Facts) -> str:
    return "\n".join((t("The password of your cabinet was removed."), _if_not_you(t)))


def _password_set(t: Texts, _data: Facts) -> str:
    return "\n".join((t("A new password was set for your cabinet."), _if_not_you(t)))


def _if_not_you(t: Texts) -> str:
    return t("If that was not you, set a new one: a code to your phone is enough.")


def _phone_changed(t: Texts, data: Facts) -> str:
    until = moment(t, data)
    return "\n".join(
        (
            t(
                "The phone ending in {old} was replaced by the one ending in {new}.",
                old=data["old"],
                new=data["new"],
            ),
            t(
                "Until {moment} whoever holds the old number can undo it with /undo. "
                "Until then nothing can be withdrawn or given up.",
                moment=until,
            ),
        )
    )


def _phone_added(t: Texts, data: Facts) -> str:
    added = t("A phone ending in {new} was added to your cabinet.", new=data["new"])
    if "until" not in data:
        return added
    until = moment(t, data)
    may = t(
        "Until {moment} whoever holds an older number can undo it with /undo. "
        "Until then nothing can be withdrawn or given up.",
        moment=until,
    )
    return f"{added}\n{may}"


def _adding_undone(t: Texts, data: Facts) -> str:
    return "\n".join(
        (
            t("A phone that was added, ending in {new}, was taken out of your cabinet.", new=data["new"]),
            _signed_out(t)
            if "here" in data
            else t(
                "All other accounts were signed out. A password and a helper that came since are gone, too."
            ),
        )
    )


def _change_undone(t: Texts, data: Facts) -> str:
    return "\n".join(
        (
            t(
                "A change of phone was undone: the number ending in {old} is back, "
                "the one ending in {new} is gone.",
                old=data["old"],
                new=data["new"],
            ),
            _signed_out(t)
            if "here" in data
            else t(
                "All other accounts were signed out. A phone, a password and a helper that came since "
                "are gone, too."
            ),
        )
    )


def _signed_out(t: Texts) -> str:
    return t("All accounts were signed out, here, too. What came into the cabinet since is gone.")


def _cabinet_or_sign_in(t: Texts, data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Sign in"), action("signin")),),) if "here" in data else _cabinet(t, data)


def _phones(t: Texts, _data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Phones"), action("phones")),),)


def _phones_added(t: Texts, data: Facts) -> tuple[Row, ...]:
    return _phones_and_undo(t, data) if "until" in data else _phones(t, data)


def _phones_and_undo(t: Texts, data: Facts) -> tuple[Row, ...]:
    return (*_phones(t, data), (Button(t("Undo the change"), action("undo")),))


def _accounts(t: Texts, _data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Accounts"), action("accounts")),),)


def _cabinet(t: Texts, _data: Facts) -> tuple[Row, ...]:
    return ((Button(t("My cabinet"), action("cabinet")),),)


NOTICES: Mapping[Told, Notice] = {
    Told.SIGNED_IN: Notice(_signed_in, _accounts),
    Told.PHONE_CHANGED: Notice(_phone_changed, _phones_and_undo),
    Told.PHONE_ADDED: Notice(_phone_added, _phones_added),
    Told.PHONE_CHANGE_UNDONE: Notice(_change_undone, _cabinet_or_sign_in),
    Told.PHONE_ADDING_UNDONE: Notice(_adding_undone, _cabinet_or_sign_in),
    Told.PASSWORD_SET: Notice(_password_set, _cabinet),
    Told.PASSWORD_REMOVED: Notice(_password_removed, _cabinet),
}
