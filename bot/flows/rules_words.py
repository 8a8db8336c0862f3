"""The rules of a territory in words, in the order in which a family meets them."""

from datetime import date

from bot.flows import contact_centre, privilege_words
from bot.flows.application_words import class_name
from bot.flows.apply.instruction import names
from bot.texts import Texts
from domain.policy import Policy
from domain.policy_terms import DayUnit, Opens, PrivilegeRule, Proof, PublishOn, ReferralMode
from domain.publication_pause import Pause, YearlyPause


def in_words(t: Texts, rules: Policy, today: date) -> list[str]:
    """Lines of text, an empty one between the parts. Of extra days only those still to come."""
    seats = [*_seats(t, rules), *_extra_days(t, rules, today)]
    parts = (_queue(t, rules), seats, _referral(t, rules), _privileges(t, rules))
    centre = contact_centre.lines(t, rules.contact_centre)
    lines = [line for part in parts for line in (*part, "")]
    return [*lines, *([t("Contact centre"), *centre] if centre else [])]


def _queue(t: Texts, rules: Policy) -> list[str]:
    lines = [
        t("The queue"),
        t(
            "• A child can join while younger than {years}; "
            "it leaves on 1 September of the year in which it turns {years}.",
            years=rules.age_limit_years,
        ),
        t(
            "• First come all who are out of queue; "
            "then, in turn, one with first priority and three on a general basis."
        ),
    ]
    if rules.carry_pattern:
        lines.append(t("• That turn goes on where it stopped."))
    lines.append(t("• Languages of instruction: {names}", names=names(t, rules.languages)))
    lines.append(
        t.many(
            "• An application names {number} confirmed phone.",
            "• An application names {number} confirmed phones.",
            rules.confirmed_phones,
        )
    )
    return lines


def _seats(t: Texts, rules: Policy) -> list[str]:
    at, opens_at = f"{rules.publish_at:%H:%M}", f"{rules.opens_at:%H:%M}"
    lines = [t("Free places")]
    if rules.publish_on is PublishOn.WORKING_DAYS:
        lines.append(t("• Lists come out on working days at {time}.", time=at))
    else:
        lines.append(t("• Lists come out every day at {time}.", time=at))
    if rules.opens is Opens.NEXT_WORKING_DAY:
        lines.append(t("• A list opens on the next working day at {time}.", time=opens_at))
    else:
        lines.append(t("• A list opens as soon as it comes out."))
    lines.append(_priority(t, rules))
    lines.append(
        t.many(
            "• A chosen place is held for {number} minute.",
            "• A chosen place is held for {number} minutes.",
            int(rules.hold.total_seconds() // 60),
        )
    )
    lines.append(_silence(t, rules))
    return lines + [t("• No lists come out: {days}", days=_days(t, each)) for each in rules.pauses]


def _priority(t: Texts, rules: Policy) -> str:
    if rules.priority.unit is DayUnit.WORKING_DAYS:
        return t.many(
            "• For {number} working day it is open to the first of the queue, then to everyone.",
            "• For {number} working days it is open to the first of the queue, then to everyone.",
            rules.priority.days,
        )
    return t.many(
        "• For {number} day of 24 hours it is open to the first of the queue, then to everyone.",
        "• For {number} days of 24 hours it is open to the first of the queue, then to everyone.",
        rules.priority.days,
    )


def _silence(t: Texts, rules: Policy) -> str:
    if not rules.silent_periods:
        return t("• Who does not choose keeps place and date, however often.")
    return t.many(
        "• Who does not answer {number} time in a row is asked, and paused then; place and date stay.",
        "• Who does not answer {number} times in a row is asked, and paused then; place and date stay.",
        rules.silent_periods,
    )


def _extra_days(t: Texts, rules: Policy, today: date) -> list[str]:
    off, working = (
        ", ".join(t.day(each) for each in sorted(days) if each >= today)
        for days in (rules.days_off, rules.working_days)
    )
    lines = [t("• Days off besides the holidays: {days}", days=off)] if off else []
    return lines + ([t("• Working days besides the usual ones: {days}", days=working)] if working else [])


def _days(t: Texts, pause: Pause) -> str:
    if isinstance(pause, YearlyPause):
        first, last = (f"{each.day:02}.{each.month:02}" for each in (pause.first, pause.last))
        return t("{first}–{last} of every year", first=first, last=last)
    return f"{t.day(pause.first)}–{t.day(pause.last)}"


def _referral(t: Texts, rules: Policy) -> list[str]:
    lines = [t("The referral")]
    if rules.referral_mode is ReferralMode.INSTANT:
        lines.append(t("• It is given as soon as you confirm a place."))
    else:
        lines.append(
            t.many(
                "• You confirm a place; the kindergarten gives it within {number} working day.",
                "• You confirm a place; the kindergarten gives it within {number} working days.",
                rules.activation_working_days,
            )
        )
    lines.append(
        t.many(
            "• It is valid for {number} working day after the day of issue.",
            "• It is valid for {number} working days after the day of issue.",
            rules.referral_working_days,
        )
    )
    lines.append(_extension(t, rules))
    lines.append(_unused(t, rules))
    return lines


def _unused(t: Texts, rules: Policy) -> str:
    if not rules.suspension_working_days:
        return t("• If it is not used, the application waits again at once.")
    return t.many(
        "• If it is not used, the application is on the stop-list for {number} working day.",
        "• If it is not used, the application is on the stop-list for {number} working days.",
        rules.suspension_working_days,
    )


def _extension(t: Texts, rules: Policy) -> str:
    if not rules.extensions:
        return t("• It can't be extended.")
    return t.many(
        "• It can be extended with documents by up to {days} days, {number} time.",
        "• It can be extended with documents by up to {days} days, {number} times.",
        rules.extensions,
        days=rules.extension_days,
    )


def _privileges(t: Texts, rules: Policy) -> list[str]:
    if not rules.privileges:
        return [t("Privileges"), t("• There are none here.")]
    return [t("Privileges"), *(_privilege(t, each) for each in rules.privileges)]


def _privilege(t: Texts, rule: PrivilegeRule) -> str:
    name, queue_class = privilege_words.name(t, rule.code), class_name(t, rule.queue_class)
    if rule.proof is Proof.DOCUMENT:
        return t("• {privilege}: {name}, by a document", privilege=name, name=queue_class)
    return t("• {privilege}: {name}, by the state register", privilege=name, name=queue_class)
