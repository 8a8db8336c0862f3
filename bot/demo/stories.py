"""What the families of the demo have been through."""

from datetime import timedelta

from bot.demo.draft import Draft
from bot.demo.entries import Entry, What
from bot.demo.families import Family
from domain.application import QueueClass

CLASS_OF = {"large_family": QueueClass.FIRST_PRIORITY, "serviceman": QueueClass.OUT_OF_QUEUE}
LONGEST_WAIT = timedelta(days=400)


def tell(draft: Draft, families: tuple[Family, ...]) -> dict[str, tuple[Entry, ...]]:
    """Put the families' applications into the draft; they are returned by story."""
    return {family.story.key: _tell(draft, family) for family in families}


def _tell(draft: Draft, family: Family) -> tuple[Entry, ...]:
    story = family.story
    first = draft.loaded_at - LONGEST_WAIT
    day = first + (draft.loaded_at - timedelta(days=1) - first) * story.position
    submitted_at = draft.maker.daytime(day.date())
    entries = tuple(
        draft.submit(
            Entry(
                number=draft.maker.number(),
                child=child,
                parents=tuple(parent.iin for parent in family.parents),
                submitted_at=submitted_at + timedelta(seconds=40 * n),
                unverified=family.unverified,
                languages=("kk", "ru") if story.key == "two_parents" else ("kk",),
            )
        )
        for n, child in enumerate(family.children)
    )
    if story.privilege is not None:
        draft.then(
            draft.share_of_window(0.55),
            entries[0],
            What.PRIVILEGED,
            privilege=story.privilege,
            queue_class=CLASS_OF[story.privilege],
        )
    if story.key == "paused":
        draft.then(draft.share_of_window(0.35), entries[0], What.PAUSED)
    if story.key == "suspended":
        _let_expire(draft, entries[0])
    return entries


def _let_expire(draft: Draft, entry: Entry) -> None:
    """A referral that nobody used: so long ago that it has expired, so lately that the suspension runs."""
    calendar = draft.days.policy.calendar()
    issued = calendar.nth_working_day_before(draft.days.today, 9)
    expired = calendar.nth_working_day_after(issued, draft.days.policy.referral_working_days)
    draft.then(draft.maker.daytime(issued), entry, What.REFERRED)
    draft.then(draft.days.start_of_day_after(expired), entry, What.EXPIRED)
