"""One turn in one transaction: log it, load the session, let the flow answer, write everything down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import real_now
from bot.conversation import driven
from bot.conversation.actions import action
from bot.conversation.book import Book
from bot.conversation.incoming import (
    Content,
    ErrandDone,
    Incoming,
    Press,
)
from bot.conversation.limits import PROFILES
from bot.conversation.log_copy import copy_of_incoming, copy_of_screen, kind_of
from bot.conversation.masking import without
from bot.conversation.outbox import Draft, Posted, post, post_text_messages
from bot.conversation.remembered import session_of
from bot.conversation.reply import Button, Operation, Outgoing, Screen
from bot.conversation.session import Shown, dump, dump_shown, load_shown, place_of, stand
from bot.conversation.turn import Turn
from bot.conversation.understand import respond
from bot.texts import texts_in
from storage import conversations, deliveries, errands, messages
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Played:
    """What a turn left behind: its row, the rows to deliver, the errands to run."""

    incoming_id: int
    posted: tuple[Posted, ...]
    errands: tuple[int, ...] = ()
    duplicate: bool = False
    conversation_id: int = 0


def play(
    tx: Transaction,
    book: Book,
    incoming: Incoming,
    worker: str | None,
    lease_until: datetime,
    answer: Callable[[Turn, Shown | None], Screen | None] = respond,
) -> Played:
    """Play one turn. A message that was taken before has no second effect and is not answered again."""
    turn, row, hidden = _open(tx, book, incoming)
    if row is None or not _still_wanted(tx, incoming.content):
        return _again(tx, incoming)
    shown = load_shown(turn.person.screen)
    screen = driven.answered(turn, shown, answer)
    drafts = _drafts(turn, screen, shown, hidden)
    posted = post(turn, drafts, row, worker, lease_until)
    texted = post_text_messages(turn, row, worker, lease_until)
    run = tuple(_commission(turn))
    _leave(turn, screen, posted)
    return Played(row, (*posted, *texted), run, conversation_id=turn.person.conversation_id)


def _again(tx: Transaction, incoming: Incoming) -> Played:
    """A duplicate: name its row and the rows that answered it."""
    channel = incoming.address.channel
    row = messages.find_incoming(tx, channel, incoming.external_id)
    answers = messages.answers_to(tx, channel, incoming.external_id)
    return Played(row or 0, tuple(Posted.of(stored) for stored in answers), duplicate=True)


def _open(tx: Transaction, book: Book, incoming: Incoming) -> tuple[Turn, int | None, bool]:
    """Lock the conversation, load its session, log what came.

    The turn, the row of the log (None: it was there already), and whether the log had to hide anything.
    The turn is in the person's own language; until one is chosen, in that of the messenger.
    """
    channel, content = incoming.address.channel, incoming.content
    person = conversations.enter(tx, channel, incoming.address.chat)
    session = session_of(tx, person.conversation_id, person.session, person.step_token)
    heard = driven.is_driven(person, tx.now)
    text, hidden = copy_of_incoming(content, session, book, load_shown(person.screen), to_operator=heard)
    row = messages.log_incoming(
        tx,
        person.conversation_id,
        channel,
        incoming.external_id,
        kind_of(content),
        text,
        tx.now,
        stand(session),
    )
    t = texts_in(person.language or incoming.language_hint)
    turn = Turn(tx, tx.now, book, incoming, person, session, t)
    if person.unreachable_at is not None and not isinstance(content, ErrandDone):
        # Who writes is reached again.
        turn.change_person(unreachable_at=None)
    return turn, row, hidden


def _still_wanted(tx: Transaction, content: Content) -> bool:
    """An errand is closed by the turn that takes its answer: the first one."""
    if not isinstance(content, ErrandDone):
        return True
    return errands.finish(tx, content.errand_id, content.failure)


def _drafts(turn: Turn, screen: Screen | None, shown: Shown | None, hidden: bool) -> list[Draft]:
    """What goes out: the message with the secret taken from the chat, the screens, the last one in place."""
    limits = PROFILES[turn.incoming.address.channel]
    drafts = []
    if hidden and limits.can_delete and turn.incoming.message_id:
        drafts.append(Draft(Outgoing(Operation.DELETE, target=turn.incoming.message_id), "delete", ""))
    screens = [*turn.screens, *([screen] if screen else [])]
    for each in screens:
        target = _in_place_of(turn, each, shown) if each is screen and not turn.screens else None
        operation = Operation.EDIT if target else Operation.SEND
        keyboard = shown is not None and shown.asked and each is screens[0]
        outgoing = Outgoing(operation, each, target, turn.t.language, remove_keyboard=keyboard)
        drafts.append(Draft(outgoing, "screen", copy_of_screen(turn, each)))
    return drafts


def _in_place_of(turn: Turn, screen: Screen, shown: Shown | None) -> str | None:
    """The channel's id of the message to put this screen in place of: the last one, when it was pressed."""
    content = turn.incoming.content
    if not isinstance(content, Press) or content.screen_id is None or shown is None:
        return None
    if screen.fresh or screen.asks_by_keyboard:
        return None
    if turn.person.driven_by is not None:
        # What the operator has said stands below it: up there nobody would look.
        return None
    if not PROFILES[turn.incoming.address.channel].can_edit:
        return None
    latest = deliveries.external_id(turn.tx, shown.message_id)
    return latest if latest == content.screen_id else None


def _commission(turn: Turn) -> Sequence[int]:
    now = real_now()
    return [
        errands.create(
            turn.tx,
            turn.person.conversation_id,
            errand.kind,
            errand.request,
            step_token=errand.step,
            at=turn.now,
            due_at=now,
            gives_up_at=now + errand.patience,
        )
        for errand in turn.errands
    ]


def _leave(turn: Turn, screen: Screen | None, posted: Sequence[Posted]) -> None:
    """Write the session, and which buttons stand under the last screen."""
    raw = dump(turn.session)
    session = None
    if raw is not None:
        session = turn.tx.vault.seal_bytes(*place_of(turn.person.conversation_id), raw)
    memory = turn.person.screen
    if screen is not None and posted:
        # Masked like the log: a child's name on a button is then chosen by tapping or by its number.
        personal = frozenset(turn.personal)
        options = tuple((without(button.label, personal), button.action) for button in screen.buttons)
        memory = dump_shown(Shown(posted[-1].message_id, options, screen.asks_by_keyboard))
    conversations.leave(
        turn.tx, turn.person.conversation_id, session=session, screen=memory,
        step_token=turn.session.step, at=turn.now,
    )  # fmt: skip


def apologise(
    tx: Transaction, book: Book, incoming: Incoming, worker: str | None, lease_until: datetime
) -> Played:
    """The turn of a message whose own turn broke: it is logged, the person is told, nothing else changes."""
    turn, row, _ = _open(tx, book, incoming)
    if row is None:
        return _again(tx, incoming)
    if isinstance(incoming.content, ErrandDone):
        # Its answer broke the turn and would break it again: nothing is left to wait for.
        errands.finish(tx, incoming.content.errand_id, "broke")
        turn.leave_step()
    t = turn.t
    screen = Screen(
        t("Something went wrong on our side. Nothing was changed. Please try again in a minute."),
        rows=((Button(t("Menu"), action("menu")),),),
        fresh=True,
    )
    draft = Draft(Outgoing(Operation.SEND, screen, language=t.language), "apology", screen.text)
    posted = post(turn, [draft], row, worker, lease_until)
    _leave(turn, screen, posted)
    return Played(row, posted, conversation_id=turn.person.conversation_id)
