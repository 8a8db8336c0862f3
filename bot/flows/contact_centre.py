"""How to reach the contact centre, in words [004]."""

from bot.texts import Texts
from domain.policy_terms import ContactCentre, ContactHours, PublishOn


def lines(t: Texts, centre: ContactCentre) -> list[str]:
    """Phone, WhatsApp, hours, pages: those there are."""
    found = []
    if centre.phone:
        found.append(t("Phone: {phone}", phone=centre.phone))
    if centre.whatsapp:
        found.append(t("WhatsApp: {phone}", phone=centre.whatsapp))
    if centre.hours:
        found.append(hours_in_words(t, centre.hours))
    return [*found, *centre.pages]


def hours_in_words(t: Texts, hours: ContactHours) -> str:
    """When somebody answers there."""
    if hours.since == hours.until:
        if hours.on is PublishOn.WORKING_DAYS:
            return t("Hours: working days, day and night")
        return t("Hours: day and night")
    since, until = f"{hours.since:%H:%M}", f"{hours.until:%H:%M}"
    if hours.on is PublishOn.WORKING_DAYS:
        return t("Hours: working days {since}–{until}", since=since, until=until)
    return t("Hours: every day {since}–{until}", since=since, until=until)
