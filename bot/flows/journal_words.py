"""The parent's journal in words: when, who, from where; and what was done, one table for every deed."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.flows import privilege_words
from bot.flows.channel_names import channel_name
from bot.texts import NUMBER_SIGN, Texts
from domain.notice import Deed
from storage import journal
from storage.journal import Entry

Facts = Mapping[str, Any]
Words = Callable[[Texts, Facts], str]
_LONGEST = 100
"""Characters of a deed: a page of them has to fit a message with few buttons."""


def line(t: Texts, entry: Entry, me: int) -> str:
    """One entry on two lines: its circumstances, and the deed."""
    where = channel_name(t, entry.channel) if entry.channel else ""
    circumstances = " · ".join(filter(None, (t.moment(entry.at), who(t, entry, me), where)))
    return f"{circumstances}\n{deed(t, entry)}"


def deed(t: Texts, entry: Entry) -> str:
    """What was done, with what of, and in which application."""
    number = f"{NUMBER_SIGN}{entry.number}" if entry.number is not None else ""
    what = " · ".join(filter(None, (WORDS[entry.what](t, entry.data), _detail(t, entry.data), number)))
    return what if len(what) <= _LONGEST else what[: _LONGEST - 1].rstrip() + "…"


def _detail(t: Texts, data: Facts) -> str:
    if "privilege" in data:
        return privilege_words.name(t, data["privilege"])
    return channel_name(t, data["removed"]) if "removed" in data else ""


def who(t: Texts, entry: Entry, me: int) -> str:
    """Whose deed it is, as seen by the parent `me`; nobody's name is needed for that."""
    kind = entry.actor.partition(":")[0]
    if entry.actor == journal.by_parent(me):
        return t("you")
    match kind:
        case "parent":
            return t("the other parent")
        case "helper":
            return t("your helper")
        case "staff":
            return _staff(t, entry.data.get("role"))
        case journal.REGISTER:
            return t("the state register")
        case _:
            return t("by itself")


def _staff(t: Texts, role: object) -> str:
    match role:
        case "operator":
            return t("the contact centre")
        case "kindergarten":
            return t("the kindergarten")
        case "department":
            return t("the education department")
        case _:
            return t("staff")


def _profile_changed(t: Texts, data: Facts) -> str:
    match data.get("field"):
        case "address":
            return t("Profile: the address was changed")
        case "email":
            return t("Profile: the e-mail was changed")
        case "name":
            return t("Profile: the name was changed")
        case _:
            return t("The profile was changed")


def _notices_changed(t: Texts, data: Facts) -> str:
    if "place" in data:
        return t("How often the news of the place comes was changed")
    match data.get("way"):
        case "messenger":
            return t("Notices: in the messenger from now on")
        case "sms":
            return t("Notices: by SMS from now on")
        case "email":
            return t("Notices: by e-mail from now on")
        case _:
            return t("The language of notices was changed")


def _looked(t: Texts, data: Facts) -> str:
    if "chat" in data:
        return t("Your chat was read: {messenger}", messenger=channel_name(t, data["chat"]))
    if reason := data.get("reason"):
        return t("Your data were looked at: {reason}", reason=reason)
    return t("Your data were looked at")


def _revealed(t: Texts, data: Facts) -> str:
    reason = data.get("reason")
    return t("{what}. Reason: {reason}", what=_shown(t, data), reason=reason) if reason else _shown(t, data)


def _shown(t: Texts, data: Facts) -> str:
    match data.get("shown"):
        case "iin":
            return t("Your IIN was shown in full")
        case "document":
            return t("The number of your identity document was shown in full")
        case "child_iin":
            return t("The child's IIN was shown in full")
        case "phone":
            return t("Your phone number was shown in full")
        case _:
            return t("What is hidden was shown in full")


