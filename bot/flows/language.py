"""Choosing the language: at the first contact, and at any step later."""

from bot.conversation.actions import Outdated, action
from bot.conversation.reply import Button, Screen
from bot.conversation.turn import Turn
from bot.conversation.understand import resume
from bot.texts import LANGUAGES, Texts, texts_in

_WORDS = {
    "kk": "kk", "kz": "kk", "kaz": "kk", "қазақша": "kk",
    "ru": "ru", "rus": "ru", "русский": "ru", "en": "en", "eng": "en", "english": "en",
}  # fmt: skip


def choose(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """/language [kk|ru|en]: take it, or show the three. The form in progress stays as it is."""
    if not arguments or not arguments[0]:
        return screen(turn.t)
    language = _WORDS.get(arguments[0].casefold())
    if language is None:
        raise Outdated
    turn.change_person(language=language)
    return resume(turn)


def screen(t: Texts) -> Screen:
    """The three languages, each in its own words; the question in all three."""
    question = "\n".join(dict.fromkeys(t("Please choose a language.") for t in map(texts_in, LANGUAGES)))
    buttons = tuple(Button(name, action("language", code)) for code, name in LANGUAGES.items())
    return Screen(question, title=t("Kezek"), rows=tuple((button,) for button in buttons))


def first(turn: Turn) -> Screen:
    """The very first screen: a greeting and the three languages."""
    lines = [t("Hello! This is Kezek, the kindergarten queue.") for t in map(texts_in, LANGUAGES)]
    asked = screen(turn.t)
    return Screen(
        "\n".join(dict.fromkeys(lines)) + "\n\n" + asked.text, title="Kezek · Кезек", rows=asked.rows
    )
