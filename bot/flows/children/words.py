"""A child in words, as its parent here may see it."""

from bot.conversation.limits import LONGEST_LABEL
from bot.flows.names import full, short
from bot.texts import Texts
from domain.iin import Sex
from storage.children import Child


def shown_name(child: Child) -> str:
    """The name, in short where it is not for this parent to be told in full."""
    if child.named_in_short:
        return short(child.name, child.surname)
    return full(child.surname, child.name, child.patronymic)


def label(t: Texts, child: Child, among: list[Child]) -> str:
    """The given name on a button, as far as there is room; with the birth date where two look alike."""
    name = child.name[:LONGEST_LABEL]
    alike = [each for each in among if each.name[:LONGEST_LABEL] == name]
    if name and len(alike) == 1:
        return name
    born = t.day(child.birth_date)
    if len([each for each in alike if each.birth_date == child.birth_date]) > 1:
        # Twins who have no names yet, or one: the end of the IIN is shown beside them as well.
        return f"{name[:3]} {born} {child.iin.digits[-4:]}".strip()
    return f"{name[:9]} {born}".strip()


def particulars(t: Texts, child: Child) -> list[str]:
    """Birth date, sex, IIN, and whether the register has said so."""
    return [
        t("Born: {date}", date=t.day(child.birth_date)),
        t("A girl") if child.sex is Sex.FEMALE else t("A boy"),
        t("IIN: {iin}", iin=child.iin.masked),
        _confirmed(t, child),
    ]


def _confirmed(t: Texts, child: Child) -> str:
    if child.by_staff:
        return t("Confirmed by a document")
    if child.verified_at is not None:
        return t("Confirmed by the state register")
    return t("To be compared with the state register yet")
