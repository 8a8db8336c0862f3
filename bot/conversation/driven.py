"""Turns of a conversation in which one of the staff talks in the bot's stead.

What is typed or sent is the operator's to answer; what is pressed is done as always, for a seat that is held
must not be lost. A turn in which nobody drives asks nothing more than it would.
"""

from collections.abc import Callable
from datetime import datetime

from bot.conversation import drive_screens
from bot.conversation.actions import action
from bot.conversation.book import fold
from bot.conversation.incoming import ErrandDone, Press, SharedPhone, Text
from bot.conversation.reply import Screen
from bot.conversation.session import Shown
from bot.conversation.turn import Turn
from bot.conversation.understand import command_in
from domain.steering import Steered, Wheel
from storage import notices
from storage.centre import assigning, line, steering
from storage.conversations import Entered

Answer = Callable[[Turn, Shown | None], Screen | None]


def answered(turn: Turn, shown: Shown | None, answer: Answer) -> Screen | None:
    """What the bot says; where the operator is spoken to it is marked for that one, and the bot says nothing,
    unless it came in a form that the operator can't see.
    """
    wheel = steering.wheel_in(turn.person)
    if wheel is None:
        return answer(turn, shown)
    if not wheel.is_held(turn.now):
        _end_by_silence(turn, wheel)
        return answer(turn, shown)
    if not _is_for_the_bot(turn, shown):
        _keep_for_operator(turn, wheel)
        # Words and phones are read in the log; of anything else only that it came.
        is_read = isinstance(turn.incoming.content, Text | SharedPhone)
        return None if is_read else drive_screens.not_seen(turn.t)
    screen = answer(turn, shown)
    if screen is not None and turn.person.driven_by is not None and (screen.typing or screen.ask):
        turn.say(drive_screens.reminder(turn.t))
    return screen


def is_driven(person: Entered, now: datetime) -> bool:
    """Whether what this one types is read by one of the staff, and not by the bot."""
    wheel = steering.wheel_in(person)
    return wheel is not None and wheel.is_held(now)


def end(turn: Turn, wheel: Wheel, why: Steered) -> None:
    """From this turn on the bot answers again; the operator reads so in the log."""
    person = turn.person
    steering.put(turn.tx, person.conversation_id, None)
    steering.note(turn.tx, person.conversation_id, person.channel, wheel.staff_id, why, turn.now)
    person.driven_by = person.driven_until = None


def _is_for_the_bot(turn: Turn, shown: Shown | None) -> bool:
    """What was pressed, on whatever kind of button, and what the bot waits for from outside."""
    match turn.incoming.content:
        case Press() | ErrandDone():
            return True
        case Text(text=text):
            return _names_a_button(turn, text.strip(), shown)
        case _:
            return False


def _names_a_button(turn: Turn, text: str, shown: Shown | None) -> bool:
    """A command of the messenger's menu, a key of its keyboard, or the words that end the drive."""
    if command_in(text, turn.book) is not None:
        return True
    if turn.book.labels.get(fold(text)) == action(drive_screens.BACK):
        return True
    keys = shown.options if shown is not None and shown.asked else ()
    return any(label == text for label, _ in keys)


def _keep_for_operator(turn: Turn, wheel: Wheel) -> None:
    """It stands in the log; that somebody waits for a person's answer stands in the line."""
    tx, person = turn.tx, turn.person
    if line.waiting_again(tx, person.conversation_id, turn.now) is None:
        line.open_request(tx, person.conversation_id, person.territory_id, turn.t.language, turn.now)
        asked = line.lock_live(tx, person.conversation_id)
        assert asked is not None
        # Nobody else is to be called to somebody who is spoken with.
        assigning.give(tx, asked, wheel.staff_id)
    if person.parent_id is not None:
        notices.mark_answers_read(tx, person.parent_id, turn.now)


def _end_by_silence(turn: Turn, wheel: Wheel) -> None:
    end(turn, wheel, Steered.SILENT)
    waits = steering.leave_to_others(turn.tx, turn.person.conversation_id, wheel.staff_id)
    turn.say(drive_screens.ended_by_silence(turn.t, waits=waits))
