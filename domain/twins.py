"""Twins take two seats or none, with one confirmation, and their hold lapses for both (ours)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.errors import NoTwins, TakingRefused
from domain.taking import Applicant, Bulletin, reasons_against


@dataclass(frozen=True, slots=True)
class Child:
    """What makes two children twins here."""

    child_id: int
    parent_ids: frozenset[int]
    birth_date: date


@dataclass(frozen=True, slots=True)
class Attempt:
    """One application before a seat of one bulletin."""

    applicant: Applicant
    bulletin: Bulletin


def are_twins(one: Child, other: Child) -> bool:
    """Whether two children have a parent and the birth date in common."""
    return (
        one.child_id != other.child_id
        and one.birth_date == other.birth_date
        and not one.parent_ids.isdisjoint(other.parent_ids)
    )


def check_twins(one: Child, other: Child) -> None:
    """Raises NoTwins when the two cannot take seats together."""
    if not are_twins(one, other):
        raise NoTwins


def reasons_against_both(
    one: Attempt, other: Attempt, now: datetime
) -> tuple[tuple[TakingRefused, ...], tuple[TakingRefused, ...]]:
    """What stands in the way of each; both may take only when neither has a reason.

    Each must be allowed by itself, and of one bulletin there must be a seat for the other too.
    """
    one_bulletin, other_bulletin = one.bulletin, other.bulletin
    if one_bulletin.offer.bulletin_id == other_bulletin.offer.bulletin_id:
        left = max(one_bulletin.free - 1, 0)
        one_bulletin = replace(one_bulletin, free=left)
        other_bulletin = replace(other_bulletin, free=left)
    return (
        reasons_against(one.applicant, one_bulletin, now),
        reasons_against(other.applicant, other_bulletin, now),
    )
