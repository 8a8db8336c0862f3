"""Codes of an authenticator app (RFC 6238: six digits, thirty seconds), and those for when it is lost."""

import hmac
import re
from datetime import datetime, timedelta
from hashlib import sha256

import pyotp
from pyotp.utils import strings_equal

from bot import passwords

STEP = timedelta(seconds=30)
BESIDE = 1
"""Steps before and after the present one whose codes are taken: clocks differ."""
RECOVERY_CODES = 10
_ISSUER = "Kezek"
_DIGITS = re.compile(r"[0-9]{6}")
_LONGEST = 40


def new_secret() -> str:
    """Something that an app and we share: 160 bits, in Base32."""
    return pyotp.random_base32()


def address_of(secret: str, login: str) -> str:
    """The `otpauth:` address that apps read out of a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=_ISSUER)


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The time step whose code was typed, the present one or one beside it; None for none of them."""
    code = "".join(typed.split()) if len(typed) <= _LONGEST else ""
    if not _DIGITS.fullmatch(code):
        return None
    totp, present = pyotp.TOTP(secret), int(now.timestamp() // STEP.total_seconds())
    found = None
    for step in range(present - BESIDE, present + BESIDE + 1):
        if strings_equal(code, totp.generate_otp(step)):
            found = step
    return found


def new_recovery_codes() -> tuple[str, ...]:
    """Ten, each good once in the place of an app's code."""
    return tuple(passwords.made_up() for _ in range(RECOVERY_CODES))


def recovery_hash(code: str) -> str:
    """What is kept of one. It is random and long: no salt is needed."""
    return sha256(_tidied(code).encode()).hexdigest()


def matching(hashes: tuple[str, ...], typed: str) -> str | None:
    """The hash of the code that was typed; None for none."""
    asked = recovery_hash(typed[:_LONGEST])
    found = None
    for each in hashes:
        if hmac.compare_digest(each, asked):
            found = each
    return found


def _tidied(code: str) -> str:
    return "".join(each for each in code.lower() if each.isalnum())
