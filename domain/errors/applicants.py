"""Who can't apply for whom."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors.base import Refused


class ApplicantRefused(Refused):
    """This person cannot stand here in an application."""


@dataclass(unsafe_hash=True)
class LooksLikeChild(ApplicantRefused):
    """Too young to be the parent who applies: probably the child's IIN."""

    youngest: int


@dataclass(unsafe_hash=True)
class LooksLikeAdult(ApplicantRefused):
    """Too old to be a child of a kindergarten: probably a parent's IIN."""


@dataclass(unsafe_hash=True)
class SamePerson(ApplicantRefused):
    """The parent and the child have one IIN."""


@dataclass(unsafe_hash=True)
class NameMalformed(ApplicantRefused):
    """Not a surname and a given name (and a patronymic), of letters."""
