"""The last day of a referral for the calendar of a telephone: a link to an .ics file."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.turn import Turn
from bot.flows.seats.own_claims import own_referral

NAME = "calendar"
"""The button: `action(NAME, referral_id)`."""


def start(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The link, as long as the referral is valid. Raises Outdated for another's or none."""
    t, (issued, found) = turn.t, own_referral(turn, arguments)
    ways_on: tuple[Row, ...] = (
        (Button(t("My referrals"), action("referral", found.id)),),
        (Button(t("Menu"), action("menu")),),
    )
    if not issued.referral.is_valid(turn.now):
        return Screen(t("This referral is over."), title=t("Referral"), rows=ways_on)
    text = t(
        "The last day is {day}. The file puts it into the calendar of your phone, with a reminder the "
        "evening before and in the morning. If you extend the referral, fetch it anew.",
        day=t.day(issued.referral.last_day),
    )
    link = Button(t("Add to calendar"), url=turn.book.calendar_link(issued.number, t.language))
    return Screen(
        text, title=t("Referral"), rows=((link,), *ways_on), sensitivity=Sensitivity.PERSONAL, fresh=True
    )
