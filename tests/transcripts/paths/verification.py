"""What the state register says later: about names that were typed, and about privileges."""

from dataclasses import replace

from domain.iin import Sex
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS
from tests.conversation.person import Person
from tests.conversation.unconfirmed import typed_while_it_was_down
from tests.transcripts.path import Paths
from tests.transcripts.stage import Stage

VERIFICATION = Paths()
CHILD = ALDABEKOVS.child.person


async def compared(stage: Stage, language: str, *, typed: str = "") -> Person:
    """Сәкен, whose child's name was typed while the register was down; his own agrees."""
    await typed_while_it_was_down(stage.house, ALDABEKOVS, child=typed)
    return await stage.returns("Сәкен", language, ALDABEKOVS)


@VERIFICATION.path(
    "register-disagrees",
    kk="Деректер мемлекеттік базамен сәйкес келмегенде",
    ru="Данные не совпали с государственной базой",
    en="The register disagrees",
)
async def disagrees(stage: Stage, language: str) -> None:
    """Told by the field, never by its words; nothing happens by itself."""
    house = stage.house
    father = await compared(stage, language, typed="Басқаева")
    await father.says("/my")
    house.register.people[CHILD.iin] = replace(CHILD, sex=Sex.MALE)
    await stage.passes(hours=2)
    await house.asks_the_register()
    await stage.is_calm()
    await father.says("/menu")
    await father.taps("Messages")


@VERIFICATION.path(
    "register-names-others",
    kk="Мемлекеттік базада басқа ата-ана көрсетілгенде",
    ru="В базе указаны другие родители",
    en="The register names other parents later",
)
async def names_others(stage: Stage, language: str) -> None:
    """The department looks at it; the application stays."""
    house = stage.house
    father = await compared(stage, language)
    await father.says("/menu")
    house.register.people[CHILD.iin] = replace(CHILD, parents=(NEWCOMERS.father.iin,))
    await house.asks_the_register()
    await stage.is_calm()
    await father.says("/my")


@VERIFICATION.path(
    "register-learns",
    kk="Мемлекеттік база кейін растағанда",
    ru="Государственная база подтвердила позже",
    en="The register confirms later",
)
async def learns(stage: Stage, language: str) -> None:
    """A child whom it did not know is known the next day."""
    house = stage.house
    father = await compared(stage, language)
    await father.says("/menu")
    house.register.missing = {CHILD.iin}
    await house.asks_the_register()
    await stage.passes(days=1)
    house.register.missing = set()
    await house.asks_the_register()
    await stage.is_calm()
    await father.says("/my")


@VERIFICATION.path(
    "privilege-by-the-register",
    kk="Жеңілдік: мемлекеттік база растайды, кейін растамайды",
    ru="Льгота: подтверждена и утрачена",
    en="A privilege that comes and goes by the register",
)
async def by_the_register(stage: Stage, language: str) -> None:
    """It moves the application ahead; ninety days later it is lost, and objected to."""
    house = stage.house
    father = await compared(stage, language)
    await father.says("/menu")
    house.register.people[CHILD.iin] = replace(CHILD, privileges=("large_family",))
    await house.asks_the_register()
    await stage.passes(days=90, seconds=1)
    house.register.people[CHILD.iin] = replace(CHILD, privileges=())
    await house.asks_the_register()
    await stage.is_calm()
    await father.taps("Privileges")
    await father.taps("Large family")
    await father.taps("Object")
    await stage.passes(days=11)
    await father.says("/my")
    await father.taps("Why did it move?")
