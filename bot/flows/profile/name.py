"""The name, as long as the state register has not said it."""

from bot.conversation import form
from bot.conversation.form import Again, Form, Question
from bot.conversation.incoming import Content, Text
from bot.conversation.reply import Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.names import full
from bot.flows.profile import overview
from bot.flows.telling import noted
from domain.applicants import split_name
from domain.notice import Deed
from storage import profiles, register_asking
from storage.register_subjects import the_parent

NAME, KEY = "name", "typed"


def begin(turn: Turn) -> Screen:
    """Ask for it; where the register has said it meanwhile, that is shown."""
    if overview.own_profile(turn).verified_at is not None:
        return _said_by_register(turn)
    return form.begin(turn, FORM)


def _ask(turn: Turn, _draft: Draft) -> Screen:
    t, own = turn.t, overview.own_profile(turn)
    text = t("Type your surname, given name and patronymic, as your document writes them.")
    there = turn.private(full(own.surname, own.name, own.patronymic))
    if there:
        text = "\n\n".join((t("Now: {text}", text=there), text))
    return Screen(text, title=t("Name"), typing=True, hint=t("Surname, name, patronymic"))


def _read(turn: Turn, draft: Draft, content: Content) -> list[str]:
    """Surname, given name, patronymic. Raises NameMalformed."""
    if not isinstance(content, Text):
        raise Again(_ask(turn, draft).with_note(turn.t("Please type it.")))
    return list(split_name(content.text))


def _done(turn: Turn, draft: Draft) -> Screen:
    if not profiles.set_names(turn.tx, overview.own_profile(turn).id, *draft[KEY]):
        return _said_by_register(turn)
    register_asking.ask_anew(turn.tx, the_parent(overview.own_profile(turn).id))
    noted(turn, Deed.PROFILE_CHANGED, field=NAME)
    return overview.screen(turn).with_note(turn.t("Saved."))


def _said_by_register(turn: Turn) -> Screen:
    note = turn.t("The state register has confirmed the name meanwhile. If it is wrong, ask the operator.")
    return overview.screen(turn).with_note(note)


FORM = Form(NAME, (Question(KEY, _ask, _read, sensitivity=Sensitivity.PERSONAL),), _done)
