"""What can be a home address and an e-mail address (ours).

Strict where a slip of the finger would send letters to nobody; that a letter really arrives is shown
only by one that was sent.
"""

import re

from domain.errors import AddressMalformed, EmailFault, EmailMalformed

SHORTEST_ADDRESS, LONGEST_ADDRESS = 5, 200
_LONGEST_EMAIL, _LONGEST_LOCAL = 254, 64  # RFC 5321
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[a-z][a-z0-9-]*[a-z0-9]")


def email_address(text: str) -> str:
    """The e-mail address somebody typed, its domain in small letters. Raises EmailMalformed."""
    typed = text.strip().removeprefix("<").removesuffix(">")
    fault = _fault(typed)
    if fault is not None:
        raise EmailMalformed(fault)
    local, _, domain = typed.partition("@")
    return f"{local}@{domain.lower()}"


def _fault(typed: str) -> EmailFault | None:
    """The first thing that is wrong, in the order in which people can see it."""
    local, _, domain = typed.partition("@")
    if typed.count("@") != 1:
        return EmailFault.NO_AT
    if any(character.isspace() for character in typed):
        return EmailFault.SPACES
    if any(character.isalpha() and not character.isascii() for character in typed):
        return EmailFault.NOT_LATIN
    if len(typed) > _LONGEST_EMAIL or len(local) > _LONGEST_LOCAL:
        return EmailFault.TOO_LONG
    if "." not in domain.strip("."):
        return EmailFault.NO_DOMAIN
    whole = _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain.lower())
    return None if whole else EmailFault.OTHER


def home_address(text: str) -> str:
    """The address somebody typed, on one line. Raises AddressMalformed."""
    typed = " ".join(text.split())
    long_enough = SHORTEST_ADDRESS <= len(typed) <= LONGEST_ADDRESS
    if not long_enough or not any(character.isalpha() for character in typed):
        raise AddressMalformed(len(typed), SHORTEST_ADDRESS, LONGEST_ADDRESS)
    return typed
