"""Joining the queue, by every way, and with everything that can be wrong."""

from dataclasses import replace
from datetime import date

from domain.iin import Sex
from domain.phone import Phone
from tests.conversation.applying import (
    applies,
    becomes_the_father,
    begins,
    chooses_the_daughter,
    confirms_phone,
    fills_in_the_rest,
    tells_who,
)
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS, iin_of
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to, signs_in
from tests.fakes.pictures import a_dark_page, a_page
from tests.transcripts.path import Paths
from tests.transcripts.stage import Stage

APPLYING = Paths()
MORE_THAN_A_CODE = {"minutes": 2}


@APPLYING.path(
    "apply",
    kk="Әкесі қызын кезекке тұрғызады",
    ru="Отец ставит дочь в очередь",
    en="A father joins the queue",
)
async def apply(stage: Stage, language: str) -> None:
    """From the menu to the number and the place."""
    father = await stage.enters("Тимур", language)
    await applies(stage.house, father)
    await father.taps("Confirm")
    await father.taps("Show the application")


@APPLYING.path(
    "apply-later", kk="Бес күннен кейін жалғастыру", ru="Продолжение через пять дней", en="Five days later"
)
async def apply_later(stage: Stage, language: str) -> None:
    """A draft that waits, and one answer that is changed at the end."""
    father = await stage.enters("Тимур", language)
    await becomes_the_father(stage.house, father)
    await father.taps("Cancel")
    await father.taps("Keep it for later")
    await stage.passes(days=5)
    await father.says("/menu")
    await father.taps("Go on where I stopped")
    await chooses_the_daughter(father)
    await fills_in_the_rest(father)
    await father.taps("News")
    await father.taps("Another language")
    await father.says("2")
    await father.taps("By e-mail instead")
    await father.says("timur@pochta")
    await father.says("timur@pochta.example")


@APPLYING.path(
    "apply-with-mistakes", kk="Қателермен толтыру", ru="Заявление с ошибками", en="With every mistake"
)
async def mistakes(stage: Stage, language: str) -> None:
    """Everything that is often typed wrong, and what is said of it."""
    father = await stage.enters("Тимур", language)
    await begins(father)
    await father.says("9103143")
    await father.says(NEWCOMERS.daughter.iin.digits)
    await father.says(NEWCOMERS.father.iin.digits)
    await father.says("8 7172 55 01 01")
    await father.says("нөмір")
    await father.says(NEWCOMERS.phones[0].e164)
    code = await code_sent_to(stage.house, father, NEWCOMERS.phones[0].e164)
    await father.says(f"{(int(code) + 1) % 1_000_000:06}")
    await father.taps("Send a new code")
    await stage.passes(**MORE_THAN_A_CODE)
    await father.taps("Send a new code")
    await father.says(await code_sent_to(stage.house, father, NEWCOMERS.phones[0].e164))
    await sees(father, "Yes, that's me")
    await father.taps("Yes, that's me")
    await father.says(NEWCOMERS.phones[0].e164)
    await confirms_phone(stage.house, father, NEWCOMERS.phones[1])
    for iin in (
        NEWCOMERS.father.iin,
        iin_of(date(1985, 1, 1), Sex.MALE, 10),
        iin_of(date(2019, 1, 1), Sex.MALE, 10),
        iin_of(date(2026, 12, 31), Sex.MALE, 10),
    ):
        await father.says(iin.digits)


async def sees(person: Person, label: str) -> None:
    """Wait until a button is there."""
    await person.waits(lambda: person.t(label) in person.labels, label)


