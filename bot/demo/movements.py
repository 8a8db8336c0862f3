"""What happened in the main queue lately, to people nobody knows: so that places have moved."""

from bot.demo.draft import Draft
from bot.demo.entries import What
from domain.application import QueueClass

Shares = tuple[float, ...]

JOINED_FIRST_PRIORITY: Shares = (0.08, 0.2, 0.33, 0.47, 0.61, 0.9)
JOINED_GENERAL: Shares = (0.05, 0.15, 0.26, 0.44, 0.58, 0.7, 0.83, 0.97)
BECAME_OUT_OF_QUEUE: Shares = (0.3, 0.66)
BECAME_FIRST_PRIORITY: Shares = (0.4, 0.76)
WITHDREW_GENERAL: Shares = (0.23, 0.52, 0.8)
WITHDREW_FIRST_PRIORITY: Shares = (0.87,)
"""When, as shares of the time between the loading of the queues and the start of the demo."""


def stir(draft: Draft) -> None:
    """Let people come, go, and have privileges confirmed."""
    year = draft.days.main_year
    for share in JOINED_FIRST_PRIORITY:
        at = draft.share_of_window(share)
        draft.submit(draft.somebody(year, QueueClass.FIRST_PRIORITY, submitted_at=at))
    for share in JOINED_GENERAL:
        draft.submit(draft.somebody(year, submitted_at=draft.share_of_window(share)))
    for shares, privilege, queue_class in (
        (BECAME_OUT_OF_QUEUE, "serviceman", QueueClass.OUT_OF_QUEUE),
        (BECAME_FIRST_PRIORITY, "large_family", QueueClass.FIRST_PRIORITY),
    ):
        for share in shares:
            entry = draft.submit(draft.somebody(year))
            at = draft.share_of_window(share)
            draft.then(at, entry, What.PRIVILEGED, privilege=privilege, queue_class=queue_class)
    for shares, queue_class in (
        (WITHDREW_GENERAL, QueueClass.GENERAL),
        (WITHDREW_FIRST_PRIORITY, QueueClass.FIRST_PRIORITY),
    ):
        for share in shares:
            entry = draft.submit(draft.somebody(year, queue_class))
            draft.then(draft.share_of_window(share), entry, What.WITHDRAWN)
