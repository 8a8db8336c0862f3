"""Why a child leaves, as the desk's form offers it."""

from bot.texts import Texts
from domain.enrolment import Leaving


def leavings(t: Texts) -> dict[str, str]:
    """What is sent, and what is read."""
    return {
        Leaving.MOVED_AWAY.value: t("The family has moved away"),
        Leaving.OTHER_KINDERGARTEN.value: t("Goes to another kindergarten"),
        Leaving.SCHOOL.value: t("Goes to school"),
        Leaving.OTHER.value: t("Another reason"),
    }
