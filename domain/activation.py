"""In `activated` territories the kindergarten's staff answer what a parent sent [004]."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from domain.errors import ActivationRefused
from domain.local_time import local_date, start_of
from domain.policy import Policy


class Decider(str, Enum):
    """Who activates or declines."""

    KINDERGARTEN = "kindergarten"
    DEPARTMENT = "department"


def activate_by(sent_at: datetime, policy: Policy) -> datetime:
    """Since when the department may answer in the staff's stead (ours).

    00:00 after the second working day after the day of sending, which itself never counts.
    The parent loses nothing by it.
    """
    days = policy.activation_working_days
    last_day = policy.calendar().nth_working_day_after(local_date(sent_at), days)
    return start_of(last_day + timedelta(days=1))


def check_decider(decider: Decider, due_at: datetime, now: datetime) -> None:
    """The kindergarten may answer at any time; raises ActivationRefused for a department early."""
    if decider is Decider.DEPARTMENT and now < due_at:
        raise ActivationRefused(since=due_at)
