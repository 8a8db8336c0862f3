"""The sections about the parent: who it is, phones, accounts, helpers."""

from typing import Any

from bot.exports.files import photo_path
from bot.exports.gathering import Everything
from bot.exports.page import Card, Link, Section, Table
from bot.exports.words import moment, stamp, yes
from bot.flows.apply.told import way_name
from bot.flows.channel_names import channel_name
from bot.flows.place_news import often
from bot.texts import LANGUAGES, Texts
from domain.iin import Sex
from domain.place_news import PlaceNews

Data = dict[str, Any]


def person_section(t: Texts, everything: Everything) -> Section:
    """Who the parent is."""
    who = everything.about["person"]
    card = Card(
        [
            (t("Surname"), who["surname"]),
            (t("Given name"), who["name"]),
            (t("Patronymic"), who["patronymic"]),
            (t("IIN"), who["iin"]),
            (t("Identity document"), who["document"]),
            (t("Date of birth"), day(t, who["birth_date"])),
            (t("Sex"), sex(t, who["sex"])),
            (t("Address"), who["address"]),
            (t("E-mail"), who["email"]),
            (t("Notices"), way_name(t, who["told_by"])),
            (t("News of the place"), often(t)[PlaceNews(who["place_news"])]),
            (t("Language of notices"), LANGUAGES.get(who["language"], who["language"])),
            (t("Confirmed by the state register"), yes(t, who["confirmed_by_register_at"])),
            (t("Confirmed by a document"), yes(t, who["document_seen_at"])),
            (t("Cabinet's password"), yes(t, who["password_set_at"])),
            (t("Known since"), moment(t, who["known_since"])),
        ],
        links=_photo(t, everything),
    )
    return Section(t("You"), [card])


def phones_section(t: Texts, about: Data) -> Section:
    """Every number, the earlier ones too."""
    cards = [
        Card(
            [
                (t("Which"), t("contact phone") if each["position"] == 1 else t("second phone")),
                (t("Confirmed"), moment(t, each["confirmed_at"])),
                (t("Vouched for by"), channel_name(t, each["vouched_by"]) if each["vouched_by"] else None),
                (t("Replaced"), moment(t, each["replaced_at"])),
                (t("The change was undone"), moment(t, each["undone_at"])),
            ],
            name=each["number"],
        )
        for each in about["phones"]
    ]
    return Section(t("Phones"), cards, nothing=t("None."))


def accounts_section(t: Texts, about: Data) -> Section:
    """The messengers that are signed in, and what was agreed to there."""
    cards = [
        Card(
            [
                (t("Number or name there"), each["address"]),
                (t("Language"), LANGUAGES.get(each["language"] or "", None)),
                (t("The messenger vouches for"), each["vouched_phone"]),
                (t("Agreed to the data policy"), _consent(t, each)),
                (t("Known since"), moment(t, each["known_since"])),
            ],
            name=f"{number}. {channel_name(t, each['channel'])}",
        )
        for number, each in enumerate(about["accounts"], start=1)
    ]
    return Section(t("Accounts"), cards, nothing=t("None."))


def helpers_section(t: Texts, about: Data) -> Section:
    """Whom the parent named."""
    cards = [
        Card(
            [
                (t("Phone"), each["phone"]),
                (t("Named"), moment(t, each["named_at"])),
                (t("Said yes"), moment(t, each["confirmed_at"])),
                (t("Ended"), moment(t, each["ended_at"])),
            ],
            name=each["name"],
        )
        for each in about["helpers"]
    ]
    return Section(t("Helper"), cards, nothing=t("None."))


def others_section(t: Texts, about: Data) -> Section:
    """What is kept beside: questions to operators, what the department looked at, earlier copies."""
    rows = [(stamp(t, each["at"]), t("A question to an operator")) for each in about["questions"]]
    rows += [
        (stamp(t, each["made_at"]), t("A matter for the department")) for each in about["department_tasks"]
    ]
    rows += [(stamp(t, each["made_at"]), t("A copy of your data")) for each in about["exports"]]
    rows += [
        (stamp(t, each["created_at"]), f"{each['kindergarten']}\n{'★' * each['stars']}\n{each['text'] or ''}")
        for each in about["reviews"]
    ]
    tables = [Table((t("When"), t("What")), rows)] if rows else []
    return Section(t("Also kept"), tables=tables, nothing=t("None."))


def day(t: Texts, born: Any) -> str | None:
    """A day as people read it, from its ISO form or as it is."""
    if born is None:
        return None
    return ".".join(reversed(born.split("-"))) if isinstance(born, str) else t.day(born)


def sex(t: Texts, code: str | None) -> str | None:
    """In a word."""
    if code is None:
        return None
    return t("female") if code == Sex.FEMALE.value else t("male")


def _photo(t: Texts, everything: Everything) -> list[Link]:
    return [Link(t("Photo"), photo_path(everything.photo))] if everything.photo is not None else []


def _consent(t: Texts, account: Data) -> str | None:
    if account["consent_version"] is None:
        return None
    return f"{account['consent_version']} · {moment(t, account['consent_at']) or ''}"
