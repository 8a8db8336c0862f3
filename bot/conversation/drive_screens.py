"""What a parent reads when one of the staff begins to talk in the bot's stead, and when that is over."""

from bot.conversation.actions import action
from bot.conversation.book import fold
from bot.conversation.reply import Button, Row, Screen
from bot.texts import LANGUAGES, Texts, texts_in
from domain.steering import SILENCE

BACK = "bot"
"""The action that gives the parent the bot back; nothing but the present state where it answers anyway."""


def begun(t: Texts) -> Screen:
    """An operator is there."""
    return Screen(
        t(
            "An operator talks with you here now, and the bot is silent: what you type is read by the "
            "operator. Buttons work as always."
        ),
        title=t("Operator"),
        rows=(_back(t),),
        fresh=True,
    )


def reminder(t: Texts) -> Screen:
    """Before a question of the bot's that would be answered in words."""
    return Screen(
        t("What you type goes to the operator now. To answer the bot, take it back first."),
        rows=(_back(t),),
        fresh=True,
    )


def not_seen(t: Texts) -> Screen:
    """For whoever has sent the operator a file, a place on the map or a voice message."""
    return Screen(
        t(
            "The operator reads that you have sent this, and can't open it here. Please say it in words. "
            "Documents are sent to the bot, where it asks for them."
        ),
        rows=(_back(t),),
        fresh=True,
    )


def ended(t: Texts) -> Screen:
    """The operator has handed back."""
    return Screen(t("The operator has finished. The bot answers you again."), rows=(_on(t),), fresh=True)


def ended_by_silence(t: Texts, *, waits: bool) -> Screen:
    """The operator has not said anything for so long. `waits`: a question is still to be answered."""
    minutes = SILENCE.seconds // 60
    said = t(
        "The operator has been silent for {minutes} minutes: the bot answers you again.", minutes=minutes
    )
    return _ended_by_itself(t, said, waits=waits)


def ended_by_leaving(t: Texts, *, waits: bool) -> Screen:
    """The operator is signed in no more. `waits` as above."""
    return _ended_by_itself(t, t("The operator has left. The bot answers you again."), waits=waits)


def _ended_by_itself(t: Texts, said: str, *, waits: bool) -> Screen:
    if waits:
        said = "\n".join((said, t("Your question stays in the line: an operator will answer it here.")))
    return Screen(said, rows=(_on(t),), fresh=True)


def labels() -> dict[str, str]:
    """The button that ends it, as it can be typed in every language."""
    return {fold(_back(texts_in(language))[0].label): action(BACK) for language in LANGUAGES}


def _back(t: Texts) -> Row:
    return (Button(t("Back to the bot"), action(BACK)),)


def _on(t: Texts) -> Row:
    return (Button(t("Go on with the bot"), action(BACK)),)
