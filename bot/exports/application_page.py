"""The section about the applications: each with its documents, its seats, and its place over time."""

from bot.exports.files import paths_of
from bot.exports.gathering import OneApplication
from bot.exports.page import Card, Link, Section, Table
from bot.exports.words import claim_state, document_state, moment, stamp
from bot.flows.application_words import class_name, queue_name, status
from bot.flows.apply.instruction import names
from bot.flows.mine.move_words import reasons_in_words
from bot.flows.privilege_words import name as privilege_name
from bot.texts import Texts
from domain.place_days import by_day
from storage.queue_places import PlaceNow

MOST_DAYS = 100
"""Days of a place that are shown; data.json has all."""


def applications_section(t: Texts, applications: list[OneApplication]) -> Section:
    """All of them, the oldest first."""
    cards = [_application(t, each) for each in applications]
    return Section(t("Applications"), cards, nothing=t("None."))


def _application(t: Texts, each: OneApplication) -> Card:
    found, data = each.found, each.kept.data
    return Card(
        [
            (t("Queue"), queue_name(t, found)),
            (t("Child's IIN"), data["child"]),
            (t("Sent by"), t("you") if data["sent_by"] == "you" else t("the other parent")),
            (t("In the queue since"), moment(t, found.submitted_at)),
            (t("Status"), status(t, found)),
            (t("Place in the queue"), _place_now(t, each.place)),
            (t("Class"), class_name(t, found.queue_class)),
            (t("Language of the group"), names(t, data["languages"])),
            (t("Address"), data["address"]),
            (t("Paused"), moment(t, data["paused_at"])),
            (t("Ended"), moment(t, data["ended_at"])),
        ],
        name=t("Application № {number}", number=found.number),
        links=_documents(t, each),
        tables=[*_privileges(t, each), *_seats(t, each), *_places(t, each)],
    )


def _documents(t: Texts, each: OneApplication) -> list[Link]:
    return [
        Link(
            " · ".join(
                (
                    t("supports an extension")
                    if sent.of_extension
                    else privilege_name(t, sent.document.kind),
                    document_state(t, sent.document.state),
                    t.day(sent.document.created_at),
                )
            ),
            path,
        )
        for sent, path in paths_of(each)
        if path is not None
    ]


def _privileges(t: Texts, each: OneApplication) -> list[Table]:
    rows = [
        (t.day(one["created_at"]), f"{privilege_name(t, one['kind'])}: {_state(t, one['state'])}")
        for one in each.kept.data["privileges"]
    ]
    return [Table((t("When"), t("Privilege")), rows, t("Privileges"))] if rows else []


def _state(t: Texts, state: str) -> str:
    match state:
        case "confirmed":
            return t("confirmed")
        case "refused":
            return t("refused")
        case "lost":
            return t("lost")
        case "dropped":
            return t("given up")
        case _:
            return t("under review")


def _seats(t: Texts, each: OneApplication) -> list[Table]:
    rows = []
    for claim in each.claims:
        one = claim.data
        lines = [f"{one['kindergarten']}, {one['group']}", claim_state(t, one["state"])]
        issued = one["referral"]
        if issued is not None:
            until = t.day(issued["valid_through"])
            lines.append(t("referral № {number}, good through {date}", number=issued["number"], date=until))
        rows.append((stamp(t, one["taken_at"]), "\n".join(lines)))
    return [Table((t("When"), t("Seat")), rows, t("Seats"))] if rows else []


def _places(t: Texts, each: OneApplication) -> list[Table]:
    days = by_day(each.kept.steps)[::-1]
    rows = [
        (
            t.day(one.day),
            "\n".join((f"{_place(one.before)} → {_place(one.after)}", *reasons_in_words(t, one.reasons))),
        )
        for one in days[:MOST_DAYS]
    ]
    return [Table((t("Day"), t("Place")), rows, t("The place over time"))] if rows else []


def _place_now(t: Texts, now: PlaceNow | None) -> str | None:
    if now is None or now.place is None:
        return None
    return t("{place} of {size}", place=now.place, size=now.size)


def _place(number: int | None) -> str:
    return "–" if number is None else str(number)
