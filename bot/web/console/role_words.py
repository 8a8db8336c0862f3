"""What roles are called."""

from bot.texts import Texts
from domain.staff import StaffRole


def role_names(t: Texts) -> dict[str, str]:
    """By their names in the database."""
    return {
        StaffRole.OPERATOR.value: t("Operator"),
        StaffRole.KINDERGARTEN.value: t("Kindergarten"),
        StaffRole.DEPARTMENT.value: t("Education department"),
        StaffRole.ADMIN.value: t("Administrator"),
    }
