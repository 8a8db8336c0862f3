"""What can be wrong with a screen, whatever it says."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from bot.conversation.actions import parse
from bot.conversation.book import FORM_ACTIONS, Book
from bot.conversation.limits import Limits, faults
from bot.conversation.reply import Screen
from bot.flows.library import book


def faults_of(screen: Screen, profiles: Iterable[Limits]) -> Iterator[str]:
    """Everything wrong with a screen, in words for a developer, with the screen it is about."""
    for limits in profiles:
        for fault in faults(screen, limits):
            yield f"{limits.channel}: {fault}\n{screen}"
    for fault in (*_dead_buttons(screen), *_twins(screen)):
        yield f"{fault}\n{screen}"


@cache
def the_book() -> Book:
    """The book of the product, made once."""
    return book(
        lambda file_id, _: f"https://kezek.example/files/{file_id}",
        lambda number, language: f"https://kezek.example/check/referral/{number}.ics?lang={language}",
        "https://kezek.example",
    )


def handled(action: str) -> bool:
    """Whether somebody handles what a button names."""
    wanted, whole = parse(action), the_book()
    if wanted.name not in FORM_ACTIONS:
        return wanted.name in whole.actions
    form = whole.forms.get(wanted.arguments[0]) if wanted.arguments else None
    if form is None:
        return False
    if wanted.name in ("answer", "edit"):
        return len(wanted.arguments) > 1 and wanted.arguments[1] in {each.key for each in form.questions}
    return True


def _dead_buttons(screen: Screen) -> Iterator[str]:
    for button in screen.buttons:
        if button.url is None and not handled(button.action):
            yield f"nobody handles {button.action!r}"


def _twins(screen: Screen) -> Iterator[str]:
    """Two buttons of one label: who types the label can't say which; WhatsApp refuses such a message."""
    for label, number in Counter(button.label for button in screen.buttons).items():
        if number > 1:
            yield f"{number} buttons say {label!r}"
