"""What buttons may name here. Free places are for anybody; all the rest is the signed-in parent's alone."""

from collections.abc import Mapping

from bot.conversation.book import Handler
from bot.conversation.form import Form
from bot.flows.seats import filtering, place, places

ACTIONS: Mapping[str, Handler] = {
    "places": places.show,
    "placeset": filtering.change,
    "place": place.show,
}
FORMS: tuple[Form, ...] = (filtering.FORM,)
CABINET: frozenset[str] = frozenset()
