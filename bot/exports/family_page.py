"""The sections about the children, and about the requests to care for them."""

from typing import Any

from bot.exports.page import Card, Section
from bot.exports.person_page import day, sex
from bot.exports.words import joined_how, joining_state, moment, yes
from bot.flows.names import full
from bot.texts import Texts

Data = dict[str, Any]


def children_section(t: Texts, about: Data) -> Section:
    """Whom the parent cares for; of the other parent only that there is one."""
    return Section(t("Children"), [_child(t, each) for each in about["children"]], nothing=t("None."))


def requests_section(t: Texts, about: Data) -> Section:
    """Who asked to be a child's second parent."""
    cards = [
        Card(
            [
                (t("Child's IIN"), each["child"]),
                (t("Asked by"), t("you") if each["asked_by"] == "you" else t("somebody else")),
                (t("Asked"), moment(t, each["asked_at"])),
                (t("Answer"), joining_state(t, each["state"])),
                (t("Answered"), moment(t, each["decided_at"])),
            ]
        )
        for each in about["joinings"]
    ]
    return Section(t("Second parent"), cards, nothing=t("None."))


def stop_list_section(t: Texts, about: Data) -> Section:
    """When which child was on the stop-list."""
    cards = [
        Card(
            [
                (t("Child's IIN"), each["child"]),
                (t("From"), moment(t, each["starts_at"])),
                (t("Until"), moment(t, each["ends_at"])),
            ]
        )
        for each in about["suspensions"]
    ]
    return Section(t("Stop-list"), cards, nothing=t("None."))


def _child(t: Texts, each: Data) -> Card:
    surname = each["surname"] or ""
    if each["named_in_short"] and surname:
        surname = f"{surname}."
    return Card(
        [
            (t("IIN"), each["iin"]),
            (t("Date of birth"), day(t, each["birth_date"])),
            (t("Sex"), sex(t, each["sex"])),
            (t("Confirmed by the state register"), yes(t, each["confirmed_by_register_at"])),
            (t("Confirmed by a document"), yes(t, each["document_seen_at"])),
            (t("Your child here, because"), joined_how(t, each["joined_how"])),
            (t("Since"), moment(t, each["joined_at"])),
            (t("Other parent"), t("yes") if each["other_parents"] else t("no")),
        ],
        name=full(surname, each["name"] or "", each["patronymic"] or "") or each["iin"],
    )
