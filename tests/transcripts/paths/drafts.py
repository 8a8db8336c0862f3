"""An application that waits: over days, in another messenger, and when something changed meanwhile."""

from datetime import timedelta

from bot.flows import consent
from domain.policy import Policy
from domain.policy_data import to_data
from storage import loading
from tests.conversation.applying import (
    applies,
    becomes_the_father,
    chooses_the_daughter,
    fills_in_the_rest,
)
from tests.conversation.made_up import NEWCOMERS
from tests.conversation.person import Person
from tests.conversation.plays import code_mailed_to, code_sent_to
from tests.conversation.world import CENTRE
from tests.transcripts.path import Paths, in_language
from tests.transcripts.paths.applying import known_father, the_father
from tests.transcripts.stage import Stage

DRAFTS = Paths()
MAILBOX = "timur@pochta.example"


async def at_the_last_look(stage: Stage, language: str) -> Person:
    """Тимур, with everything filled in."""
    father = await the_father(stage, language)
    await applies(stage.house, father)
    await stage.begins_like(father, "apply")
    return father


@DRAFTS.path(
    "apply-later", kk="Бес күннен кейін жалғастыру", ru="Продолжение через пять дней", en="Five days later"
)
async def later(stage: Stage, language: str) -> None:
    """A draft that waits, and one answer that is changed at the end."""
    father = await known_father(stage, language)
    await father.taps("Cancel")
    await father.taps("Keep it for later")
    await stage.passes(days=5)
    await father.says("/menu")
    await father.taps("Go on where I stopped")
    await father.hears("{name}, born {date}. Is that you?", name="Тимур Б.", date="14.03.1991")
    await father.taps("Yes, that's me")
    await father.waits(lambda: "09.10.2024" in str(father.labels), "the question for the child")
    await chooses_the_daughter(father)
    await fills_in_the_rest(father)
    await father.taps("News")
    await father.taps("Another language")
    await father.says("2")
    await father.taps("By e-mail instead")
    await father.says("timur@pochta")
    await father.says(MAILBOX)
    await father.says(await code_mailed_to(stage.house, father, MAILBOX))
    await father.taps("Confirm")


@DRAFTS.path("apply-dropped", kk="Толтырғанды өшіру", ru="Удаление начатого", en="A draft that is dropped")
async def dropped(stage: Stage, language: str) -> None:
    """Only when that is surely meant."""
    father = await known_father(stage, language)
    await father.says("/cancel")
    await father.taps("Go on filling in")
    await father.taps("Cancel")
    await father.taps("Drop it")


@DRAFTS.path(
    "apply-in-another-messenger",
    kk="Басқа мессенджерде жалғастыру",
    ru="Продолжение в другом мессенджере",
    en="Going on in another messenger",
)
async def in_another_messenger(stage: Stage, language: str) -> None:
    """Begun on one device, sent in on another; the first one hears of it when it is taken up."""
    phone = await the_father(stage, language)
    await becomes_the_father(stage.house, phone)
    await chooses_the_daughter(phone)
    await stage.begins_like(phone, "apply")
    await stage.passes(hours=3)
    device = in_language(language, kk="Тимур, планшет", ru="Тимур, планшет", en="Тимур, tablet")
    tablet = await stage.enters(device, language)
    await tablet.says("/settings")
    await tablet.taps("Sign in")
    await tablet.says(NEWCOMERS.father.iin.digits)
    await tablet.waits(lambda: len(stage.house.sms.sent) > 2, "the code")
    await tablet.says(await code_sent_to(stage.house, tablet, NEWCOMERS.phones[0].e164))
    await tablet.hears("Good day, {name}!", name=NEWCOMERS.father.name)
    await tablet.taps("Go on here")
    await fills_in_the_rest(tablet)
    await tablet.taps("Confirm")
    await stage.is_calm()
    await phone.says("/menu")
    await phone.taps("Go on where I stopped")


@DRAFTS.path(
    "apply-consent-changed",
    kk="Деректер саясаты өзгергенде",
    ru="Политика данных изменилась",
    en="The data policy has changed",
)
async def consent_changed(stage: Stage, language: str) -> None:
    """It is asked again before anything goes on, and nothing that was filled in is lost."""
    father = await at_the_last_look(stage, language)
    known, consent.VERSION = consent.VERSION, "2027-01"
    try:
        await father.taps("Confirm")
        await father.taps("I agree")
        await father.taps("Confirm")
    finally:
        consent.VERSION = known


@DRAFTS.path(
    "apply-aged-out",
    kk="Бала бұл арада өсіп кеткенде",
    ru="Ребёнок за это время вырос",
    en="The child has grown too old meanwhile",
)
async def aged_out(stage: Stage, language: str) -> None:
    """A draft that was left for years."""
    father = await at_the_last_look(stage, language)
    await father.says("/menu")
    await stage.passes(days=4 * 365)
    await father.says("/menu")
    await father.taps("Go on where I stopped")


@DRAFTS.path(
    "apply-rules-changed",
    kk="Аумақтың тілдері өзгергенде",
    ru="Языки на территории изменились",
    en="The place has other languages now",
)
async def rules_changed(stage: Stage, language: str) -> None:
    """What is no longer good is asked again, and the rest is kept."""
    father = await at_the_last_look(stage, language)
    region = stage.house.world.territories["region"]
    since = stage.house.clock.read() + timedelta(days=1)
    rules = to_data(Policy(contact_centre=CENTRE, languages=("kk", "en")))
    new = {"territory_id": region, "in_force_from": since, "data": rules}
    await stage.house.write(lambda tx: loading.put_policies(tx, [new]))
    await stage.passes(days=2)
    await father.taps("Confirm")
    await father.hears("{name}, born {date}. Is that you?", name="Тимур Б.", date="14.03.1991")
    await father.taps("Yes, that's me")
    await father.hears("{name}, born {date}. Is this the child?", name="Айла Б.", date="09.10.2024")
    await father.taps("Yes, it's this child")
    await father.taps("Either will do")
    await father.taps("Confirm")
