"""What the demo's front page tells of seats: which can be taken now, and which come with the time."""

from bot.demo.bulletins import PlannedBulletin
from bot.demo.city import DemoCity
from bot.texts import Texts
from bot.web.demo_guide import GuideRow, GuideSection


def to_take(t: Texts, city: DemoCity) -> GuideSection:
    """Groups with free seats, each for a reason of its own."""
    first, *others = city.plan.bulletins
    coming = next(each for each in others if each.seat_list.publish_at > city.plan.days.at)
    rows = (
        GuideRow(first.kindergarten, t("Open to everyone: a seat can be taken at once")),
        GuideRow(coming.kindergarten, _coming(t, coming)),
        GuideRow(others[-1].kindergarten, t("In another city, where a confirmed seat is a referral at once")),
    )
    note = t(
        "Kindergartens, to be found under Free places. Put the clock forward: what falls due on the way "
        "happens, and families are told."
    )
    return GuideSection(t("Take a seat"), rows, note)


def _coming(t: Texts, bulletin: PlannedBulletin) -> str:
    planned = bulletin.seat_list
    return t(
        "Comes out: {published}. Opens to the first of the queue: {opened}; to everyone: {ended}",
        published=t.moment(planned.publish_at),
        opened=t.moment(planned.opens_at),
        ended=t.moment(planned.priority_ends_at),
    )
