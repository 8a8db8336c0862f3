"""What has to be known before anything else: language, consent, territory; each once.

Where one of the staff helps a family, the family consents last: what comes before it names nobody.
"""

from bot.centre import whisper_screens
from bot.conversation import drive_screens, form
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows import assisted, consent, language, territory
from bot.flows.doing import is_assisted

OPEN = frozenset(
    {
        "language",
        "agree",
        "disagree",
        "policy",
        "help",
        drive_screens.BACK,
        whisper_screens.NAME,
        territory.FORM.name,
        assisted.NAME,
    }
)


def gate(turn: Turn) -> Screen | None:
    """The screen of the first thing that is missing; None when the way is free."""
    person = turn.person
    if person.language is None:
        return language.first(turn)
    helped = is_assisted(turn)
    if person.consent_version != consent.VERSION and not helped:
        return consent.ask(turn)
    if person.territory_id is None:
        return _ask_territory(turn)
    return assisted.gate(turn) if helped else None


def _ask_territory(turn: Turn) -> Screen:
    state = turn.session.form
    if state is not None and state.form == territory.FORM.name and state.question:
        return form.present(turn, territory.FORM, state)
    return form.begin(turn, territory.FORM)
