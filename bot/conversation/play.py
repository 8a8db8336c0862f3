"""One turn in one transaction: log it, load the session, let the flow answer, write everything down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.clock import real_now
from bot.conversation import form as forms
from bot.conversation.actions import action
from bot.conversation.book import Book
from bot.conversation.incoming import (
    Content,
    ErrandDone,
    Incoming,
    Press,
    SharedLocation,
    SharedPhone,
    Text,
    Unsupported,
)
from bot.conversation.limits import PROFILES
from bot.conversation.masking import masked, without
from bot.conversation.outbox import Draft, Posted, post, post_text_messages
from bot.conversation.reply import Button, Operation, Outgoing, Screen, Sensitivity
from bot.conversation.session import Session, Shown, dump, dump_shown, load, load_shown
from bot.conversation.turn import Turn
from bot.conversation.understand import command_in, respond
from bot.texts import texts_in
from storage import conversations, deliveries, errands, messages
from storage.conversations import Entered
from storage.transaction import Transaction
from storage.vault import VaultError

SESSION = ("conversation", "session")
LOCATION_SIGN = "📍"
_LONGEST_IN_LOG = 4096
log = structlog.get_logger("conversation")


@dataclass(frozen=True, slots=True)
class Played:
    """What a turn left behind: its row, the rows to deliver, the errands to run."""

    incoming_id: int
    posted: tuple[Posted, ...]
    errands: tuple[int, ...] = ()
    duplicate: bool = False
    conversation_id: int = 0


def play(
    tx: Transaction, book: Book, incoming: Incoming, worker: str | None, lease_until: datetime
) -> Played:
    """Play one turn. A message that was taken before has no second effect and is not answered again."""
    person = conversations.enter(tx, incoming.address.channel, incoming.address.chat)
    session = load(_opened(tx, person), person.step_token)
    shown = load_shown(person.screen)
    text, hidden = _logged(incoming.content, session, book, shown)
    row = messages.log_incoming(
        tx, person.conversation_id, incoming.address.channel, incoming.external_id,
        _kind(incoming.content), text, tx.now,
    )  # fmt: skip
    if row is None or not _still_wanted(tx, incoming.content):
        return _again(tx, incoming)
    turn = _turn(tx, book, incoming, person, session)
    screen = respond(turn, shown)
    drafts = _drafts(turn, screen, shown, hidden)
    posted = post(turn, drafts, row, worker, lease_until)
    texted = post_text_messages(turn, row, worker, lease_until)
    run = tuple(_commission(turn))
    _leave(turn, screen, posted)
    return Played(row, (*posted, *texted), run, conversation_id=person.conversation_id)


def _again(tx: Transaction, incoming: Incoming) -> Played:
    """A duplicate: name its row and the rows that answered it."""
    channel = incoming.address.channel
    row = messages.find_incoming(tx, channel, incoming.external_id)
    answers = messages.answers_to(tx, channel, incoming.external_id)
    return Played(row or 0, tuple(Posted.of(stored) for stored in answers), duplicate=True)


def _turn(tx: Transaction, book: Book, incoming: Incoming, person: Entered, session: Session) -> Turn:
    """The turn, in the person's own language; until one is chosen, in that of the messenger."""
    t = texts_in(person.language or incoming.language_hint)
    return Turn(tx, tx.now, book, incoming, person, session, t)


def _still_wanted(tx: Transaction, content: Content) -> bool:
    """An errand is closed by the turn that takes its answer: the first one."""
    if not isinstance(content, ErrandDone):
        return True
    return errands.finish(tx, content.errand_id, content.failure)


def _opened(tx: Transaction, person: Entered) -> bytes | None:
    if person.session is None:
        return None
    try:
        return tx.vault.open_bytes(*_session_place(person), person.session)
    except VaultError as fault:
        # As with what an older version wrote: the person begins anew, and is not shut out for ever.
        log.error("a session can't be opened", fault=type(fault).__name__)
        return None


def _session_place(person: Entered) -> tuple[str, int, str]:
    return (SESSION[0], person.conversation_id, SESSION[1])


