"""What buttons may name here. All but writing a review is open to anybody."""

from collections.abc import Mapping

from bot.conversation.book import Handler
from bot.conversation.form import Form
from bot.flows.kindergartens import looking, opinion_form, opinions, passport

ACTIONS: Mapping[str, Handler] = {
    "houses": looking.show,
    "house": passport.show,
    "housenear": looking.near_me,
    "housepin": passport.pin,
    "housereviews": opinions.show,
    "housereview": opinion_form.start,
    "housedrop": opinion_form.drop,
}
FORMS: tuple[Form, ...] = (looking.FORM, opinion_form.FORM)
CABINET = frozenset({"housereview", "housedrop"})
"""For the signed-in parent alone."""
