"""The pages of an export: index.html with everything, conversation.html with what was said."""

from collections.abc import Iterable

from bot.exports.alerts_page import alerts_section
from bot.exports.application_page import applications_section
from bot.exports.family_page import children_section, requests_section, stop_list_section
from bot.exports.files import DATA, TALK_PAGE
from bot.exports.gathering import Everything
from bot.exports.page import HERE, Link, Page, Section, Table, around, render, rows
from bot.exports.person_page import (
    accounts_section,
    helpers_section,
    others_section,
    person_section,
    phones_section,
)
from bot.exports.words import stamp
from bot.flows import notice_words
from bot.flows.channel_names import channel_name
from bot.flows.journal_words import deed, who
from bot.flows.messages.proof import lines_of
from bot.flows.names import full
from bot.texts import Texts
from storage.kept.said import Line


def index(t: Texts, everything: Everything) -> str:
    """The page with everything, as HTML."""
    about = everything.about
    sections = (
        person_section(t, everything),
        phones_section(t, about),
        accounts_section(t, about),
        children_section(t, about),
        applications_section(t, list(everything.applications)),
        stop_list_section(t, about),
        alerts_section(t, everything.alerts),
        requests_section(t, about),
        helpers_section(t, about),
        _messages(t, everything),
        _journal(t, everything),
        others_section(t, about),
        Section(
            t("For programs, and what was said"),
            note=t("Files beside this page: the same for programs, and our conversations."),
            links=(Link(DATA, DATA), Link(TALK_PAGE, TALK_PAGE)),
        ),
    )
    return render(t, Page(t("Everything kept about you"), _head(t, everything), sections))


def conversation(t: Texts, everything: Everything) -> tuple[str, str]:
    """The page with the log, as HTML: what stands before and after its rows."""
    section = Section(
        t("What was said"),
        tables=(Table((t("When"), t("What")), HERE),),
        note=t(
            "So it stands in our log: numbers, names and codes were masked before it was written down, and "
            "there is no other copy."
        ),
    )
    return around(t, Page(t("Our conversations"), _head(t, everything), (section,)))


def lines(t: Texts, said: Iterable[Line]) -> str:
    """The rows of it, as HTML."""
    return rows((stamp(t, each.at), _line(t, each)) for each in said)


def _head(t: Texts, everything: Everything) -> list[str]:
    who_it_is = everything.about["person"]
    name = full(who_it_is["surname"] or "", who_it_is["name"] or "", who_it_is["patronymic"] or "")
    lines = [name] if name else []
    lines.append(t("Kezek, {moment}, time of Kazakhstan", moment=t.moment(everything.made_at)))
    return lines


def _messages(t: Texts, everything: Everything) -> Section:
    told = [
        (
            stamp(t, each.at),
            "\n".join(
                (notice_words.in_words(t, each.kind, each.data), *lines_of(t, everything.proofs[each.id]))
            ),
        )
        for each in everything.notices
    ]
    tables = [Table((t("When"), t("What")), told)] if told else []
    return Section(t("Messages"), tables=tables, nothing=t("None."))


def _journal(t: Texts, everything: Everything) -> Section:
    done = [
        (stamp(t, each.at), f"{who(t, each, everything.parent_id)} · {deed(t, each)}")
        for each in everything.journal
    ]
    tables = [Table((t("When"), t("What")), done)] if done else []
    return Section(t("My journal"), tables=tables, nothing=t("None."))


def _line(t: Texts, each: Line) -> str:
    speaker = t("you") if each.direction == "in" else "Kezek"
    channel = t("by SMS") if each.channel == "sms" else channel_name(t, each.channel)
    return f"{speaker} · {channel}\n{each.text}"
