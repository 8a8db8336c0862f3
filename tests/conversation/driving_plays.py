"""What operators do in these plays, and what is read of it in the log."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.centre import answering, driving, whispering
from bot.clockwork import Clockwork
from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from domain.staff import StaffRole
from storage.centre import line, steering, whispers
from storage.centre.line import HelpRequest
from storage.centre.whispers import Whisper
from storage.message_history import StoredMessage, history
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.person import Person

AIGUL, BERIK = Officer(4711, StaffRole.OPERATOR.value), Officer(4712, StaffRole.OPERATOR.value)
BEGUN = (
    "An operator talks with you here now, and the bot is silent: what you type is read by the operator. "
    "Buttons work as always."
)
ENDED = "The operator has finished. The bot answers you again."
SILENT = "The operator has been silent for {minutes} minutes: the bot answers you again."
IN_THE_LINE = "Your question stays in the line: an operator will answer it here."
BACK_AGAIN = "The bot answers you again."
NOT_SEEN = (
    "The operator reads that you have sent this, and can't open it here. Please say it in words. "
    "Documents are sent to the bot, where it asks for them."
)
BACK, ON = "Back to the bot", "Go on with the bot"
TO_OPERATOR = "What you type goes to the operator now. To answer the bot, take it back first."
YES, NO = "Yes, that is right", "No"

Doing = Callable[..., Audited]


async def does(house: House, person: Person, deed: Doing, *given: Any, by: Officer = AIGUL) -> Audited:
    """An operator does something in a person's conversation."""
    chat = (await house.contact_of(person)).conversation_id
    audited: Audited = await house.write(lambda tx: deed(tx, by, chat, *given))
    return audited


async def drives(house: House, person: Person, by: Officer = AIGUL) -> None:
    """An operator talks in the bot's stead; the parent has read so. Time stands from now on."""
    house.witness.spoken_with.add((person.channel, person.chat))
    passes(house)
    await does(house, person, driving.drive, by=by)
    await person.hears(BEGUN)


def passes(house: House, **span: float) -> None:
    """Time passes, to the microsecond: `passes(house, minutes=5)`."""
    house.clock.stand_at(house.clock.read() + timedelta(**span))


async def says(house: House, person: Person, text: str, by: Officer = AIGUL) -> None:
    """An operator's words; the parent has read them."""
    await does(house, person, answering.say, text, by=by)
    await person.waits(lambda: text in person.sees, f"{text!r} to be read")


async def suggests_text(house: House, person: Person, text: str) -> None:
    """An operator prepares an answer; the parent has read it."""
    await does(house, person, whispering.suggest_text, text)
    await person.hears("Answer: {answer}", answer=text)


async def suggests_press(house: House, person: Person, action: str, label: str) -> None:
    """An operator prepares a press; the parent has read it."""
    await does(house, person, whispering.suggest_press, action)
    await person.hears("Step: {label}", label=person.t(label))


async def clock_looks(house: House) -> None:
    """The clockwork makes what is due now."""
    await Clockwork(house.database).look()


async def log_of(house: House, person: Person) -> list[StoredMessage]:
    """The newest lines of the log, as staff have them."""
    chat = (await house.contact_of(person)).conversation_id
    found: list[StoredMessage] = await house.write(lambda tx: history(tx, chat, limit=200))
    return found


async def steered(house: House, person: Person) -> list[tuple[str, str | None]]:
    """The lines that tell staff who drove, and who from them it was."""
    return [(each.text, each.cause) for each in await log_of(house, person) if each.kind == steering.KIND]


async def typed(house: House, person: Person) -> list[str]:
    """What the person has typed and sent, as the log has it."""
    lines = await log_of(house, person)
    return [each.text for each in lines if each.direction == "in" and each.kind not in ("press", "errand")]


async def question_of(house: House, person: Person) -> HelpRequest | None:
    """What the person waits for an operator's answer to."""
    chat = (await house.contact_of(person)).conversation_id
    found: HelpRequest | None = await house.write(lambda tx: line.live_of(tx, chat))
    return found


async def suggested(house: House, person: Person) -> Whisper | None:
    """The prepared step that waits for the person's word."""
    chat = (await house.contact_of(person)).conversation_id

    def read(tx: Transaction) -> Whisper | None:
        return whispers.offered(tx, chat)

    found: Whisper | None = await house.write(read)
    return found
