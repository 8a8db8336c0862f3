"""The lines of a log that only staff see: who has taken the wheel, what became of a prepared step."""

from collections.abc import Callable, Mapping

from bot.texts import Texts
from domain.steering import Steered

_WORDS: Mapping[Steered, Callable[[Texts, str], str]] = {
    Steered.TAKEN: lambda t, name: t("From here on {name} talks in the bot's stead.", name=name),
    Steered.HANDED_BACK: lambda t, name: t("{name} has given the chat back to the bot.", name=name),
    Steered.TAKEN_BY_PARENT: lambda t, _: t("The parent has called the bot back."),
    Steered.SILENT: lambda t, name: t("{name} was silent for ten minutes: the bot answers again.", name=name),
    Steered.GONE: lambda t, name: t("{name} is not signed in any more: the bot answers again.", name=name),
    Steered.SUGGESTED: lambda t, name: t("{name} has prepared a step for the parent.", name=name),
    Steered.AGREED: lambda t, _: t("The parent has agreed to the prepared step."),
    Steered.DECLINED: lambda t, _: t("The parent has said no to the prepared step."),
    Steered.SUGGESTION_TAKEN_BACK: lambda t, name: t("{name} has taken the prepared step back.", name=name),
    Steered.SUGGESTION_OUTDATED: lambda t, _: t(
        "The parent agreed when the bot stood elsewhere already: nothing was done."
    ),
}


def in_words(t: Texts, what: str, name: str) -> str:
    """What has happened, and by whom of the staff; what is not known stands as it is written."""
    try:
        return _WORDS[Steered(what)](t, name)
    except ValueError:
        return what
