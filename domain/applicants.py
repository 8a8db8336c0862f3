"""Which IIN can be a parent's and which a child's, and what a typed name says (ours).

The two are often typed the wrong way round: that is said in so many words, before anything is looked up.
"""

from datetime import date

from domain.age import birthday_of
from domain.errors import LooksLikeAdult, LooksLikeChild, NameMalformed, SamePerson
from domain.iin import Iin, Sex

YOUNGEST_PARENT_YEARS = 16
"""From this age on a person may be the parent who applies; nobody older is asked to be a child."""

_LONGEST_NAME = 60
_MALE_PATRONYMICS = ("ұлы", "улы", "ович", "евич", "ич")
_FEMALE_PATRONYMICS = ("қызы", "кызы", "овна", "евна", "ична")
_MALE_SURNAMES = ("ов", "ев", "ёв", "ский")
_FEMALE_SURNAMES = ("ова", "ева", "ёва", "ская")


def require_parent(iin: Iin, today: date) -> None:
    """Let an IIN stand for the parent who applies. Raises LooksLikeChild."""
    if today < birthday_of(iin.birth_date, YOUNGEST_PARENT_YEARS):
        raise LooksLikeChild(YOUNGEST_PARENT_YEARS)


def require_child(iin: Iin, parent: Iin | None, today: date) -> None:
    """Let an IIN stand for the child. Raises SamePerson, LooksLikeAdult; the age limit is another rule."""
    if iin == parent:
        raise SamePerson
    if today >= birthday_of(iin.birth_date, YOUNGEST_PARENT_YEARS):
        raise LooksLikeAdult


def split_name(text: str) -> tuple[str, str, str]:
    """Surname, given name and patronymic (or "") of a name as documents write it. Raises NameMalformed."""
    parts = text.split()
    plain = all(part.replace("-", "").replace("’", "").replace("'", "").isalpha() for part in parts)
    if not 2 <= len(parts) <= 4 or not plain or any(len(part) > _LONGEST_NAME for part in parts):
        raise NameMalformed
    surname, given_name, *rest = (_capital(part) for part in parts)
    return surname, given_name, " ".join(rest)


def sex_in_name(surname: str, patronymic: str) -> Sex | None:
    """The sex that the endings of a name tell; None where they tell none."""
    ending = patronymic.casefold()
    if ending.endswith(_FEMALE_PATRONYMICS):
        return Sex.FEMALE
    if ending.endswith(_MALE_PATRONYMICS):
        return Sex.MALE
    family = surname.casefold()
    if family.endswith(_FEMALE_SURNAMES):
        return Sex.FEMALE
    return Sex.MALE if family.endswith(_MALE_SURNAMES) else None


def _capital(part: str) -> str:
    """As documents write it, whatever the telephone made of it."""
    return "-".join(each[:1].upper() + each[1:].lower() for each in part.split("-"))
