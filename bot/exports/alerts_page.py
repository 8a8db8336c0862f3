"""The section about the free seats of which the parent wants to be told."""

from collections.abc import Sequence

from bot.exports.page import Card, Section
from bot.exports.words import moment
from bot.flows.apply.instruction import names
from bot.texts import Texts
from domain.application import QueueKind
from storage.kept.alerts import KeptAlert


def alerts_section(t: Texts, alerts: Sequence[KeptAlert]) -> Section:
    """All of them; what an alert leaves open is left out."""
    return Section(t("My alerts"), [_alert(t, each) for each in alerts], nothing=t("None."))


def _alert(t: Texts, each: KeptAlert) -> Card:
    data = each.data
    correctional = data["queue_kind"] == QueueKind.CORRECTIONAL.value
    return Card(
        [
            (t("Territory"), each.territory_names.get(t.language) or data["territory"]),
            (t("Queue"), t("Correctional queue") if correctional else None),
            (t("Birth year"), str(data["birth_year"]) if data["birth_year"] is not None else None),
            (t("Language of the group"), names(t, data["languages"]) if data["languages"] else None),
            (t("Kindergartens"), ", ".join(data["kindergartens"] or ()) or None),
            (t("Since"), moment(t, data["created_at"])),
        ]
    )
