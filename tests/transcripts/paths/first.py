"""The first contact, checking the queue as a stranger, signing in, the operator, the rules."""

from bot.centre import line
from bot.department.officer import Officer
from bot.texts import LANGUAGES
from tests.conversation.made_up import ALDABEKOVS, NOBODY
from tests.conversation.person import Person
from tests.conversation.plays import asks_for_code, checks, signs_in
from tests.transcripts.path import Paths, in_language
from tests.transcripts.stage import Stage

FIRST = Paths()
TOWN = {"kk": "Түркістан", "ru": "Туркестан", "en": "Turkistan"}


async def somebody(stage: Stage, language: str, *, known: bool = True) -> Person:
    """Whoever it is."""
    name = in_language(language, kk="Ата-ана", ru="Родитель", en="A parent")
    return await stage.enters(name, language, known=known)


async def stranger(stage: Stage, language: str) -> Person:
    """Somebody whom it does not concern."""
    name = in_language(language, kk="Бөгде адам", ru="Посторонний", en="A stranger")
    return await stage.enters(name, language)


@FIRST.path("first-contact", kk="Алғашқы танысу", ru="Первое знакомство", en="First contact")
async def first_contact(stage: Stage, language: str) -> None:
    """Language, the data policy, the place; misspelt, too."""
    person = await somebody(stage, language, known=False)
    await person.says("/start")
    await person.taps(LANGUAGES[language])
    await person.taps("I do not agree")
    await person.taps("Read the policy")
    await person.taps("I agree")
    await person.says("Атлантида")
    await person.says(TOWN[language])
    await person.says("/help")


@FIRST.path(
    "check-as-a-stranger", kk="Бөгде адам тексереді", ru="Проверяет посторонний", en="A stranger checks"
)
async def check(stage: Stage, language: str) -> None:
    """Place, size, date, status; never a name. What is unknown, mistyped or tried too often is said."""
    person = await stranger(stage, language)
    await checks(person, ALDABEKOVS.child.person.iin.digits)
    await person.taps("Check another")
    await person.says(NOBODY.digits)
    await person.taps("Check another")
    await person.says("920517301204")
    await person.says("1200300499")
    for child in ("1200300402", "1200300403", "1200300404"):
        await person.says(child)


@FIRST.path("sign-in", kk="Кіру", ru="Вход", en="Signing in")
async def sign_in(stage: Stage, language: str) -> None:
    """A code to the confirmed phone; a wrong one first, one that has run out, and out again."""
    father = await stage.enters("Сәкен", language)
    await father.says("/my")
    await father.says(ALDABEKOVS.parent.iin.digits)
    await father.says("000000")
    await stage.passes(minutes=6)
    await father.says("000000")
    await father.says("/cancel")
    await signs_in(stage.house, father, ALDABEKOVS)
    await father.says("/settings")
    await father.taps("Sign out")


@FIRST.path("too-many-codes", kk="Тым көп код сұрау", ru="Слишком много кодов", en="Too many codes")
async def too_many_codes(stage: Stage, language: str) -> None:
    """Three wrong answers end a code; three codes an hour go to a phone."""
    person = await stranger(stage, language)
    await asks_for_code(person, ALDABEKOVS)
    for wrong in ("000000", "000001", "000002"):
        await person.says(wrong)
    for _ in range(2):
        await stage.passes(minutes=2)
        await person.taps("Send a new code")
    await stage.passes(minutes=2)
    await person.taps("Send a new code")


@FIRST.path("rules", kk="Аумақтың ережелері", ru="Правила территории", en="The rules of a place")
async def rules(stage: Stage, language: str) -> None:
    """Open to anyone."""
    person = await somebody(stage, language)
    await person.says("/settings")
    await person.taps("Rules of the queue")


@FIRST.path("operator", kk="Оператор", ru="Оператор", en="The operator")
async def operator(stage: Stage, language: str) -> None:
    """Whom to call, a question that is kept, a word more, and whether it helped."""
    person = await somebody(stage, language)
    await person.says("/menu")
    await person.taps("Operator")
    question = in_language(
        language,
        kk="Бала екі қалада кезекте тұра ала ма?",
        ru="Можно ли стоять в очереди в двух городах?",
        en="Can a child be in the queue of two towns?",
    )
    more = in_language(
        language,
        kk="Түркістан мен Кентау туралы айтып тұрмын",
        ru="Я про Туркестан и Кентау",
        en="I mean Turkistan and Kentau",
    )
    await person.says(question)
    await person.says(more)
    await person.taps("Add to my question")
    await stage.passes(minutes=2)
    chat = (await stage.house.contact_of(person)).conversation_id
    await stage.house.write(lambda tx: line.close(tx, Officer(4, "operator"), chat))
    await person.hears("The operator has closed your question. Did we help? Five stars are the most.")
    await person.taps("★★★★★")


@FIRST.path(
    "operator-closed",
    kk="Оператор жұмыс уақытынан тыс",
    ru="Оператор в нерабочее время",
    en="The operator out of hours",
)
async def operator_closed(stage: Stage, language: str) -> None:
    """When it opens, the place in the line, and leaving it."""
    person = await somebody(stage, language)
    await stage.passes(hours=4)
    await person.says("/menu")
    await person.taps("Operator")
    await person.says(in_language(language, kk="Анықтама керек пе?", ru="Нужна справка?", en="Which papers?"))
    await person.taps("How long do I still wait?")
    await person.taps("No answer needed")
