"""Free places, a seat held and confirmed, the referral: extended, given up."""

from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.mine_plays import has_twin
from tests.conversation.person import Person
from tests.conversation.places_plays import TODAY, YESTERDAY, has_seats
from tests.conversation.seat_course import activated, is_taken_by_others
from tests.fakes.pictures import a_page
from tests.transcripts.path import Paths, in_language
from tests.transcripts.stage import Stage

SEATS = Paths()
HERE = ("{number} file is here.", "{number} files are here.")
AMINA, BALAPAN, ALIYA = '"Амина" балабақшасы', '"Балапан" бөбекжай-балабақшасы', '"Әлия" балабақшасы'


async def city(stage: Stage) -> None:
    """Three kindergartens with free seats, on lists of three days."""
    house = stage.house
    await has_seats(house, AMINA, 3, ownership="private", at=(43.30, 68.25))
    await has_seats(house, BALAPAN, 2, of=YESTERDAY, at=(43.31, 68.25))
    await has_seats(house, ALIYA, 5, language="ru", birth_years=(2023,), at=(43.29, 68.26))


async def father(stage: Stage, language: str) -> Person:
    """Сәкен, signed in since before."""
    return await stage.returns("Сәкен", language, ALDABEKOVS)


async def takes_one(person: Person) -> None:
    """From the menu to a seat on hold."""
    await person.says("/menu")
    await person.taps("Free places")
    await person.taps(next(label for label in person.labels if "Амина" in label))
    await person.taps("Take a seat")


@SEATS.path("free-places", kk="Бос орындар", ru="Свободные места", en="Free seats")
async def free_places(stage: Stage, language: str) -> None:
    """Without any account: the list, a bulletin, the filters."""
    await city(stage)
    name = in_language(language, kk="Қонақ", ru="Гость", en="A visitor")
    person = await stage.enters(name, language)
    await person.says("/menu")
    await person.taps("Free places")
    await person.taps(person.labels[0])
    await person.taps("Free places")
    await person.taps("Change the filters")
    await person.taps("Birth year")
    await person.taps("2023")


@SEATS.path("take-a-seat", kk="Орын алу және жолдама", ru="Место и направление", en="A seat and its referral")
async def take_a_seat(stage: Stage, language: str) -> None:
    """Looked at before it opens; held, confirmed, ticked off."""
    await city(stage)
    await has_seats(stage.house, "Today", of=TODAY)
    person = await father(stage, language)
    await stage.passes(hours=2)
    await person.says("/menu")
    await person.taps("Free places")
    await person.taps(person.labels[0])
    await takes_one(person)
    await stage.passes(minutes=3)
    await person.says("/my")
    await person.taps("To the seat held")
    await person.taps("Confirm")
    await person.taps(person.labels[2])
    await person.taps("My referrals")
    await person.says("/my")


@SEATS.path("seat-gone", kk="Орын кетіп қалды", ru="Место ушло", en="The seat is gone")
async def seat_gone(stage: Stage, language: str) -> None:
    """Confirmed too late; then somebody else was quicker."""
    house = stage.house
    await city(stage)
    near = await has_seats(house, '"Еркетай" балабақшасы', 1, at=(43.30, 68.26))
    person = await father(stage, language)
    await takes_one(person)
    await stage.passes(minutes=10, seconds=1)
    await person.taps("Confirm")
    await person.taps(person.labels[0])
    await is_taken_by_others(house, near)
    await person.taps("Take a seat")


@SEATS.path("seat-let-go", kk="Орынды босату", ru="Освободить место", en="Letting a seat go")
async def let_go(stage: Stage, language: str) -> None:
    """One who holds a seat and asks for another; then lets the first go."""
    await city(stage)
    await has_seats(stage.house, '"Еркетай" балабақшасы', 1)
    person = await father(stage, language)
    await person.says("/menu")
    await person.taps("Free places")
    await person.taps(next(label for label in person.labels if "Еркетай" in label))
    other = person.screen
    await takes_one(person)
    await person.taps("Take a seat", on=other)
    await person.taps("Let it go")


@SEATS.path("seat-sent", kk="Балабақшаға жіберу", ru="Отправка в детсад", en="Sent to the kindergarten")
async def sent(stage: Stage, language: str) -> None:
    """Where kindergartens answer: sent, and taken back."""
    await activated(stage.house)
    await city(stage)
    person = await father(stage, language)
    await takes_one(person)
    await person.taps("Confirm")
    await person.says("/my")
    await person.taps("To my referral")
    await person.taps("Call it back")
    await person.taps("Yes, take it back")


@SEATS.path("extend", kk="Жолдаманы ұзарту", ru="Продление направления", en="Extending a referral")
async def extend(stage: Stage, language: str) -> None:
    """Days out of range, no document, then a document; once only."""
    await city(stage)
    person = await father(stage, language)
    await takes_one(person)
    await person.taps("Confirm")
    await person.taps("Extend it")
    await person.says("31")
    await person.taps(person.t.many("{number} day", "{number} days", 10))
    await person.says("…")
    await person.sends_file("note.jpg", a_page())
    await person.waits(lambda: person.t.many(*HERE, 1) in person.sees, "the page")
    await person.taps("That's all")
    await person.taps("Confirm")


@SEATS.path("give-up", kk="Жолдамадан бас тарту", ru="Отказ от направления", en="Giving a referral up")
async def give_up(stage: Stage, language: str) -> None:
    """The consequences first."""
    await city(stage)
    person = await father(stage, language)
    await takes_one(person)
    await person.taps("Confirm")
    await stage.passes(days=1)
    await person.taps("Give it up")
    await person.taps("Yes, give it up")


@SEATS.path("twins-seats", kk="Егіздерге екі орын", ru="Два места близнецам", en="Two seats for twins")
async def twins(stage: Stage, language: str) -> None:
    """Two seats or none, one confirmation."""
    await has_twin(stage.house, applied=True)
    await has_seats(stage.house, AMINA, 3)
    person = await father(stage, language)
    await person.says("/menu")
    await person.taps("Free places")
    await person.taps(person.labels[0])
    await person.taps("Take two seats")
    await person.taps("Confirm")
