"""One path that is written down: its file's name, its titles, and how it is played."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.transcripts.stage import Stage

Play = Callable[[Stage, str], Awaitable[None]]


@dataclass(frozen=True)
class Path:
    """`titles` by language; `play` plays it in a language."""

    name: str
    titles: dict[str, str]
    play: Play


class Paths(list[Path]):
    """The paths of one subject, in the order in which they stand in its file."""

    def path(self, name: str, *, kk: str, ru: str, en: str) -> Callable[[Play], Play]:
        """Enter a play."""

        def enter(play: Play) -> Play:
            self.append(Path(name, {"kk": kk, "ru": ru, "en": en}, play))
            return play

        return enter


def in_language(language: str, *, kk: str, ru: str, en: str) -> str:
    """A word of the play itself, like who somebody is."""
    return {"kk": kk, "ru": ru, "en": en}[language]
