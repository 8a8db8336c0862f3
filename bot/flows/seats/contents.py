"""What buttons may name here. Free places are for anybody; all the rest is the signed-in parent's alone."""

from collections.abc import Mapping

from bot.conversation.book import Handler
from bot.conversation.form import Form
from bot.flows.seats import (
    confirming,
    extending,
    filtering,
    giving_up,
    held,
    in_hand,
    place,
    places,
    referral,
    referrals,
    sent,
    taking,
)

ACTIONS: Mapping[str, Handler] = {
    "places": places.show,
    "placeset": filtering.change,
    "place": place.show,
    "take": taking.take,
    "hold": held.show,
    "letgo": held.let_go,
    "confirmseat": confirming.confirm,
    "takeback": sent.take_back,
    "referrals": referrals.show,
    "referral": in_hand.show,
    "bring": referral.tick,
    "extend": extending.begin,
    "giveup": giving_up.give_up,
}
FORMS: tuple[Form, ...] = (filtering.FORM, extending.FORM)
CABINET = frozenset(ACTIONS) - {"places", "placeset", "place"}
"""Extending is a form, too, of the same name."""
