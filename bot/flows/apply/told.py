"""How the parent is to be told, and in which language [000, 004]: one tap when all is as it is."""

from typing import Any

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, answer
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.limits import PROFILES
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import mail_codes
from bot.flows.apply.draft import NAME, applies, forget
from bot.flows.instead import Instead
from bot.flows.mail_codes import MailStep
from bot.texts import LANGUAGES, Texts
from domain.contact_details import email_address
from domain.ways import BY_MAIL, BY_SMS, MESSENGER
from storage import profiles

KEY, MAIL, MAIL_CODE = "told", "mail", "mailcode"
_KNOWN = "mailknown"
"""In a draft: the address is a confirmed one of the parent's."""
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
    if here := _tells_here(turn):
        text = t(
            "News about the application will come here, in this language: {language}. Is that good?",
            language=LANGUAGES[language],
        )
    else:
        text = t(
            "News about the application will come by SMS, in this language: {language}. Is that good?",
            language=LANGUAGES[language],
        )
    rows: tuple[Row, ...] = (
        (Button(t("That's good"), answer(NAME, KEY, GOOD)),),
        *([(Button(t("By SMS instead"), answer(NAME, KEY, BY_SMS)),)] if here else []),
        *([(Button(t("By e-mail instead"), answer(NAME, KEY, BY_MAIL)),)] if turn.book.has_mail else []),
        (Button(t("Another language"), answer(NAME, KEY, OTHER_LANGUAGE)),),
    )
    return Screen(text, title=t("How to tell you"), rows=rows)


def _tells_here(turn: Turn) -> bool:
    """Whether the family can be told here what comes later."""
    return PROFILES[turn.incoming.address.channel].tells_later


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
    ways = {GOOD: MESSENGER if _tells_here(turn) else BY_SMS, BY_SMS: BY_SMS, BY_MAIL: BY_MAIL}
    if pressed not in ways:
        raise Outdated
    if pressed != BY_MAIL:
        forget(draft, MAIL, MAIL_CODE, _KNOWN)
    return {"way": ways[pressed], "language": draft.pop("lang", turn.t.language)}


def _ask_mail(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Type your e-mail address. A code will be sent there.")
    return Screen(text, title=t("How to tell you"), typing=True, hint="name@example.kz")


def _read_mail(turn: Turn, draft: Draft, content: Content) -> str:
    if not isinstance(content, Text):
        raise Again(_ask_mail(turn, draft).with_note(turn.t("Please type it.")))
    address, own = email_address(content.text), profiles.read(turn.tx, draft["me"])
    draft[_KNOWN] = address == own.email and own.mail.reached
    draft.pop(MAIL_CODE, None)
    if not draft[_KNOWN]:
        mail_codes.send(turn, address)
    return address


def _by_mail(draft: Draft) -> bool:
    return applies(draft) and draft.get(KEY, {}).get("way") == BY_MAIL


def _has_to_be_shown(draft: Draft) -> bool:
    return _by_mail(draft) and not draft.get(_KNOWN)


def keep_mail(turn: Turn, draft: Draft) -> None:
    """Write the address down with the application; one that is not confirmed is so in the profile."""
    if draft.get(MAIL) and not draft.get(_KNOWN):
        confirmed_at = turn.now if draft.get(MAIL_CODE) == draft[MAIL] else None
        profiles.set_contact(turn.tx, draft["me"], "email", draft[MAIL], confirmed_at=confirmed_at)


QUESTION = Question(KEY, _ask, _read, when=applies, name=lambda t: t("News"))
MAIL_QUESTION = Question(MAIL, _ask_mail, _read_mail, sensitivity=Sensitivity.PERSONAL, when=_by_mail)
_LATER = Instead("later", lambda t: t("Confirm later"))
MAIL_CODE_QUESTION = MailStep(NAME, MAIL_CODE, lambda draft: str(draft[MAIL]), (_LATER,)).question(
    when=_has_to_be_shown
)
