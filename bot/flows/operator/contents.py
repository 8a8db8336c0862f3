"""What buttons may name here. It is open to anybody."""

from collections.abc import Mapping

from bot.conversation.book import Handler
from bot.conversation.form import Form
from bot.flows.operator import adding, asking, helped, waiting

ACTIONS: Mapping[str, Handler] = {
    "operator": asking.start,
    waiting.NAME: waiting.show,
    waiting.NO_ANSWER: waiting.no_answer,
    adding.NAME: adding.add,
    helped.NAME: helped.rate,
}
FORMS: tuple[Form, ...] = (asking.FORM,)
