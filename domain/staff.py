"""Who the staff are: what somebody does, whatever the house or the territory."""

from enum import Enum


class StaffRole(str, Enum):
    """As `kezek staff add --role` names them."""

    OPERATOR = "operator"
    KINDERGARTEN = "kindergarten"
    DEPARTMENT = "department"
    ADMIN = "admin"