def _logged(content: Content, session: Session, book: Book, shown: Shown | None) -> tuple[str, bool]:
    """What the log says of an incoming message, and whether something had to be hidden."""
    match content:
        case Text(text=text):
            kept = text[:_LONGEST_IN_LOG]
            hidden = masked(kept, _sensitivity(text, session, book))
            return hidden, hidden != kept
        case Press(action=text):
            label = shown.label_of(text) if shown else None
            return masked(label or text[:64]), False
        case SharedPhone(number=number):
            return masked(number, Sensitivity.PERSONAL), True
        case SharedLocation():
            return LOCATION_SIGN, False
        case Unsupported(kind=kind):
            return kind[:32], False
        case ErrandDone(kind=kind, failure=failure):
            return f"{kind} {failure or 'answered'}", False


def _kind(content: Content) -> str:
    match content:
        case Text():
            return "text"
        case Press():
            return "press"
        case SharedPhone():
            return "phone"
        case SharedLocation():
            return "location"
        case Unsupported():
            return "unsupported"
        case ErrandDone():
            return "errand"


def _sensitivity(text: str, session: Session, book: Book) -> Sensitivity:
    state = session.form
    if state is None or not state.active or state.question == forms.REVIEW:
        return Sensitivity.PLAIN
    if command_in(text.strip(), book) is not None:
        return Sensitivity.PLAIN
    form = book.forms.get(state.form)
    for question in form.questions if form else ():
        if question.key == state.question:
            return question.sensitivity
    return Sensitivity.PLAIN


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
        drafts.append(Draft(outgoing, "screen", _copy(turn, each)))
    return drafts


def _in_place_of(turn: Turn, screen: Screen, shown: Shown | None) -> str | None:
    """The channel's id of the message to put this screen in place of: the last one, when it was pressed."""
    content = turn.incoming.content
    if not isinstance(content, Press) or content.screen_id is None or shown is None:
        return None
    if screen.fresh or screen.ask is not None:
        return None
    if not PROFILES[turn.incoming.address.channel].can_edit:
        return None
    latest = deliveries.external_id(turn.tx, shown.message_id)
    return latest if latest == content.screen_id else None


def _copy(turn: Turn, screen: Screen) -> str:
    """The copy of a screen that stays in the log: what is personal is masked."""
    text = f"{screen.title}\n{screen.text}" if screen.title else screen.text
    labels = " · ".join(button.label for button in screen.buttons)
    whole = f"{text}\n[{labels}]" if labels else text
    if screen.sensitivity is Sensitivity.SECRET:
        return masked(whole, Sensitivity.SECRET)
    return without(whole, frozenset(turn.personal))


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
        session = turn.tx.vault.seal_bytes(*_session_place(turn.person), raw)
    memory = turn.person.screen
    if screen is not None and posted:
        # Masked like the log: a child's name on a button is then chosen by tapping or by its number.
        personal = frozenset(turn.personal)
        options = tuple((without(button.label, personal), button.action) for button in screen.buttons)
        memory = dump_shown(Shown(posted[-1].message_id, options, screen.ask is not None))
    conversations.leave(
        turn.tx, turn.person.conversation_id, session=session, screen=memory,
        step_token=turn.session.step, at=turn.now,
    )  # fmt: skip


def apologise(
    tx: Transaction, book: Book, incoming: Incoming, worker: str | None, lease_until: datetime
) -> Played:
    """The turn of a message whose own turn broke: it is logged, the person is told, nothing else changes."""
    person = conversations.enter(tx, incoming.address.channel, incoming.address.chat)
    session = load(_opened(tx, person), person.step_token)
    text, _ = _logged(incoming.content, session, book, load_shown(person.screen))
    row = messages.log_incoming(
        tx, person.conversation_id, incoming.address.channel, incoming.external_id,
        _kind(incoming.content), text, tx.now,
    )  # fmt: skip
    if row is None:
        return _again(tx, incoming)
    turn = _turn(tx, book, incoming, person, session)
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
    return Played(row, posted, conversation_id=person.conversation_id)
