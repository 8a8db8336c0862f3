"""Where the bot stands in a conversation: what it asks, and which buttons were shown last."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import form as forms
from bot.conversation.form import Form, Question
from bot.conversation.payloads import decode
from bot.conversation.remembered import session_of
from bot.conversation.reply import Screen, Sensitivity
from bot.conversation.session import Session, load_shown
from bot.flows.library import FORMS
from storage import message_history
from storage.centre import steering
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Standing:
    """`screen` is what the parent was shown last, with the names in it: for the parent's eyes alone.

    `options` are the labels of its buttons as staff may read them, by their actions.
    """

    session: Session
    screen: Screen | None
    options: Mapping[str, str]

    @property
    def form(self) -> Form | None:
        """The form that typed text answers."""
        state = self.session.form
        return FORMS.get(state.form) if state is not None and state.active else None

    @property
    def asks(self) -> Question | None:
        """Its question that is open; None when there is none, as at the last look."""
        form, state = self.form, self.session.form
        if form is None or state is None or state.question == forms.REVIEW:
            return None
        return next((each for each in form.questions if each.key == state.question), None)

    @property
    def question(self) -> str:
        """What the bot has asked, in its words; "" where it has asked nothing, or in secret."""
        if self.form is None or self.screen is None or self.screen.sensitivity is Sensitivity.SECRET:
            return ""
        return self.screen.text

    def label_of(self, action: str) -> str | None:
        """What stands on a button of the last screen, for the parent's eyes."""
        shown = self.screen.buttons if self.screen is not None else ()
        return next((each.label for each in shown if each.action == action), None)


def standing_in(tx: Transaction, conversation_id: int) -> Standing:
    """Where the bot stands in a conversation."""
    kept = steering.remembered(tx, conversation_id)
    session = session_of(tx, conversation_id, kept.session, kept.step_token)
    shown = load_shown(kept.screen)
    if shown is None:
        return Standing(session, None, {})
    payload = message_history.payload(tx, shown.message_id)
    screen = decode(payload)[0].screen if payload is not None else None
    return Standing(session, screen, {action: label for label, action in shown.options if action})
