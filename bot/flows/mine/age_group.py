"""Why this age group: the rule in plain words, with the child's own dates [001]."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.conversation.actions import Outdated
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import title
from bot.flows.as_of_now import policy_now
from bot.flows.mine.own import back_to, child_of, name_of, own_live
from bot.texts import Texts
from domain.age import AGE_LIMIT_YEARS, ages_out_on
from domain.local_time import local_date
from domain.school_year import AgeGroup, explained_age_group

_SEPTEMBER = 9
_DAY = timedelta(days=1)


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The group of the child, why, and what changes when."""
    found = own_live(turn, arguments)
    child = child_of(turn, found)
    if child is None:
        raise Outdated
    turn.private(turn.t.day(child.birth_date))
    limit = policy_now(turn.tx, found.territory_id).age_limit_years
    told = explanation(turn.t, child.birth_date, local_date(turn.now), limit)
    text = "\n".join(filter(None, (name_of(turn, found), told)))
    return Screen(text, title=title(turn, found), rows=back_to(turn, found))


def explanation(t: Texts, born: date, today: date, limit_years: int = AGE_LIMIT_YEARS) -> str:
    """The whole of it for a child born that day, as it is today."""
    return "\n\n".join(_paragraphs(t, born, today, limit_years))


def _paragraphs(t: Texts, born: date, today: date, limit_years: int) -> Iterator[str]:
    group = explained_age_group(born.year, today)
    yield _group(t, group, limit_years)
    yield _why(t, group, born, today)
    yield t(
        "The rule: from 1 September to 25 May the school year that is running counts, from 26 May to "
        "31 August the one that begins in September."
    )
    if born.month >= _SEPTEMBER:
        yield t(
            "Who was born from 1 September to 31 December is counted together with those born before "
            "1 September of the same year."
        )
    leaves = ages_out_on(born.year, limit_years)
    yield from _next(t, group, limit_years)
    yield t(
        "The child can be in the queue until {last}; on {date} it leaves the queue by age.",
        last=t.day(leaves - _DAY),
        date=t.day(leaves),
    )


def _group(t: Texts, group: AgeGroup, limit_years: int) -> str:
    if group.from_age <= 0:
        return t("There is no group for this age yet.")
    if group.from_age >= limit_years:
        return t("For this age there is no kindergarten group any more: school comes next.")
    return t("Age group: {from_age}–{to_age} years", from_age=group.from_age, to_age=group.to_age)


def _why(t: Texts, group: AgeGroup, born: date, today: date) -> str:
    said = {
        "born": t.day(born),
        "today": t.day(today),
        "september": t.day(date(group.reference_year, _SEPTEMBER, 1)),
        "reference": group.reference_year,
        "year": group.birth_year,
        "age": group.from_age,
    }
    if group.school_year_runs:
        return t(
            "Born on {born}. Today, {today}, the school year runs that began on {september}: "
            "{reference} − {year} = {age}.",
            **said,
        )
    return t(
        "Born on {born}. Today, {today}, the coming school year counts, which begins on {september}: "
        "{reference} − {year} = {age}.",
        **said,
    )


def _next(t: Texts, group: AgeGroup, limit_years: int) -> Iterator[str]:
    """From the next 26 May on another school year counts; its groups begin on 1 September."""
    changes = date(group.reference_year + 1, 5, 26)
    after = explained_age_group(group.birth_year, changes)
    if 0 < after.from_age < limit_years:
        yield t(
            "From {date} on the next school year counts: the group {from_age}–{to_age}, which begins on "
            "{september}.",
            date=t.day(changes),
            from_age=after.from_age,
            to_age=after.to_age,
            september=t.day(date(after.reference_year, _SEPTEMBER, 1)),
        )
