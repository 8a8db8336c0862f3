"""A passport in words: what is known, and nothing about what is not."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.flows.apply.instruction import language_name, names
from bot.flows.kindergartens.labels import cut, rating_line
from bot.texts import Texts
from domain.application import QueueKind
from domain.school_year import age_group
from storage.kindergartens import Group, Passport
from storage.shown_reviews import Rating

_MOST_GROUPS = 15
"""As many as fit into one message with their buttons, whatever they are called."""

_LONGEST_GROUP, _LONGEST_FACT, _LONGEST_DESCRIPTION = 60, 200, 500


def in_words(
    t: Texts, passport: Passport, free: Mapping[int, int], rating: Rating | None, today: date
) -> str:
    """All of it; `free`: the free seats by group."""
    parts = [
        "\n".join(_facts(t, passport)),
        "\n".join((*_seats(t, passport, free), *_groups(t, passport, free, today))),
        rating_line(t, rating) if rating is not None else "",
        cut(passport.description.get(t.language, ""), _LONGEST_DESCRIPTION),
    ]
    return "\n\n".join(filter(None, parts))


def _facts(t: Texts, passport: Passport) -> Iterator[str]:
    private = passport.ownership == "private"
    yield t("Private kindergarten") if private else t("State kindergarten")
    if passport.address:
        yield t("Address: {address}", address=cut(passport.address, _LONGEST_FACT))
    if passport.phone:
        yield t("Phone: {phone}", phone=cut(passport.phone, _LONGEST_FACT))
    if passport.hours:
        yield t("Hours: {hours}", hours=cut(passport.hours, _LONGEST_FACT))
    if passport.website:
        yield cut(passport.website, _LONGEST_FACT)
    if passport.languages:
        yield t("Languages: {languages}", languages=names(t, passport.languages))


def _seats(t: Texts, passport: Passport, free: Mapping[int, int]) -> Iterator[str]:
    if not passport.groups:
        yield t("No group of this kindergarten is known here yet.")
        return
    yield t(
        "Groups: {groups}, places: {places}, free now: {free}",
        groups=len(passport.groups),
        places=passport.capacity,
        free=sum(free.values()),
    )


def _groups(t: Texts, passport: Passport, free: Mapping[int, int], today: date) -> Iterator[str]:
    shown = passport.groups[:_MOST_GROUPS]
    for group in shown:
        yield f"• {_group(t, group, free.get(group.id, 0), today)}"
    more = len(passport.groups) - len(shown)
    if more:
        yield t.many("and {number} more group", "and {number} more groups", more)


def _group(t: Texts, group: Group, free: int, today: date) -> str:
    """ "Солнце: born 2023 (2–3 years), Russian, 25 places, free now: 3"."""
    facts = [_born(t, group, today), language_name(t, group.language)]
    if group.queue_kind is QueueKind.CORRECTIONAL:
        facts.append(t("correctional"))
    facts.append(t("places: {number}", number=group.capacity))
    if free:
        facts.append(t("free now: {number}", number=free))
    return f"{cut(group.name, _LONGEST_GROUP)}: {', '.join(facts)}"


def _born(t: Texts, group: Group, today: date) -> str:
    """The birth years, and how old such children are in this school year [001]."""
    years = t("born {years}", years=", ".join(map(str, sorted(group.birth_years))))
    ages = [age_group(year, today) for year in group.birth_years]
    if min(ages) <= 0:
        return years
    told = t("{from_age}–{to_age} years", from_age=min(ages), to_age=max(ages) + 1)
    return f"{years} ({told})"
