"""Privileges by their names: in a sentence, and short on a button."""

from bot.texts import Texts


def name(t: Texts, code: str) -> str:
    """The privilege as it stands in a sentence; one of a territory's own, by its code."""
    match code:
        case "serviceman":
            return t("child of a serviceman")
        case "special_state_body":
            return t("child of staff of a special state body")
        case "state_courier":
            return t("child of a state courier")
        case "large_family":
            return t("large family")
        case "disabled_parents":
            return t("child of disabled parents")
        case "without_parental_care":
            return t("child without parental care")
        case "orphan":
            return t("orphan")
        case "special_needs":
            return t("child with special needs")
        case _:
            return code


def label(t: Texts, code: str) -> str:
    """The same on a button."""
    match code:
        case "serviceman":
            return t("Serviceman")
        case "special_state_body":
            return t("Special state body")
        case "state_courier":
            return t("State courier")
        case "large_family":
            return t("Large family")
        case "disabled_parents":
            return t("Disabled parents")
        case "without_parental_care":
            return t("No parental care")
        case "orphan":
            return t("Orphan")
        case "special_needs":
            return t("Special needs")
        case _:
            return code[:20]
