"""Joining the queue, by every way that leads to the number and the place."""

from dataclasses import replace
from datetime import date

from domain.iin import Iin, Sex
from tests.conversation.applying import (
    ADDRESS,
    WHICH_CHILD,
    applies,
    becomes_the_father,
    begins,
    chooses_the_daughter,
    confirms_phone,
    fills_in_the_rest,
    tells_who,
)
from tests.conversation.made_up import NEWCOMERS, iin_of, somebody
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to
from tests.fakes.pictures import a_page, a_pdf
from tests.transcripts.path import Paths, in_language
from tests.transcripts.stage import Stage

APPLYING = Paths()
HERE = ("{number} file is here.", "{number} files are here.")


async def the_father(stage: Stage, language: str) -> Person:
    """Тимур, who is nobody here yet."""
    return await stage.enters("Тимур", language)


async def known_father(stage: Stage, language: str) -> Person:
    """The same at the question for the child; up to it, it goes as it always does."""
    father = await the_father(stage, language)
    await becomes_the_father(stage.house, father)
    await stage.begins_like(father, "apply")
    return father


async def the_son_born(stage: Stage, number: int, born: date) -> Iin:
    """The register gives the father a second child."""
    son = iin_of(born, Sex.MALE, number)
    people = stage.house.register.people
    both = (NEWCOMERS.daughter.iin, son)
    people[NEWCOMERS.father.iin] = replace(NEWCOMERS.father, children=both)
    alihan = somebody("Бекжанов", "Әлихан", born, Sex.MALE, number)
    people[son] = replace(alihan, parents=NEWCOMERS.daughter.parents)
    return son


async def it_is_this_child(person: Person) -> None:
    """Once the register has answered."""
    await sees(person, "Yes, it's this child")
    await person.taps("Yes, it's this child")


async def sees(person: Person, label: str) -> None:
    """Wait until a button is there."""
    await person.waits(lambda: person.t(label) in person.labels, label)


@APPLYING.path(
    "apply",
    kk="Әкесі қызын кезекке тұрғызады",
    ru="Отец ставит дочь в очередь",
    en="A father joins the queue",
)
async def apply(stage: Stage, language: str) -> None:
    """From the menu to the number and the place."""
    father = await the_father(stage, language)
    await applies(stage.house, father)
    await father.taps("Confirm")
    await father.taps("Show the application")


@APPLYING.path("apply-without-iin", kk="ЖСН-сіз ата-ана", ru="Родитель без ИИН", en="A parent without an IIN")
async def without_iin(stage: Stage, language: str) -> None:
    """A document's number instead; staff look at it."""
    mother = await stage.enters("Мина", language)
    await begins(mother)
    await mother.taps("I have no IIN")
    await mother.says("№1")
    await mother.says("N 1234567")
    await mother.says("31.02.1994")
    await mother.says("25.02.1994")
    await confirms_phone(stage.house, mother, NEWCOMERS.phones[0])
    await mother.says("Ли Мина")
    await confirms_phone(stage.house, mother, NEWCOMERS.phones[1])
    stage.house.register.people.pop(NEWCOMERS.daughter.iin)
    stage.house.register.missing.add(NEWCOMERS.daughter.iin)
    await mother.says(NEWCOMERS.daughter.iin.digits)
    await sees(mother, "Another child")
    await mother.says("Ли Айла")
    await mother.says("Абай көшесі, 3-үй")
    await mother.taps("Either will do")
    await mother.taps("No, go on")
    await mother.taps("That's good")
    await mother.taps("Confirm")


@APPLYING.path(
    "apply-documents",
    kk="Құжатпен расталатын жеңілдік",
    ru="Льгота с документами",
    en="A privilege with documents",
)
async def with_documents(stage: Stage, language: str) -> None:
    """Two pages of a certificate; the department looks at them."""
    father = await known_father(stage, language)
    await chooses_the_daughter(father)
    await father.says(ADDRESS)
    await father.taps("Either will do")
    await father.taps("Serviceman")
    await father.sends_file("page.jpg", a_page())
    await father.waits(lambda: father.t.many(*HERE, 1) in father.sees, "the first page")
    await father.sends_file("page.pdf", a_pdf())
    await father.waits(lambda: father.t.many(*HERE, 2) in father.sees, "the second page")
    await father.taps("That's all")
    await father.taps("That's good")
    await father.taps("Confirm")


