"""My applications: what can be seen of one, and what can be done with it."""

from datetime import timedelta

from domain.application import QueueClass
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.mine_plays import has_other_parent, has_privilege, has_twin, is_lost, is_suspended
from tests.conversation.person import Person
from tests.transcripts.path import Paths
from tests.transcripts.stage import Stage

MINE = Paths()


async def father(stage: Stage, language: str) -> Person:
    """Сәкен, signed in since before."""
    return await stage.returns("Сәкен", language, ALDABEKOVS)


async def opens_more(person: Person) -> None:
    """The second screen of the application."""
    await person.says("/my")
    await person.taps("More…")


@MINE.path("my-application", kk="Менің өтінішім", ru="Моё заявление", en="My application")
async def my_application(stage: Stage, language: str) -> None:
    """The steps, the place with reasons, its history, the neighbours, the age group."""
    person = await father(stage, language)
    await stage.house.joins(QueueClass.OUT_OF_QUEUE, 2)
    await stage.passes(hours=1)
    await stage.house.joins(QueueClass.FIRST_PRIORITY, 1)
    await person.says("/my")
    await person.taps("Why did it move?")
    await person.taps("Back")
    await person.taps("The queue around")
    await person.taps("Back")
    await person.taps("More…")
    await person.taps("History of the place")
    await person.taps("Back")
    await person.taps("More…")
    await person.taps("Why this age group?")


@MINE.path("pause", kk="Кідірту және жалғастыру", ru="Пауза и продолжение", en="Pausing and going on")
async def pause(stage: Stage, language: str) -> None:
    """Place and date stay."""
    person = await father(stage, language)
    await opens_more(person)
    await person.taps("Pause")
    await person.taps(person.labels[0])
    await stage.passes(days=3)
    await person.says("/my")
    await person.taps("Take part again")


@MINE.path(
    "withdraw",
    kk="Қайтарып алу және қалпына келтіру",
    ru="Отзыв и восстановление",
    en="Withdrawing and restoring",
)
async def withdraw(stage: Stage, language: str) -> None:
    """The consequences, the archive, and back with the old date."""
    person = await father(stage, language)
    await opens_more(person)
    await person.taps("Withdraw")
    await person.taps("Yes, withdraw it")
    await stage.passes(days=10)
    await person.says("/my")
    await person.taps("Archive")
    await person.taps(person.labels[0])
    await person.taps("Restore")
    await person.taps(person.labels[0])


@MINE.path("archive", kk="Мұрағат", ru="Архив", en="Too late for the old date")
async def too_late(stage: Stage, language: str) -> None:
    """After the thirty days it gets a new date; while the stop-list runs it has no place."""
    person = await father(stage, language)
    await is_suspended(stage.house, stage.house.clock.read() + timedelta(days=60))
    await opens_more(person)
    await person.taps("Withdraw")
    await person.taps("Yes, withdraw it")
    await stage.passes(days=31)
    await person.taps("Restore")
    await person.taps("Back")
    await stage.passes(days=30)
    await person.taps("Restore")
    await person.taps("Yes, restore it")


@MINE.path("privileges", kk="Жеңілдіктер", ru="Льготы", en="Privileges")
async def privileges(stage: Stage, language: str) -> None:
    """One that is being checked, one that is given up, one that is lost and objected to; the other parent."""
    house = stage.house
    await has_privilege(house, "serviceman", confirmed=False)
    await stage.passes(minutes=1)
    await has_privilege(house, "large_family")
    await stage.passes(minutes=1)
    lost = await has_privilege(house, "orphan")
    await has_other_parent(house)
    person = await father(stage, language)
    other = await stage.returns("Вера", language, TIKHONOVS)
    await other.says("/menu")
    await is_lost(house, lost)
    await opens_more(person)
    await person.taps("Privileges")
    await person.taps("Large family")
    await person.taps("Give it up")
    await person.taps("Yes, give it up")
    await person.taps("Orphan")
    await person.taps("Object")


@MINE.path("twins", kk="Егіздер", ru="Близнецы", en="Twins")
async def the_twins(stage: Stage, language: str) -> None:
    """Together on one screen, and each leads to the other."""
    await has_twin(stage.house, applied=True)
    person = await father(stage, language)
    await person.says("/my")
    await person.taps(person.labels[0])
    await person.taps("The twin")


@MINE.path("several-children", kk="Бірнеше бала", ru="Несколько детей", en="Several children")
async def several(stage: Stage, language: str) -> None:
    """Two children in two queues."""
    person = await stage.returns("Вера", language, TIKHONOVS)
    await person.says("/my")
    await person.taps(person.labels[0])
