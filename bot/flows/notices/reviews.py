"""Notices about a review that its author wrote of a `kindergarten`, in words."""

from collections.abc import Mapping

from bot.flows.notices.parts import Facts, Notice
from bot.texts import Texts
from domain.notice import Told


def _shown(t: Texts, data: Facts) -> str:
    return t("Your review of {kindergarten} is shown now. Thank you!", kindergarten=data["kindergarten"])


def _refused(t: Texts, data: Facts) -> str:
    return t(
        "Your review of {kindergarten} is not shown: it insults, names people or is not about the "
        "kindergarten. You can write it anew.",
        kindergarten=data["kindergarten"],
    )


NOTICES: Mapping[Told, Notice] = {
    Told.REVIEW_SHOWN: Notice(_shown),
    Told.REVIEW_REFUSED: Notice(_refused),
}
