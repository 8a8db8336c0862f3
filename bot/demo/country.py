"""The demo's country: city.toml, moved to the demo's date."""

from datetime import datetime
from functools import cache
from importlib.resources import files

from bot.loading.entries import FileEntries
from bot.loading.read import read
from domain.local_time import local_date
from domain.policy import DatedPolicy, Policy, PolicyHistory
from domain.policy_terms import ReferralMode

CITY = "turkistan"
"""The code of the territory that has queues."""

ITS_RULES = "turkistan-region"
"""The code of the territory whose policy it follows."""


@cache
def country() -> FileEntries:
    """The file as it is: birth years of 2019."""
    entries, _ = read((files("bot.demo") / "city.toml").read_bytes())
    return entries


def moved(entries: FileEntries, years: int) -> FileEntries:
    """The same with all birth years moved by so many years."""
    kindergartens = [
        kindergarten.model_copy(
            update={
                "group": [
                    group.model_copy(update={"birth_years": [year + years for year in group.birth_years]})
                    for group in kindergarten.group
                ]
            }
        )
        for kindergarten in entries.kindergarten
    ]
    return entries.model_copy(update={"kindergarten": kindergartens})


def ruled(entries: FileEntries, referrals: ReferralMode) -> FileEntries:
    """The same with referrals coming about in this way in the city."""
    policies = [
        entry.model_copy(update={"referral_mode": referrals.value}) if entry.territory == ITS_RULES else entry
        for entry in entries.policy
    ]
    return entries.model_copy(update={"policy": policies})


def city_policy(at: datetime) -> Policy:
    """The rules of the city at an instant; before the first of them, the first."""
    own = [entry for entry in country().policy if entry.territory == ITS_RULES]
    history = PolicyHistory(tuple(DatedPolicy(entry.since, entry.policy()) for entry in own))
    return history.in_force(at) if local_date(at) >= history.entries[0].since else history.entries[0].policy
