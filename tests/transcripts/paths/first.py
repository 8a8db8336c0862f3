"""The first contact, checking the queue as a stranger, signing in."""

from bot.texts import LANGUAGES
from tests.conversation.made_up import ALDABEKOVS, NOBODY
from tests.conversation.plays import checks, signs_in
from tests.transcripts.path import Paths
from tests.transcripts.stage import Stage

FIRST = Paths()
TOWN = {"kk": "Түркістан", "ru": "Туркестан", "en": "Turkistan"}


@FIRST.path("first-contact", kk="Алғашқы танысу", ru="Первое знакомство", en="First contact")
async def first_contact(stage: Stage, language: str) -> None:
    """Language, the data policy, the place."""
    somebody = await stage.enters("Ата-ана", language, known=False)
    await somebody.says("/start")
    await somebody.taps(LANGUAGES[language])
    await somebody.taps("Read the policy")
    await somebody.taps("I agree")
    await somebody.says(TOWN[language])
    await somebody.says("/help")


@FIRST.path(
    "check-as-a-stranger", kk="Бөтен адам тексереді", ru="Проверяет посторонний", en="A stranger checks"
)
async def check(stage: Stage, language: str) -> None:
    """Place, size, date, status; never a name. What is unknown or mistyped is said."""
    stranger = await stage.enters("Бөтен адам", language)
    await checks(stranger, ALDABEKOVS.child.person.iin.digits)
    await checks(stranger, NOBODY.digits)
    await checks(stranger, "920517301204")
    await stranger.says("1200300499")


@FIRST.path("sign-in", kk="Кіру", ru="Вход", en="Signing in")
async def sign_in(stage: Stage, language: str) -> None:
    """A code to the confirmed phone; a wrong one first."""
    father = await stage.enters("Сәкен", language)
    await father.says("/settings")
    await father.taps("Sign in")
    await father.says(ALDABEKOVS.parent.iin.digits)
    await father.says("000000")
    await father.says("/cancel")
    await stage.passes(minutes=2)
    await signs_in(stage.house, father, ALDABEKOVS)


@FIRST.path("rules", kk="Аумақтың ережелері", ru="Правила территории", en="The rules of a place")
async def rules(stage: Stage, language: str) -> None:
    """Open to anyone."""
    somebody = await stage.enters("Ата-ана", language)
    await somebody.presses("rules")
