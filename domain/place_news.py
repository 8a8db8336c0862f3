"""How often a parent wants to hear that the place moved (section 9; the choice is ours)."""

from enum import Enum


class PlaceNews(str, Enum):
    """What a parent chooses."""

    WEEKLY = "weekly"
    """Once a week why it moved, and at the marks."""
    MARKS = "marks"
    """At the marks alone."""
    OFF = "off"


TOLD_OF_MARKS = frozenset({PlaceNews.WEEKLY, PlaceNews.MARKS})
