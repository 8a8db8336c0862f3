"""The parent's yes or no to a step that an operator has prepared.

Yes does what the parent would have done by the same words or the same button: nothing is checked less.
"""

from dataclasses import replace

from bot.centre.whisper_screens import NAME
from bot.conversation.actions import Outdated, number_in
from bot.conversation.incoming import Press, Text
from bot.conversation.reply import Screen
from bot.conversation.session import whereabouts
from bot.conversation.turn import Turn
from bot.conversation.understand import respond, resume
from domain.steering import Steered
from storage.centre import steering, whispers
from storage.centre.whispers import Whisper

__all__ = ["NAME", "decide"]


def decide(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Once; what was decided before is out of date."""
    match arguments:
        case ("yes", *rest):
            return _agree(turn, _own(turn, rest))
        case ("no", *rest):
            return _decline(turn, _own(turn, rest))
        case _:
            raise Outdated


def _own(turn: Turn, rest: list[str]) -> Whisper:
    """The one that waits in this conversation. Another's looks like none at all."""
    found = whispers.find(turn.tx, number_in(rest))
    if found is None or found.conversation_id != turn.person.conversation_id:
        raise Outdated
    if found.state != whispers.OFFERED:
        raise Outdated
    return found


def _agree(turn: Turn, suggested: Whisper) -> Screen:
    if suggested.place != whereabouts(turn.session):
        _decided(turn, suggested, whispers.OUTDATED, Steered.SUGGESTION_OUTDATED)
        return resume(turn).with_note(
            turn.t("The operator's suggestion was for another step. Nothing was done.")
        )
    _decided(turn, suggested, whispers.AGREED, Steered.AGREED)
    content = suggested.content
    done = Text(content["text"]) if "text" in content else Press(content["press"])
    turn.incoming = replace(turn.incoming, content=done)
    # The last screen is left out: a number is an answer here, and no button of it.
    return respond(turn, None) or resume(turn)


def _decline(turn: Turn, suggested: Whisper) -> Screen:
    _decided(turn, suggested, whispers.DECLINED, Steered.DECLINED)
    return resume(turn).with_note(turn.t("Nothing was done. The operator reads that you said no."))


def _decided(turn: Turn, suggested: Whisper, state: str, what: Steered) -> None:
    whispers.decide(turn.tx, suggested.id, state, turn.now)
    person = turn.person
    steering.note(turn.tx, person.conversation_id, person.channel, suggested.staff_id, what, turn.now)
