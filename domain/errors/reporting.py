"""Seats that can't be reported, corrected or recalled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.errors.base import Refused


class ReportRefused(Refused):
    """Not possible with the seats of this group."""


@dataclass(unsafe_hash=True)
class SeatsOutOfRange(ReportRefused):
    """From one seat to `most`; with 0 the group has no room left beside what it offers already."""

    most: int


@dataclass(unsafe_hash=True)
class GroupClosed(ReportRefused):
    """The group or its kindergarten takes no children any more."""


@dataclass(unsafe_hash=True)
class AlreadyPublished(ReportRefused):
    """Parents have seen the bulletin since that instant: it can only be recalled."""

    publish_at: datetime


@dataclass(unsafe_hash=True)
class AlreadyRecalled(ReportRefused):
    """The bulletin was recalled before."""
