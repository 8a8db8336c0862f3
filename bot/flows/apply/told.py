"""How the parent is to be told, and in which language [000, 004]: one tap when all is as it is."""

from typing import Any

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, answer
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply.draft import NAME, applies, forget
from bot.flows.ways_told import BY_MAIL, BY_SMS, MESSENGER
from bot.texts import LANGUAGES, Texts
from domain.contact_details import email_address

KEY, MAIL = "told", "mail"
GOOD, OTHER_LANGUAGE = "good", "language"


def way_name(t: Texts, way: str) -> str:
    """The way in words."""
    match way:
        case "sms":
            return t("by SMS")
        case "email":
            return t("by e-mail")
        case _:
            return t("here in the messenger")


def _ask(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    language = draft.get("lang", t.language)
    text = t(
        "News about the application will come here, in this language: {language}. Is that good?",
        language=LANGUAGES[language],
    )
    rows: tuple[Row, ...] = (
        (Button(t("That's good"), answer(NAME, KEY, GOOD)),),
        (Button(t("By SMS instead"), answer(NAME, KEY, BY_SMS)),),
        (Button(t("By e-mail instead"), answer(NAME, KEY, BY_MAIL)),),
        (Button(t("Another language"), answer(NAME, KEY, OTHER_LANGUAGE)),),
    )
    return Screen(text, title=t("How to tell you"), rows=rows)


def _ask_language(turn: Turn) -> Screen:
    t = turn.t
    rows = tuple((Button(name, answer(NAME, KEY, code)),) for code, name in LANGUAGES.items())
    return Screen(t("In which language is the news to come?"), title=t("How to tell you"), rows=rows)


def _read(turn: Turn, draft: Draft, content: Content) -> dict[str, Any]:
    if not isinstance(content, Press):
        raise Again(_ask(turn, draft).with_note(turn.t("Please press one of the buttons.")))
    pressed = content.action
    if pressed == OTHER_LANGUAGE:
        raise Again(_ask_language(turn))
    if pressed in LANGUAGES:
        draft["lang"] = pressed
        raise Again(_ask(turn, draft))
    ways = {GOOD: MESSENGER, BY_SMS: BY_SMS, BY_MAIL: BY_MAIL}
    if pressed not in ways:
        raise Outdated
    if pressed != BY_MAIL:
        forget(draft, MAIL)
    return {"way": ways[pressed], "language": draft.pop("lang", turn.t.language)}


def _ask_mail(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Type your e-mail address. Until letters can be sent the news comes here as well.")
    return Screen(text, title=t("How to tell you"), typing=True, hint="name@example.kz")


def _read_mail(turn: Turn, draft: Draft, content: Content) -> str:
    if not isinstance(content, Text):
        raise Again(_ask_mail(turn, draft).with_note(turn.t("Please type it.")))
    return email_address(content.text)


def _by_mail(draft: Draft) -> bool:
    return applies(draft) and draft.get(KEY, {}).get("way") == BY_MAIL


QUESTION = Question(KEY, _ask, _read, when=applies, name=lambda t: t("News"))
MAIL_QUESTION = Question(MAIL, _ask_mail, _read_mail, sensitivity=Sensitivity.PERSONAL, when=_by_mail)