@APPLYING.path(
    "apply-special-needs", kk="Ерекше қажеттіліктері бар бала", ru="Особые потребности", en="Special needs"
)
async def special_needs(stage: Stage, language: str) -> None:
    """A class in the general queue and a queue of its own: asked and explained."""
    daughter = replace(NEWCOMERS.daughter, privileges=("special_needs", "large_family"))
    stage.house.register.people[daughter.iin] = daughter
    father = await known_father(stage, language)
    await father.taps(father.t("Born on {date}", date="09.10.2024"))
    await it_is_this_child(father)
    await father.taps("General queue")
    await fills_in_the_rest(father)
    await father.taps("Confirm")


@APPLYING.path(
    "apply-another-place", kk="Басқа жерде кезекке тұру", ru="В другом месте", en="In another place"
)
async def another_place(stage: Stage, language: str) -> None:
    """One child in two places; the same place twice is refused."""
    father = await the_father(stage, language)
    await applies(stage.house, father)
    await father.taps("Confirm")
    await stage.begins_like(father, "apply")
    await begins(father)
    await father.hears(WHICH_CHILD)
    await father.says(NEWCOMERS.daughter.iin.digits)
    await father.says("/menu")
    await father.taps("Join the queue")
    await father.taps("Begin anew")
    await father.taps("Another place")
    await father.says("Кентау")
    await father.taps("General queue")
    await father.hears(WHICH_CHILD)
    await father.says(NEWCOMERS.daughter.iin.digits)
    await it_is_this_child(father)
    await fills_in_the_rest(father)
    await father.taps("Confirm")


@APPLYING.path("apply-second-child", kk="Екінші бала", ru="Второй ребёнок", en="A second child")
async def second_child(stage: Stage, language: str) -> None:
    """What is known of the family is not asked again."""
    await the_son_born(stage, 2800, date(2022, 5, 1))
    father = await the_father(stage, language)
    await applies(stage.house, father)
    await father.taps("Confirm")
    await stage.begins_like(father, "apply")
    await father.taps("For another child")
    await father.hears(WHICH_CHILD)
    await father.taps(father.t("Born on {date}", date="01.05.2022"))
    await it_is_this_child(father)
    await father.taps("No, go on")
    await father.taps("Confirm")


@APPLYING.path("apply-twins", kk="Егіздер", ru="Близнецы", en="Twins")
async def twins(stage: Stage, language: str) -> None:
    """After the first the other is offered with the same answers."""
    await the_son_born(stage, 2700, date(2024, 10, 9))
    father = await known_father(stage, language)
    await father.says("1")
    await it_is_this_child(father)
    await fills_in_the_rest(father)
    await father.taps("Confirm")
    await stage.passes(minutes=1)
    await father.taps("Also for the twin")
    await father.hears(WHICH_CHILD)
    await father.taps(father.t("Born on {date}", date="09.10.2024"))
    await it_is_this_child(father)
    await father.taps("No, go on")
    await father.taps("Confirm")


@APPLYING.path(
    "apply-second-phone",
    kk="Екінші телефонның иесі",
    ru="Владелец второго телефона",
    en="The second phone's owner",
)
async def second_phone(stage: Stage, language: str) -> None:
    """The code is typed by whoever holds the phone, in a chat of their own."""
    father = await the_father(stage, language)
    name = in_language(language, kk="Әжесі", ru="Бабушка", en="Grandmother")
    granny = await stage.enters(name, language)
    await begins(father)
    await tells_who(stage.house, father, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await sees(father, "Yes, that's me")
    await stage.begins_like(father, "apply")
    await father.taps("Yes, that's me")
    await father.says(NEWCOMERS.phones[1].e164)
    question = father.screen
    await father.taps("It was typed there")
    await granny.says("/code")
    await granny.says(NEWCOMERS.phones[1].e164)
    await granny.says(await code_sent_to(stage.house, granny, NEWCOMERS.phones[1].e164))
    await father.hears("The second phone of your application is confirmed. You can go on.")
    await father.taps("It was typed there", on=question)
