"""Two parents of a child, several accounts, a helper."""

from tests.conversation.applying import (
    applies,
    begins,
    chooses_the_daughter,
    confirms_phone,
    tells_who,
    wants_to_join,
)
from tests.conversation.helper_plays import PHONE
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import signs_in
from tests.transcripts.path import Paths, in_language
from tests.transcripts.paths.identity import cabinet, code
from tests.transcripts.stage import Stage

FAMILY = Paths()
ASKS = "Somebody asks to become the second parent of your child here."


@FAMILY.path(
    "second-parent-by-register",
    kk="Екінші ата-ана: мемлекеттік базада екеуі де бар",
    ru="Второй родитель: в государственной базе указаны оба",
    en="A second parent whom the register names, too",
)
async def by_register(stage: Stage, language: str) -> None:
    """The mother applies for the daughter for whom the father has applied."""
    father = await stage.enters("Тимур", language)
    await applies(stage.house, father)
    await father.taps("Confirm")
    await stage.begins_like(father, "apply")
    await stage.passes(hours=2)
    mother = await stage.enters("Лаура", language)
    await begins(mother)
    await tells_who(stage.house, mother, NEWCOMERS.mother.iin.digits, ALDABEKOVS.phones[0])
    await mother.hears("{name}, born {date}. Is that you?", name="Лаура Б.", date="02.09.1993")
    await mother.taps("Yes, that's me")
    await confirms_phone(stage.house, mother, ALDABEKOVS.phones[1])
    await chooses_the_daughter(mother)
    await mother.taps("Confirm")
    await stage.is_calm()


async def two(stage: Stage, language: str) -> tuple[Person, Person]:
    """The parent who is there is asked, for the other one applies for the same child.

    The register is silent about the parents.
    """
    child = TIKHONOVS.child.person
    stage.house.register.people[child.iin] = child
    mother = await stage.returns("Вера", language, TIKHONOVS)
    await mother.says("/my")
    father = await stage.returns("Сәкен", language, ALDABEKOVS)
    await wants_to_join(father, child.iin)
    await father.taps("Confirm")
    await mother.hears(ASKS)
    return mother, father


@FAMILY.path(
    "second-parent-agreed",
    kk="Екінші ата-ана: біріншісі келіседі",
    ru="Второй родитель: первый соглашается",
    en="A second parent, and the first agrees",
)
async def agreed(stage: Stage, language: str) -> None:
    """The first parent taps."""
    mother, father = await two(stage, language)
    await stage.passes(hours=1)
    await mother.taps("Agree")
    await mother.taps("Yes, I agree")
    await father.hears("The other parent has agreed: now you are a parent of the child here, too.")
    await father.taps("My applications")


@FAMILY.path(
    "second-parent-declined",
    kk="Екінші ата-ана: біріншісі бас тартады",
    ru="Второй родитель: первый отказывает",
    en="A second parent, and the first declines",
)
async def declined(stage: Stage, language: str) -> None:
    """The one who asked asks again, too early."""
    mother, father = await two(stage, language)
    await stage.passes(hours=1)
    await mother.taps("Decline")
    await mother.taps("Yes, decline")
    await stage.is_calm()
    await father.says("/menu")
    await father.taps("Go on where I stopped")
    await father.taps("Confirm")


@FAMILY.path(
    "second-parent-unanswered",
    kk="Екінші ата-ана: жеті күн жауап жоқ",
    ru="Второй родитель: семь дней без ответа",
    en="A second parent, and no answer for seven days",
)
async def unanswered(stage: Stage, language: str) -> None:
    """The first parent presses too late; the second asks again."""
    mother, father = await two(stage, language)
    asked = mother.screen
    await stage.passes(days=7, hours=1)
    await mother.taps("Agree", on=asked)
    await father.says("/menu")
    await father.taps("Go on where I stopped")
    await father.waits(lambda: father.t("Yes, it's this child") in father.labels, "the child to be shown")
    await father.taps("Yes, it's this child")
    await father.taps("Confirm")
    await mother.hears(ASKS)


