"""Numbers that are counted no further than anybody wants to know."""


def capped(number: int, most: int) -> str:
    """The number itself below `most`, else "99+"."""
    return str(number) if number < most else f"{most - 1}+"
