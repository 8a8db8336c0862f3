"""Everything that can be wrong with an application: slips, files, a stranger, a register that is down."""

from datetime import date

from domain.iin import Sex
from domain.phone import Phone
from tests.conversation.applying import ADDRESS, begins, chooses_the_daughter, confirms_phone, tells_who
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS, iin_of
from tests.conversation.plays import code_sent_to
from tests.fakes.pictures import a_bomb, a_dark_page, a_page, a_pdf, a_small_page
from tests.transcripts.path import Paths
from tests.transcripts.paths.applying import known_father, sees, the_father
from tests.transcripts.paths.first import stranger
from tests.transcripts.stage import Stage

SLIPS = Paths()
FAULTS = {
    "This photo is too dark. Please take it again by a window or a lamp.": ("page.jpg", a_dark_page()),
    "This picture is too small to read. Please send it larger, or take it closer.": (
        "page.jpg",
        a_small_page(),
    ),
    "This picture is huge. A usual photo taken with a phone is enough.": ("page.png", a_bomb()),
    "I can take a photo or a PDF. This is something else.": ("song.mp3", b"ID3" + bytes(200)),
    "The file is not what its name says. Please save it anew, or take a photo of it.": (
        "page.pdf",
        a_page(),
    ),
    "This file can't be opened: it is damaged. Please send it once more.": ("page.jpg", a_page()[:900]),
}
TOO_MANY = "There are too many pages: up to {number} can be taken. Please send only those that are needed."


@SLIPS.path(
    "apply-with-mistakes", kk="Қателермен толтыру", ru="Заявление с ошибками", en="With every mistake"
)
async def mistakes(stage: Stage, language: str) -> None:
    """Everything that is often typed wrong, and what is said of it."""
    father = await the_father(stage, language)
    await begins(father)
    for typed in ("9103143", "ЖСН", "910314301506", NEWCOMERS.daughter.iin.digits):
        await father.says(typed)
    await father.says(NEWCOMERS.father.iin.digits)
    for typed in ("8 7172 55 01 01", "123", "нөмір"):
        await father.says(typed)
    await father.says(NEWCOMERS.phones[0].e164)
    code = await code_sent_to(stage.house, father, NEWCOMERS.phones[0].e164)
    await father.says(f"{(int(code) + 1) % 1_000_000:06}")
    await father.taps("Send a new code")
    await stage.passes(minutes=2)
    await father.taps("Send a new code")
    await father.says(await code_sent_to(stage.house, father, NEWCOMERS.phones[0].e164, before=1))
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
    await chooses_the_daughter(father)
    await father.says("5")
    await father.says("қазақша")


@SLIPS.path("apply-file-faults", kk="Жарамсыз файлдар", ru="Неподходящие файлы", en="Files that won't do")
async def file_faults(stage: Stage, language: str) -> None:
    """Each is told what is wrong with it, and the next one is taken."""
    father = await known_father(stage, language)
    await chooses_the_daughter(father)
    await father.says(ADDRESS)
    await father.taps("Either will do")
    await father.taps("Serviceman")
    for words, (name, content) in FAULTS.items():
        await father.sends_file(name, content)
        await father.hears(words)
    await father.sends_file("page.pdf", a_pdf(16))
    await father.hears(TOO_MANY, number=15)
    await father.says("қосымша")
    await father.taps("Go on without it")


@SLIPS.path(
    "apply-taken-iin",
    kk="Бөгде біреудің ЖСН-і",
    ru="Чужой ИИН",
    en="Somebody else's IIN",
)
async def taken(stage: Stage, language: str) -> None:
    """Somebody who knows both IINs gets nowhere."""
    thief = await stranger(stage, language)
    await begins(thief)
    await tells_who(stage.house, thief, ALDABEKOVS.parent.iin.digits, Phone("+77015559901"))
    for wrong in ("000000", "000001", "000002"):
        await thief.says(wrong)
    await thief.says("/menu")
    await thief.says(ALDABEKOVS.child.person.iin.digits)
    await thief.taps("This is my child")


@SLIPS.path(
    "apply-not-my-child",
    kk="Мемлекеттік базада басқа ата-ана",
    ru="В государственной базе другие родители",
    en="The register names other parents",
)
async def not_my_child(stage: Stage, language: str) -> None:
    """Nothing is shown; the department helps a guardian."""
    guardian = await stage.returns("Сәкен", language, ALDABEKOVS)
    await begins(guardian)
    await stage.is_calm()
    await guardian.says(NEWCOMERS.daughter.iin.digits)
    await sees(guardian, "I am the guardian")
    await guardian.taps("I am the guardian")


@SLIPS.path(
    "apply-register-down",
    kk="Мемлекеттік база жауап бермегенде",
    ru="Государственная база не отвечает",
    en="The register is down",
)
async def register_down(stage: Stage, language: str) -> None:
    """Names are typed; the endings of one say another sex than the IIN. Later it is compared."""
    register = stage.house.register
    register.down = True
    father = await the_father(stage, language)
    await begins(father)
    await stage.begins_like(father, "apply")
    await tells_who(stage.house, father, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await stage.waits_in_vain()
    await father.says("бекжанов")
    await father.says("бекжанов тимер")
    await confirms_phone(stage.house, father, NEWCOMERS.phones[1])
    await father.says(NEWCOMERS.daughter.iin.digits)
    await stage.waits_in_vain()
    await father.says("Бекжанов Айлар Тимурұлы")
    await father.says("Бекжанова Айла")
    await father.says("үй")
    await father.says("Абай көшесі, 3-үй")
    await father.taps("Either will do")
    await father.taps("No, go on")
    await father.taps("That's good")
    await father.taps("Confirm")
    await stage.passes(hours=5)
    register.down = False
    await stage.house.asks_the_register()
    await stage.is_calm()
    await father.says("/my")
