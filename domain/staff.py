"""Who the staff are: what somebody does, whatever the house or the territory."""

from datetime import timedelta
from enum import Enum

ONE_TIME_PASSWORD_LASTS = timedelta(days=3)
"""From a Friday's afternoon to Monday: then a password that was made for somebody is good no more (ours)."""


class StaffRole(str, Enum):
    """As `kezek staff add --role` names them."""

    OPERATOR = "operator"
    KINDERGARTEN = "kindergarten"
    DEPARTMENT = "department"
    ADMIN = "admin"