WORDS: Mapping[Deed, Words] = {
    Deed.SIGNED_IN: lambda t, _: t("The cabinet was entered"),
    Deed.SIGNED_OUT: lambda t, _: t("The cabinet was left"),
    Deed.ACCOUNT_REMOVED: lambda t, _: t("An account was taken out of the cabinet"),
    Deed.APPLIED: lambda t, _: t("An application was sent"),
    Deed.WITHDREW: lambda t, _: t("The application was withdrawn"),
    Deed.RESTORED: lambda t, _: t("The application was restored from the archive"),
    Deed.PAUSED: lambda t, _: t("The application was paused"),
    Deed.RESUMED: lambda t, _: t("The application goes on after a pause"),
    Deed.SEAT_HELD: lambda t, _: t("A seat was put on hold"),
    Deed.SEAT_LET_GO: lambda t, _: t("The seat on hold was let go"),
    Deed.SEAT_CONFIRMED: lambda t, _: t("The seat was confirmed"),
    Deed.SENT_TAKEN_BACK: lambda t, _: t("What was sent to the kindergarten was taken back"),
    Deed.REFERRAL_EXTENDED: lambda t, _: t("The referral was extended"),
    Deed.REFERRAL_GIVEN_UP: lambda t, _: t("The referral was given up"),
    Deed.REFERRAL_LONGER: lambda t, _: t("The referral became longer: days off were declared"),
    Deed.PROLONGED: lambda t, _: t("Time was given back after an outage of the service"),
    Deed.SUSPENSION_SHORTER: lambda t, _: t("The stop-list became shorter: days off were taken back"),
    Deed.PRIVILEGE_CLAIMED: lambda t, _: t("A privilege was named"),
    Deed.PRIVILEGE_DROPPED: lambda t, _: t("The privilege was given up"),
    Deed.PRIVILEGE_OBJECTED: lambda t, _: t("The loss of a privilege was objected to"),
    Deed.PRIVILEGE_CONFIRMED: lambda t, _: t("The privilege was confirmed"),
    Deed.PRIVILEGE_REFUSED: lambda t, _: t("The privilege was not confirmed"),
    Deed.PRIVILEGE_LOST: lambda t, _: t("The privilege is not confirmed any more"),
    Deed.OBJECTION_REFUSED: lambda t, _: t("The objection to the loss of a privilege was not agreed to"),
    Deed.DEPARTMENT_ANSWERED: lambda t, _: t("The education department answered"),
    Deed.DATA_CONFIRMED: lambda t, _: t("The data was confirmed"),
    Deed.DATA_DIFFERS: lambda t, _: t("The data did not agree with the state register"),
    Deed.CHILD_ADDED: lambda t, _: t("A child was added"),
    Deed.PHONE_CONFIRMED: lambda t, _: t("A phone was confirmed"),
    Deed.PHONE_CHANGED: lambda t, _: t("A phone was changed"),
    Deed.PHONE_CHANGE_UNDONE: lambda t, _: t("The change of a phone was undone"),
    Deed.PASSWORD_SET: lambda t, _: t("The cabinet's password was set"),
    Deed.PASSWORD_RESET: lambda t, _: t("The cabinet's password was reset"),
    Deed.PASSWORD_REMOVED: lambda t, _: t("The cabinet's password was removed"),
    Deed.ASKED_TO_JOIN: lambda t, _: t("A second parent asked to be joined"),
    Deed.AGREED_TO_JOIN: lambda t, _: t("A second parent was agreed to"),
    Deed.DECLINED_TO_JOIN: lambda t, _: t("A second parent was declined"),
    Deed.JOINED_CHILD: lambda t, _: t("A parent was joined to the child"),
    Deed.HELPER_NAMED: lambda t, _: t("A helper's phone was named"),
    Deed.HELPER_JOINED: lambda t, _: t("The helper said yes"),
    Deed.HELPER_REMOVED: lambda t, _: t("The helper was removed"),
    Deed.PROFILE_CHANGED: _profile_changed,
    Deed.NOTICES_CHANGED: _notices_changed,
    Deed.PHOTO_CHANGED: lambda t, _: t("The photo was changed"),
    Deed.EXPORTED: lambda t, _: t("A copy of the data was made"),
    Deed.ERASED: lambda t, _: t("The other parent's data were erased"),
    Deed.SENT_ACTIVATED: lambda t, _: t("The application was activated: a referral was issued"),
    Deed.SENT_DECLINED: lambda t, _: t("The kindergarten declined the application"),
    Deed.CONTRACT_SIGNED: lambda t, _: t("The contract was signed"),
    Deed.REFUSED_AT_DESK: lambda t, _: t("The kindergarten refused the referral"),
    Deed.DID_NOT_COME: lambda t, _: t("Nobody came with the referral"),
    Deed.CHILD_LEFT: lambda t, _: t("The kindergarten noted that the child leaves"),
    Deed.SEAT_RECALLED: lambda t, _: t("The seat was recalled"),
    Deed.EXTENSION_REVOKED: lambda t, _: t("The extension of the referral was revoked"),
    Deed.REFERRAL_REVOKED: lambda t, _: t("The referral was revoked"),
    Deed.REVIEW_SHOWN: lambda t, _: t("The review is shown"),
    Deed.REVIEW_REFUSED: lambda t, _: t("The review was not let pass"),
    Deed.ASSISTED: lambda t, _: t("Help on the telephone was agreed to, by a code to the phone"),
    Deed.LOOKED: _looked,
    Deed.REVEALED: _revealed,
}