@FAMILY.path(
    "invite-second-parent", kk="Екінші ата-ананы қосу", ru="Второй родитель", en="Adding the second parent"
)
async def invite(stage: Stage, language: str) -> None:
    """Somebody who is known already is joined by the first parent's word."""
    mother = await stage.returns("Вера", language, TIKHONOVS)
    await mother.says("/my")
    father = await stage.returns("Сәкен", language, ALDABEKOVS)
    await father.says("/my")
    await father.taps("More…")
    await father.taps("Second parent")
    await father.taps("Add second parent")
    await father.says(ALDABEKOVS.child.person.iin.digits)
    await father.says(ALDABEKOVS.parent.iin.digits)
    await father.says(TIKHONOVS.parent.iin.digits)
    await father.taps("Confirm")
    await stage.is_calm()
    await mother.taps("My applications")


@FAMILY.path(
    "invite-a-newcomer",
    kk="Екінші ата-ананы шақыру",
    ru="Приглашение второго родителя",
    en="Inviting a second parent who is not here yet",
)
async def invite_newcomer(stage: Stage, language: str) -> None:
    """The invitation waits for a week, and can be taken back."""
    father = await stage.returns("Сәкен", language, ALDABEKOVS)
    await father.says("/my")
    await father.taps("More…")
    await father.taps("Second parent")
    await father.taps("Add second parent")
    await father.says(NEWCOMERS.mother.iin.digits)
    await father.taps("Confirm")
    await father.taps("Take it back")


async def grandmother(stage: Stage, language: str) -> Person:
    """Somebody with a smartphone."""
    return await stage.enters(in_language(language, kk="Әжесі", ru="Бабушка", en="Grandmother"), language)


async def helper_at_work(stage: Stage, language: str) -> tuple[Person, Person]:
    """Named by the father, and agreed."""
    father = await cabinet(stage, language)
    granny = await grandmother(stage, language)
    await father.taps("Helper's phone")
    await father.taps("Name a helper")
    await father.says(NEWCOMERS.phones[0].e164[:8])
    await father.says(PHONE.e164)
    await father.says("Әже")
    await father.taps("Confirm")
    await stage.is_calm()
    await granny.says("/helper")
    await granny.says(PHONE.e164)
    await code(stage, granny, PHONE.e164)
    await stage.is_calm()
    return father, granny


@FAMILY.path("helper", kk="Көмекшінің телефоны", ru="Телефон помощника", en="A helper's phone")
async def helper(stage: Stage, language: str) -> None:
    """Named, agreed to, looks on, is told, can't act, ended."""
    father, granny = await helper_at_work(stage, language)
    await granny.taps(ALDABEKOVS.child.person.name)
    await father.says("/my")
    await father.taps("More…")
    await father.taps("Pause")
    await father.taps("Yes, pause it")
    await stage.is_calm()
    await granny.says("/my")
    await father.says("/settings")
    await father.taps("My cabinet")
    await father.taps("Helper's phone")
    await father.taps("End it")
    await stage.is_calm()


@FAMILY.path("helper-stops", kk="Көмекші тоқтатады", ru="Помощник прекращает", en="A helper stops")
async def helper_stops(stage: Stage, language: str) -> None:
    """By one tap; the family is told."""
    father, granny = await helper_at_work(stage, language)
    await stage.begins_like(father, "helper")
    await stage.begins_like(granny, "helper")
    await granny.says("/menu")
    await granny.taps("Families I help")
    await granny.taps("Don't help any more")
    await granny.taps("Yes, stop helping")
    await granny.says("/helper")
    await granny.says(NEWCOMERS.phones[0].e164)
    await granny.says("000000")
    await stage.is_calm()
    await father.taps("Helper's phone")


@FAMILY.path("accounts", kk="Аккаунттар", ru="Аккаунты", en="Accounts")
async def accounts(stage: Stage, language: str) -> None:
    """Two of one parent; one signs the other out."""
    first = await stage.returns("Сәкен", language, ALDABEKOVS)
    await first.says("/my")
    await stage.passes(days=1)
    here = in_language(language, kk="Сәкен, жұмыста", ru="Сәкен, на работе", en="Сәкен, at work")
    second = await stage.enters(here, language)
    await signs_in(stage.house, second, ALDABEKOVS)
    await stage.is_calm()
    await first.taps("Accounts")
    await first.taps(first.labels[0])
    await first.taps("Yes, sign out")
    await stage.is_calm()
    await second.says("/my")