@APPLYING.path(
    "apply-register-down", kk="Тізілім жауап бермегенде", ru="Реестр не отвечает", en="The register is down"
)
async def register_down(stage: Stage, language: str) -> None:
    """Names are typed; the endings of one say another sex than the IIN."""
    stage.house.register.down = True
    father = await stage.enters("Тимур", language)
    await begins(father)
    await tells_who(stage.house, father, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await father.hears("The state register does not answer at present. Your data will be compared later.")
    await father.says("бекжанов тимур")
    await confirms_phone(stage.house, father, NEWCOMERS.phones[1])
    await father.hears("Type the child's IIN: 12 digits from the birth certificate.")
    await father.says(NEWCOMERS.daughter.iin.digits)
    await father.hears("The state register does not answer at present. Your data will be compared later.")
    await father.says("Бекжанов Айлар Тимурұлы")
    await father.says("Бекжанова Айла Тимурқызы")
    await father.says("Абай көшесі, 3-үй")
    await father.taps("Either will do")
    await father.taps("No, go on")
    await father.taps("That's good")
    await father.taps("Confirm")


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


@APPLYING.path(
    "apply-documents",
    kk="Құжатпен расталатын жеңілдік",
    ru="Льгота с документами",
    en="A privilege with documents",
)
async def with_documents(stage: Stage, language: str) -> None:
    """A photo that is too dark, then one that can be read."""
    father = await stage.enters("Тимур", language)
    await becomes_the_father(stage.house, father)
    await chooses_the_daughter(father)
    await father.taps(father.t("Address {number}", number=1))
    await father.taps("Either will do")
    await father.taps("Serviceman")
    await father.sends_file("dark.jpg", a_dark_page())
    await father.hears("This photo is too dark. Please take it again by a window or a lamp.")
    await father.sends_file("page.jpg", a_page())
    await sees(father, "That's all")
    await father.taps("That's all")
    await father.taps("That's good")
    await father.taps("Confirm")


@APPLYING.path(
    "apply-special-needs", kk="Ерекше қажеттілігі бар бала", ru="Особые потребности", en="Special needs"
)
async def special_needs(stage: Stage, language: str) -> None:
    """A class in the general queue and a queue of its own: asked and explained."""
    daughter = replace(NEWCOMERS.daughter, privileges=("special_needs", "large_family"))
    stage.house.register.people[daughter.iin] = daughter
    father = await stage.enters("Тимур", language)
    await becomes_the_father(stage.house, father)
    await father.taps(father.t("Born on {date}", date="09.10.2024"))
    await sees(father, "Yes, it's this child")
    await father.taps("Yes, it's this child")
    await father.taps("General queue")
    await fills_in_the_rest(father)
    await father.taps("Confirm")


@APPLYING.path(
    "apply-another-place", kk="Басқа жерде кезекке тұру", ru="В другом месте", en="In another place"
)
async def another_place(stage: Stage, language: str) -> None:
    """One child in two places; the same place twice is refused."""
    father = await stage.enters("Тимур", language)
    await applies(stage.house, father)
    await father.taps("Confirm")
    await father.says("/menu")
    await father.taps("Join the queue")
    await father.taps("General queue")
    await sees(father, "Cancel")
    await father.says(NEWCOMERS.daughter.iin.digits)
    await father.says("/menu")
    await father.taps("Join the queue")
    await father.taps("Begin anew")
    await father.taps("Another place")
    await father.says("Кентау")
    await father.taps("General queue")


@APPLYING.path(
    "apply-taken-iin", kk="ЖСН-нің өз телефоны бар", ru="У ИИН уже есть телефон", en="An IIN that has a phone"
)
async def taken(stage: Stage, language: str) -> None:
    """Somebody who knows both IINs gets nowhere; the owner comes in with the code."""
    thief = await stage.enters("Бөтен адам", language)
    await begins(thief)
    await tells_who(stage.house, thief, ALDABEKOVS.parent.iin.digits, Phone("+77015559901"))
    for wrong in ("000000", "000001", "000002"):
        await thief.says(wrong)
    await thief.says("/menu")
    await thief.says(ALDABEKOVS.child.person.iin.digits)


@APPLYING.path(
    "apply-not-my-child",
    kk="Тізілімде басқа ата-ана",
    ru="В реестре другие родители",
    en="Somebody else's child",
)
async def not_my_child(stage: Stage, language: str) -> None:
    """The register names other parents: nothing is shown, the department helps a guardian."""
    guardian = await stage.enters("Сәкен", language)
    await signs_in(stage.house, guardian, ALDABEKOVS)
    await begins(guardian)
    await guardian.hears(
        "Which child is it? Choose, or type the child's IIN: 12 digits from the birth certificate."
    )
    await guardian.says(NEWCOMERS.daughter.iin.digits)
    await sees(guardian, "I am the guardian")
    await guardian.taps("I am the guardian")


@APPLYING.path(
    "apply-second-phone",
    kk="Екінші телефонның иесі",
    ru="Владелец второго телефона",
    en="The second phone's owner",
)
async def second_phone(stage: Stage, language: str) -> None:
    """The code is typed by whoever holds the phone, in a chat of their own."""
    father = await stage.enters("Тимур", language)
    granny = await stage.enters("Әже", language)
    await begins(father)
    await tells_who(stage.house, father, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await sees(father, "Yes, that's me")
    await father.taps("Yes, that's me")
    await father.says(NEWCOMERS.phones[1].e164)
    question = father.screen
    await father.taps("It was typed there")
    await granny.says("/code")
    await granny.says(NEWCOMERS.phones[1].e164)
    await granny.says(await code_sent_to(stage.house, granny, NEWCOMERS.phones[1].e164))
    await father.hears("The second phone of your application is confirmed. You can go on.")
    await father.taps("It was typed there", on=question)


@APPLYING.path("apply-twins", kk="Егіздер", ru="Близнецы", en="Twins")
async def twins(stage: Stage, language: str) -> None:
    """After the first the other is offered with the same answers."""
    twin = iin_of(date(2024, 10, 9), Sex.MALE, 2700)
    both = (NEWCOMERS.daughter.iin, twin)
    register = stage.house.register
    register.people[NEWCOMERS.father.iin] = replace(NEWCOMERS.father, children=both)
    register.people[twin] = replace(
        NEWCOMERS.daughter, iin=twin, surname="Бекжанов", name="Әлихан", sex=Sex.MALE
    )
    father = await stage.enters("Тимур", language)
    await becomes_the_father(stage.house, father)
    await father.says("1")
    await sees(father, "Yes, it's this child")
    await father.taps("Yes, it's this child")
    await fills_in_the_rest(father)
    await father.taps("Confirm")
    await father.taps("Also for the twin")
    await sees(father, "Cancel")
    await father.says("1")
    await father.waits(lambda: "Әлихан" in father.sees, "the twin to be shown")
    await father.taps("Yes, it's this child")
    await father.taps("No, go on")
    await father.taps("Confirm")


@APPLYING.path(
    "apply-second-parent",
    kk="Анасы да өтініш береді",
    ru="Мать тоже подаёт заявление",
    en="The mother applies, too",
)
async def second_parent(stage: Stage, language: str) -> None:
    """The register names both: she is joined to the application that is there."""
    father = await stage.enters("Тимур", language)
    mother = await stage.enters("Лаура", language)
    await applies(stage.house, father)
    await father.taps("Confirm")
    await begins(mother)
    await tells_who(stage.house, mother, NEWCOMERS.mother.iin.digits, NEWCOMERS.phones[1])
    await sees(mother, "Yes, that's me")
    await mother.taps("Yes, that's me")
    await stage.passes(**MORE_THAN_A_CODE)
    await confirms_phone(stage.house, mother, NEWCOMERS.phones[0])
    await chooses_the_daughter(mother)
    await mother.taps("Confirm")
