"""Messages, the journal, the profile, children, settings, one's own data."""

from dataclasses import replace
from datetime import date

from domain.iin import Sex
from domain.notice import Deed
from storage import journal
from storage.transaction import Transaction
from tests.conversation.applying import applies
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS, TIKHONOVS, somebody
from tests.conversation.plays import code_mailed_to
from tests.fakes.pictures import a_face, a_small_page
from tests.transcripts.path import Paths
from tests.transcripts.paths.identity import CONTACT, cabinet, code
from tests.transcripts.stage import Stage

CABINET = Paths()
MAILBOX = "saken@pochta.example"
SON = somebody("Алдабеков", "Тамерлан", date(2025, 3, 9), Sex.MALE, 4100)


@CABINET.path("messages", kk="Хабарламалар", ru="Сообщения", en="Messages and the journal")
async def messages(stage: Stage, language: str) -> None:
    """What was told and what was done."""
    father = await stage.enters("Тимур", language)
    await applies(stage.house, father)
    await father.taps("Confirm")
    await stage.begins_like(father, "apply")
    await father.says("/menu")
    await father.taps("Messages")
    await father.taps(father.labels[0])
    await father.taps("All messages")
    await father.taps("My journal")


@CABINET.path("messages-empty", kk="Хабарламалар әлі жоқ", ru="Сообщений пока нет", en="No messages yet")
async def no_messages(stage: Stage, language: str) -> None:
    """What will stand there."""
    person = await stage.returns("Сәкен", language, ALDABEKOVS)
    await person.says("/menu")
    await person.taps("Messages")
    await person.taps("My journal")


@CABINET.path("profile", kk="Профайл", ru="Профиль", en="The profile")
async def profile(stage: Stage, language: str) -> None:
    """What is kept, an address that is changed, an e-mail with a slip, a photo that is too small and one."""
    person = await cabinet(stage, language)
    await person.taps("Profile")
    await person.taps("Address")
    await person.says("Абай көшесі, 3-үй")
    await person.taps("E-mail")
    await person.says("saken@pochta")
    await person.says(MAILBOX)
    await person.says(await code_mailed_to(stage.house, person, MAILBOX))
    await person.taps("Photo")
    await person.sends_file("face.jpg", a_small_page())
    await stage.is_calm()
    await person.sends_file("face.jpg", a_face())
    await person.hears("The photo is in your profile.")
    await person.taps("Photo")


@CABINET.path("children", kk="Балалар", ru="Дети", en="Children")
async def children(stage: Stage, language: str) -> None:
    """The child in the queue, one that is not the parent's, and one whom the register gives the parent."""
    person = await cabinet(stage, language)
    stage.house.register.people[SON.iin] = replace(SON, parents=(ALDABEKOVS.parent.iin,))
    await person.taps("Children")
    await person.taps(ALDABEKOVS.child.person.name)
    await person.taps("Children")
    await person.taps("Add a child")
    await person.says(ALDABEKOVS.parent.iin.digits)
    await person.says(NEWCOMERS.daughter.iin.digits)
    await stage.is_calm()
    await person.says(SON.iin.digits)
    born = person.t.day(SON.birth_date)
    await person.hears("{name}, born {date}. Is this the child?", name=f"{SON.surname} {SON.name}", date=born)
    await person.taps("Yes, it's this child")


@CABINET.path("settings", kk="Баптаулар", ru="Настройки", en="Settings")
async def settings(stage: Stage, language: str) -> None:
    """How to be told, and in which language; the rules in force; who looked at the data."""
    person = await cabinet(stage, language)
    await person.taps("My data")
    await person.says("/settings")
    await person.taps("Notices")
    await person.taps("By SMS")
    await person.taps("By e-mail")
    await person.says(MAILBOX)
    await person.says(await code_mailed_to(stage.house, person, MAILBOX))
    await person.taps("Settings")
    await person.taps("Rules of the queue")


@CABINET.path(
    "who-looked", kk="Деректерімді кім қарады", ru="Кто смотрел мои данные", en="Who looked at my data"
)
async def who_looked(stage: Stage, language: str) -> None:
    """Staff, with the reason; what the other parent and a helper did."""
    house = stage.house
    me, other = (house.world.parent_of(each) for each in (ALDABEKOVS, TIKHONOVS))

    def happened(tx: Transaction) -> None:
        looked = {"role": "operator", "reason": "№ 1200300401"}
        journal.note(tx, me, journal.by_staff(4), Deed.LOOKED, tx.now, data=looked)
        journal.note(tx, me, journal.by_helper(8), Deed.HELPER_JOINED, tx.now, channel="telegram")
        journal.note(tx, me, journal.by_parent(other), Deed.WITHDREW, tx.now, channel="whatsapp")

    await house.write(happened)
    person = await cabinet(stage, language)
    await person.taps("My data")


@CABINET.path("export", kk="Деректердің көшірмесі", ru="Копия данных", en="A copy of everything")
async def export(stage: Stage, language: str) -> None:
    """A ZIP with everything that is kept, by a link that is soon no good any more."""
    person = await cabinet(stage, language)
    await person.taps("My data")
    await person.taps("Get all my data")
    await stage.is_calm()


@CABINET.path("erase", kk="Деректерді өшіру", ru="Удаление данных", en="Erasing everything")
async def erase(stage: Stage, language: str) -> None:
    """What goes, what the law keeps, a code, the last question."""
    person = await cabinet(stage, language)
    await person.taps("My data")
    await person.taps("Erase my data")
    await person.taps("Go on to erasing")
    await code(stage, person, CONTACT)
    await person.taps("Confirm")
    await person.says("/menu")
