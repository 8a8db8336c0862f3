"""Two parents of a child, several accounts, a helper."""

from tests.conversation.applying import (
    applies,
    becomes_the_father,
    chooses_the_daughter,
    confirms_phone,
    fills_in_the_rest,
    tells_who,
    wants_to_join,
)
from tests.conversation.helper_plays import PHONE
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to, signs_in
from tests.transcripts.path import Paths
from tests.transcripts.paths.identity import cabinet, code
from tests.transcripts.stage import Stage

FAMILY = Paths()
ASKS = "Somebody asks to become the second parent of your child here."


@FAMILY.path(
    "second-parent-by-register",
    kk="Екінші ата-ана: тізілімде екеуі де көрсетілген",
    ru="Второй родитель: реестр называет обоих",
    en="A second parent whom the register names, too",
)
async def by_register(stage: Stage, language: str) -> None:
    """The mother applies for the daughter for whom the father has applied."""
    father = await stage.enters("Тимур", language)
    await applies(stage.house, father)
    await father.taps("Confirm")
    await stage.passes(hours=2)
    mother = await stage.enters("Лаура", language)
    await mother.says("/menu")
    await mother.taps("Join the queue")
    await mother.taps("General queue")
    await tells_who(stage.house, mother, NEWCOMERS.mother.iin.digits, ALDABEKOVS.phones[0])
    await mother.hears("{name}, born {date}. Is that you?", name="Лаура Б.", date="02.09.1993")
    await mother.taps("Yes, that's me")
    await confirms_phone(stage.house, mother, ALDABEKOVS.phones[1])
    await chooses_the_daughter(mother)
    await mother.taps("Confirm")
    await stage.is_calm()


async def two(stage: Stage, language: str) -> tuple[Person, Person]:
    """The parent who is there is asked, for the other one applies for the same child."""
    mother = await stage.enters("Вера", language)
    await signs_in(stage.house, mother, TIKHONOVS)
    father = await cabinet(stage, language)
    await wants_to_join(father, TIKHONOVS.child.person.iin)
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
    await father.taps("Confirm")
    await mother.hears(ASKS)


@FAMILY.path(
    "apply-in-another-messenger",
    kk="Басқа мессенджерде жалғастыру",
    ru="Продолжение в другом мессенджере",
    en="Going on in another messenger",
)
async def in_another_messenger(stage: Stage, language: str) -> None:
    """Begun on one device, sent in on another; the first one hears of it when it is taken up."""
    phone = await stage.enters("Тимур", language)
    await becomes_the_father(stage.house, phone)
    await chooses_the_daughter(phone)
    await stage.passes(hours=3)
    tablet = await stage.enters("Тимур, планшет", language)
    await tablet.says("/settings")
    await tablet.taps("Sign in")
    sent = len(stage.house.sms.sent)
    await tablet.says(NEWCOMERS.father.iin.digits)
    await tablet.waits(lambda: len(stage.house.sms.sent) > sent, "the code")
    await tablet.says(await code_sent_to(stage.house, tablet, NEWCOMERS.phones[0].e164))
    await tablet.hears("Good day, {name}!", name=NEWCOMERS.father.name)
    await tablet.taps("Go on here")
    await fills_in_the_rest(tablet)
    await tablet.taps("Confirm")
    await phone.says("/menu")
    await phone.taps("Go on where I stopped")


@FAMILY.path(
    "invite-second-parent", kk="Екінші ата-ананы қосу", ru="Второй родитель", en="Adding the second parent"
)
async def invite(stage: Stage, language: str) -> None:
    """Somebody who is known already is joined by the first parent's word."""
    mother = await stage.enters("Вера", language)
    await signs_in(stage.house, mother, TIKHONOVS)
    father = await cabinet(stage, language)
    await father.says("/menu")
    await father.taps("My applications")
    await father.taps("More…")
    await father.taps("Second parent")
    await father.taps("Add second parent")
    await father.says(ALDABEKOVS.child.person.iin.digits)
    await father.says(ALDABEKOVS.parent.iin.digits)
    await father.says(TIKHONOVS.parent.iin.digits)
    await father.taps("Confirm")
    await stage.is_calm()
    await mother.says("/menu")
    await mother.taps("My applications")


@FAMILY.path("helper", kk="Көмекшінің телефоны", ru="Телефон помощника", en="A helper's phone")
async def helper(stage: Stage, language: str) -> None:
    """Named, agreed to, looks on, ended."""
    father = await cabinet(stage, language)
    granny = await stage.enters("Әже", language)
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
    await granny.presses("cabinet")
    await father.presses("helper")
    await father.taps("End it")
    await stage.is_calm()


@FAMILY.path("accounts", kk="Аккаунттар", ru="Аккаунты", en="Accounts")
async def accounts(stage: Stage, language: str) -> None:
    """Two of one parent; one signs the other out."""
    first = await stage.enters("Сәкен", language)
    await signs_in(stage.house, first, ALDABEKOVS)
    await stage.passes(minutes=2)
    second = await cabinet(stage, language, "Сәкен, басқа телефон")
    await second.taps("Accounts")
    await stage.is_calm()
