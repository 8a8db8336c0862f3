"""Two parents of a child, several accounts, a helper."""

from tests.conversation.helper_plays import PHONE
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS, TIKHONOVS
from tests.conversation.plays import signs_in
from tests.transcripts.path import Paths
from tests.transcripts.paths.identity import cabinet, code
from tests.transcripts.stage import Stage

FAMILY = Paths()


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
