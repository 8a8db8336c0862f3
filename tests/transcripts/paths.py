"""Every path that is written down: its file's name, its titles, and how it is played."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.conversation.applying import applies, becomes_the_father, chooses_the_daughter
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.plays import checks
from tests.transcripts.stage import Stage

Play = Callable[[Stage, str], Awaitable[None]]


@dataclass(frozen=True)
class Path:
    """One path. `titles` by language; `play` plays it in a language."""

    name: str
    titles: dict[str, str]
    play: Play


PATHS: list[Path] = []


def path(name: str, kk: str, ru: str, en: str) -> Callable[[Play], Play]:
    """Enter a play into the list."""

    def enter(play: Play) -> Play:
        PATHS.append(Path(name, {"kk": kk, "ru": ru, "en": en}, play))
        return play

    return enter


@path("apply", "Әкесі қызын кезекке тұрғызады", "Отец ставит дочь в очередь", "A father joins the queue")
async def apply(stage: Stage, language: str) -> None:
    """From the menu to the number and the place."""
    father = await stage.enters("Тимур", language)
    await applies(stage.house, father)
    await father.taps("Confirm")


@path(
    "apply-later",
    "Бес күннен кейін жалғастыру",
    "Продолжение через пять дней",
    "Going on after five days",
)
async def apply_later(stage: Stage, language: str) -> None:
    """A draft that waits."""
    father = await stage.enters("Тимур", language)
    await becomes_the_father(stage.house, father)
    await father.taps("Cancel")
    await father.taps("Keep it for later")
    await stage.passes(days=5)
    await father.says("/menu")
    await father.taps("Go on where I stopped")
    await chooses_the_daughter(father)


@path("check", "Кезекті тексеру", "Проверка очереди", "Checking the queue")
async def check(stage: Stage, language: str) -> None:
    """A stranger checks a child's place."""
    stranger = await stage.enters("Бөтен адам", language)
    await checks(stranger, ALDABEKOVS.child.person.iin.digits)
