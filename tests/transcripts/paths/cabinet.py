"""Messages, the journal, the profile, children, settings, one's own data."""

from tests.conversation.applying import applies
from tests.conversation.made_up import NEWCOMERS
from tests.fakes.pictures import a_face
from tests.transcripts.path import Paths
from tests.transcripts.paths.identity import CONTACT, cabinet, code
from tests.transcripts.stage import Stage

CABINET = Paths()


@CABINET.path("messages", kk="Хабарламалар", ru="Сообщения", en="Messages and the journal")
async def messages(stage: Stage, language: str) -> None:
    """What was told and what was done."""
    father = await stage.enters("Тимур", language)
    await applies(stage.house, father)
    await father.taps("Confirm")
    await father.says("/menu")
    await father.taps("Messages")
    await father.taps("My journal")


@CABINET.path("profile", kk="Профайл", ru="Профиль", en="The profile")
async def profile(stage: Stage, language: str) -> None:
    """What is kept, an address that is changed, a photo."""
    person = await cabinet(stage, language)
    await person.taps("Profile")
    await person.taps("Address")
    await person.says("Абай көшесі, 3-үй")
    await person.taps("Photo")
    await person.sends_file("face.jpg", a_face())
    await stage.is_calm()


@CABINET.path("children", kk="Балалар", ru="Дети", en="Children")
async def children(stage: Stage, language: str) -> None:
    """The child in the queue, and one that is not the parent's."""
    person = await cabinet(stage, language)
    await person.taps("Children")
    await person.taps("Add a child")
    await person.says(NEWCOMERS.daughter.iin.digits)
    await stage.is_calm()


@CABINET.path("settings", kk="Баптаулар", ru="Настройки", en="Settings")
async def settings(stage: Stage, language: str) -> None:
    """How to be told, and in which language."""
    person = await cabinet(stage, language)
    await person.says("/settings")
    await person.presses("mydata")


@CABINET.path("erase", kk="Деректерді өшіру", ru="Удаление данных", en="Erasing everything")
async def erase(stage: Stage, language: str) -> None:
    """What goes, what the law keeps, a code, the last question."""
    person = await cabinet(stage, language)
    await person.presses("erase")
    await person.taps("Go on to erasing")
    await code(stage, person, CONTACT)
    await person.taps("Confirm")
