"""How people are named on screens: in full to their own, in short to anybody else (ours)."""


def full(surname: str, name: str, patronymic: str = "") -> str:
    """Surname, given name, patronymic, as documents order them; what is unknown is left out."""
    return " ".join(part for part in (surname.strip(), name.strip(), patronymic.strip()) if part)


def short(name: str, surname: str) -> str:
    """The given name and the surname's first letter, "Інжу А.": enough for whoever knows the person.

    A full name is never shown to somebody whom neither the register nor the person has named.
    """
    name, initial = name.strip(), surname.strip()[:1].upper()
    return " ".join(part for part in (name, f"{initial}." if initial else "") if part)
