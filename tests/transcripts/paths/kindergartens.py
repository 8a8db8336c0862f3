"""Kindergartens: looked for, looked at, and what parents say of one."""

from tests.conversation.garden_plays import goes_there, is_looked_at, opens_gardens
from tests.conversation.made_up import ALDABEKOVS
from tests.transcripts.path import Paths, in_language
from tests.transcripts.stage import Stage

KINDERGARTENS = Paths()


@KINDERGARTENS.path(
    "kindergartens", kk="Балабақша іздеу", ru="Поиск детского сада", en="Looking for a kindergarten"
)
async def looking(stage: Stage, language: str) -> None:
    """The list, a name with slips, the passport, its place on the map, and its free places."""
    await opens_gardens(stage.house)
    person = await stage.enters(in_language(language, kk="Ата-ана", ru="Родитель", en="A parent"), language)
    await person.says("/menu")
    await person.taps("The kindergartens")
    await person.taps("More")
    await person.says("Атлантида")
    await person.says("балапа")
    await person.taps("All kindergartens")
    await person.says("aminna")
    await person.taps("On the map")
    await person.taps("The kindergarten")
    await person.taps("Free places")


@KINDERGARTENS.path(
    "kindergartens-near", kk="Жақын балабақшалар", ru="Детские сады рядом", en="Kindergartens near by"
)
async def near_by(stage: Stage, language: str) -> None:
    """By a shared location, on and on; and from far away."""
    await opens_gardens(stage.house)
    person = await stage.enters(in_language(language, kk="Ата-ана", ru="Родитель", en="A parent"), language)
    await person.says("/menu")
    await person.taps("The kindergartens")
    await person.taps("By my location")
    await person.shares_location(43.3010, 68.2600)
    await person.taps("Farther away")
    await person.taps("All kindergartens")
    await person.shares_location(43.238, 76.945)


@KINDERGARTENS.path(
    "kindergarten-review", kk="Балабақша туралы пікір", ru="Отзыв о детском саде", en="A review"
)
async def review(stage: Stage, language: str) -> None:
    """Written, looked at, seen by others, changed, and deleted; and whoever may not write one."""
    gardens = await opens_gardens(stage.house)
    await goes_there(stage.house, ALDABEKOVS, gardens.of("Амина"))
    father = await stage.returns("Сәкен", language, ALDABEKOVS)
    await father.says("/menu")
    await father.taps("The kindergartens")
    await father.taps("Амина")
    await father.taps("Reviews")
    await father.taps("Write a review")
    await father.taps("★★★★★")
    await father.says("https://example.kz")
    await father.says(
        in_language(
            language,
            kk="Тәрбиешілер мейірімді, тамағы дәмді.",
            ru="Воспитатели добрые, кормят вкусно.",
            en="Kind teachers, good food.",
        )
    )
    await father.taps("Confirm")
    await father.taps("Reviews")
    await is_looked_at(stage.house)
    await stage.passes(hours=3)
    reader = await stage.enters(in_language(language, kk="Оқырман", ru="Читатель", en="A reader"), language)
    await reader.says("/menu")
    await reader.taps("The kindergartens")
    await reader.says("амина")
    await reader.taps("Reviews")
    await father.taps("The kindergarten")
    await father.taps("Reviews")
    await father.taps("Change my review")
    await father.taps("★★★★☆")
    await father.taps("Stars alone")
    await father.taps("Confirm")
    await is_looked_at(stage.house, show=False)
    await father.taps("Reviews")
    await father.taps("Take it away")
    await father.taps("Yes, take it away")
    await father.taps("All kindergartens")
    await father.taps("Әлия")
    await father.taps("Reviews")
    await father.taps("Write a review")
