"""What buttons may name here; all of it is the signed-in parent's alone."""

from collections.abc import Mapping

from bot.conversation.book import Handler
from bot.conversation.form import Form
from bot.flows.alerts import near, own

ACTIONS: Mapping[str, Handler] = {
    "alertadd": own.add,
    "alerthouse": own.add_house,
    "alerts": own.show,
    "alert": own.one,
}
FORMS: tuple[Form, ...] = (near.FORM,)
CABINET = frozenset({*ACTIONS, near.NAME})
