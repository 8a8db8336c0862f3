"""The texts that the chat page's script needs, in all languages: switching takes no reload."""

from collections.abc import Callable, Mapping

from babel.dates import get_month_names

from bot.texts import LANGUAGES
from bot.uploads.verdict import LARGEST
from bot.web.translate import Translate
from bot.web.webchat_protocol import TEXT_CHARACTERS


def strings_of_all(texts: Callable[[str | None], Translate]) -> Mapping[str, Mapping[str, object]]:
    """By language: the texts by the names that the page and its script call them."""
    return {language: strings(language, texts(language)) for language in LANGUAGES}


def strings(language: str, t: Translate) -> dict[str, object]:
    """The texts of one language."""
    months = get_month_names("wide", locale=language)
    return {
        **_of_page(t),
        **_of_messages(t),
        **_of_troubles(t),
        "months": [months[number] for number in range(1, 13)],
    }


def _of_page(t: Translate) -> dict[str, str]:
    return {
        "title": t("Kezek: kindergarten queue chat"),
        "tagline": t("The kindergarten queue"),
        "about": t("About this chat"),
        "language": t("Language of the chat"),
        "menu": t("Menu"),
        "start": t("Start"),
        "help": t("Help"),
        "cancel": t("Cancel"),
        "close": t("Close"),
        "conversation": t("Conversation"),
        "welcome": t("Hello! This is Kezek, the kindergarten queue."),
        "welcome_more": t(
            "Here you can put your child into the queue and see its place. No registration is needed."
        ),
        "about_more": t(
            "We keep the conversation on our side. A cookie tells us this device, without a password."
        ),
        "forget": t("Forget this device"),
        "forget_more": t(
            "On a shared computer, finish with this. The next person here will start a new chat."
        ),
        "forget_sure": t("Yes, forget it"),
        "write": t("Write a message"),
        "phone": t("Phone number, for example +7 700 000 00 00"),
        "send": t("Send"),
        "attach": t("Attach a photo or a PDF"),
    }


def _of_messages(t: Translate) -> dict[str, str]:
    return {
        "you": t("You:"),
        "kezek": t("Kezek:"),
        "location": t("Share my location"),
        "location_sent": t("My location"),
        "sending": t("Sending"),
        "file": t("A file"),
        "file_waits": t("Will be sent as soon as it can be"),
        "file_sent": t("Sent"),
        "typing": t("Kezek is typing"),
        "new_messages": t("New messages"),
        "loading": t("Loading earlier messages"),
        "opens_page": t("opens a page"),
        "held_left": t("Left to confirm:"),
        "held_over": t("The time is over: the seat is free for others again."),
        "out_of_date": t("out of date"),
    }


def _of_troubles(t: Translate) -> dict[str, str]:
    return {
        "online": t("Online"),
        "connecting": t("Connecting…"),
        "offline": t("No connection"),
        "offline_more": t("There is no connection. What you write will be sent once it is back."),
        "too_many_pages": t("This chat is open in too many windows. Please close one of them."),
        "too_long": t(
            "This message is too long. At most {number} characters, please.", number=TEXT_CHARACTERS
        ),
        "too_large": t("This file is too large: up to {size} MB can be taken.", size=LARGEST // 2**20),
        "file_failed": t("The file could not be sent. Please choose it again."),
        "no_location": t(
            "This device did not tell its location. You can type the name of your place instead."
        ),
        "no_script": t("This chat needs JavaScript. Please switch it on, or write to us in Telegram."),
    }
