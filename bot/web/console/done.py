"""What has just been done, said on the page that a form leads to."""

from collections.abc import Callable, Mapping

from bot.texts import Texts

DONE: Mapping[str, Callable[[Texts], str]] = {
    "signed-out": lambda t: t("You are signed out."),
    "session-over": lambda t: t("Please sign in again: your session is over."),
}


def words_of_done(t: Texts, name: str) -> str:
    """The sentence; "" for what is none of ours."""
    return DONE[name](t) if name in DONE else ""
